// Inside store/ only: how each database opens a connection.
#pragma once
#include "base/ensure.h"
#include "store/database.h"

namespace countback::store {

std::unique_ptr<Connection> open_sqlite(const std::string& path);
std::unique_ptr<Connection> open_postgresql(const std::string& url);
/// Copies the database of an SQLite connection into a new file, page by page, while others write.
void backup_sqlite(Connection& connection, const std::filesystem::path& file);

/// The database answers, and what it holds is no database any more.
class Damaged : public Failure {
public:
    explicit Damaged(const std::string& what) : Failure(Kind::gone, what) {}
};

/// One question at a time, on either database alike: PostgreSQL cannot take another while rows come, so
/// nobody may ask one from within a row.
class Asking {
public:
    explicit Asking(bool& busy) : busy_(busy) {
        ensure(!busy_, "a row's function asks nothing of its own connection");
        busy_ = true;
    }
    ~Asking() { busy_ = false; }
    Asking(const Asking&) = delete;
    Asking& operator=(const Asking&) = delete;

private:
    bool& busy_;
};

}  // namespace countback::store
