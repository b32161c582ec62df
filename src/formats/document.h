// What exports are made of: a title, tables whose rows come one by one, totals. Rooms build it, formats
// render it.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "base/ratio.h"

namespace countback::formats {

enum class CellKind { text, money, date, integer, hundredths };

struct Column {
    std::string title;
    CellKind kind = CellKind::text;
};

/// monostate = empty.
using Cell = std::variant<std::monostate, std::string, Money, Date, std::int64_t, Hundredths>;
using Cells = std::vector<Cell>;

struct Table {
    std::string title;
    std::vector<Column> columns;
    /// Fills the next row (cleared before); false at the end. Called once over the table, in order.
    std::function<bool(Cells&)> next_row;
    std::vector<Cells> totals;  ///< below the rows, as wide as they are
};

struct Document {
    std::string title;
    std::vector<Table> tables;
};

/// A file piece by piece: fills `piece` (what it held is dropped); false with the last one. A piece is about
/// as much as `piece_rows` rows or `piece_bytes` bytes need, whichever comes first.
using Pieces = std::function<bool(std::string& piece)>;
constexpr std::size_t piece_rows = 2'000;
constexpr std::size_t piece_bytes = 256 * 1024;

/// Rows that are already at hand.
std::function<bool(Cells&)> rows_of(std::vector<Cells> rows);

}  // namespace countback::formats
