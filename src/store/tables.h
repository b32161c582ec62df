// Every table of a database, whatever it holds: what copies of a whole company are made of (export, restore,
// move).
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "store/database.h"

namespace countback::store {

struct Column {
    std::string name;
    ColumnKind kind = ColumnKind::integer;
    bool operator==(const Column&) const = default;
};

struct Table {
    std::string name;
    std::vector<Column> columns;
    bool operator==(const Table&) const = default;
};

/// In the order in which they were made: a table comes after those it refers to. Throws Failure.
std::vector<Table> tables(Connection& connection);

using Values = std::span<const Value>;
/// Calls `visit(Values)` for each row, values in the order of the table's columns; they live until it
/// returns.
void each_row(Connection& connection, const Table& table, const std::function<void(Values)>& visit);

/// Throws Failure.
bool has_rows(Connection& connection, const Table& table);

/// Rows go in through the bulk writer of the open transaction.
std::unique_ptr<Bulk> bulk(Connection& connection, const Table& table);

/// Rows and the sum of their hashes: the same rows give the same, whatever their order and database.
class TableSum {
public:
    void add(Values row);
    std::int64_t rows() const { return rows_; }
    std::string text() const;  ///< 16 hex digits
    bool operator==(const TableSum&) const = default;

private:
    std::int64_t rows_ = 0;
    std::uint64_t sum_ = 0;
};

}  // namespace countback::store
