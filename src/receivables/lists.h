// Lists over the Book: sorted, counted and paged by keyset on (sort value, id), the same for pages and
// exports.
//
// A row has a sort value and an id; the page after a cursor holds the rows that follow it in the order, so
// facts appended between two pages neither repeat nor skip a row. Descending order reverses both parts.
#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countback {

/// What rows are sorted by: whole numbers (amounts, days) or texts, one kind in a list.
struct SortValue {
    std::int64_t number = 0;
    std::string text;
    auto operator<=>(const SortValue&) const = default;
};

/// The place behind a row: its sort value and id. Opaque to callers of the API.
struct Cursor {
    SortValue value;
    std::int64_t id = 0;
    auto operator<=>(const Cursor&) const = default;

    std::string text() const;  ///< letters, digits, `-` and `.` only
    static std::optional<Cursor> parse(std::string_view text);
};

enum class Direction : std::uint8_t { ascending, descending };

struct PageRequest {
    Direction direction = Direction::ascending;
    std::optional<Cursor> after;
    std::size_t limit = 100;
};

/// Places of rows in the order asked, at most `limit`, and the cursor of the next page when there is one.
struct PageOfRows {
    std::vector<std::size_t> places;
    std::optional<Cursor> next;
};

/// `keys[i]` = sort value and id of row i.
PageOfRows page_of(const std::vector<Cursor>& keys, const PageRequest& request);

}  // namespace countback
