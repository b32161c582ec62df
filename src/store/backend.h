// Inside store/ only: how each database opens a connection.
#pragma once
#include "store/database.h"

namespace countback::store {

std::unique_ptr<Connection> open_sqlite(const std::string& path);
std::unique_ptr<Connection> open_postgresql(const std::string& url);
/// Copies the database of an SQLite connection into a new file, page by page, while others write.
void backup_sqlite(Connection& connection, const std::filesystem::path& file);

}  // namespace countback::store
