// A whole company, table by table: out of a database into another one or into a folder of readable files, and
// back. Whatever the way, each table's rows and their sum must be the same at the end.
//
// The folder: `manifest.json` (tables with their columns, rows and sums; the schema's versions) and for each
// table `NAME.jsonl`, one JSON array a row, values in the columns' order; bytes as base64.
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "store/tables.h"

namespace countback {

using TableSums = std::map<std::string, store::TableSum>;
/// Told after each table: its name and rows.
using Progress = std::function<void(const std::string&, std::int64_t)>;

/// Tells the terminal of each table that has rows.
void print_rows(const std::string& table, std::int64_t rows);

/// Where rows come from.
struct CompanySource {
    std::vector<store::Table> tables;
    std::function<void(const store::Table&, const std::function<void(store::Values)>&)> each_row;
};

/// The database as it stands at one moment. It lives as long as the connection and its Reading.
CompanySource source_of(store::Connection& connection);
/// A folder that write_folder() made. Throws std::runtime_error with a plain sentence when it is none, and
/// while rows are read when a file is not what its manifest says.
CompanySource source_of(const std::filesystem::path& folder);

/// Writes the source's rows into a new folder. Throws std::runtime_error with a plain sentence.
TableSums write_folder(const CompanySource& from, const std::filesystem::path& folder,
                       const Progress& progress);

/// Fills a migrated database that holds no company yet, in one transaction, reads it back and compares.
/// Throws std::runtime_error with a plain sentence, and store::Failure; nothing is changed then.
TableSums fill_database(const CompanySource& from, store::Database& to, const Progress& progress);

}  // namespace countback
