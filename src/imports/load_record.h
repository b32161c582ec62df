// Loads as rows: written with the load, read for reports. Inside imports only.
#pragma once
#include "imports/service.h"

namespace countback::imports {

/// All but the numbers and the instant.
LoadRecord record_of(const Preview& preview, const std::string& author);
void insert_record(store::Connection& connection, const LoadRecord& record);
LoadRecord read_record(const store::Row& row);

/// Keeps the mapping under the file's header shape (IMP-2).
void remember_mapping(store::Connection& connection, const Preview& preview);

}  // namespace countback::imports
