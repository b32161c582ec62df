#include "formats/detect.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "formats/csv.h"
#include "formats/text_input.h"
#include "formats/value.h"

namespace countback::formats {
namespace {

constexpr std::size_t rows_for_delimiter = 200;
constexpr std::int64_t share_min = 600;  ///< of 1000 rows, those as wide as most

// The number of columns that most rows have (of equally frequent ones the larger), and how many have it.
struct Width {
    std::size_t columns = 0;
    std::int64_t rows = 0;
};

Width usual_width(const std::vector<SampleRow>& rows) {
    std::map<std::size_t, std::int64_t> counts;
    for (const SampleRow& row : rows) ++counts[row.cells.size()];
    Width usual;
    for (const auto& [columns, count] : counts) {
        if (count >= usual.rows) usual = {columns, count};
    }
    return usual;
}

bool looks_like_value(std::string_view cell) {
    if (cell.empty()) return false;
    const bool digits_only = cell.find_first_not_of("0123456789.,-+ ") == std::string_view::npos;
    return digits_only || read_date(cell, DateOrder::day_first).has_value();
}

bool could_be_header(const SampleRow& row, std::size_t columns) {
    if (row.cells.size() < columns) return false;
    std::size_t filled = 0;
    for (const std::string& cell : row.cells) {
        if (looks_like_value(cell)) return false;
        filled += cell.empty() ? 0 : 1;
    }
    return filled * 2 > row.cells.size();
}

}  // namespace

char detect_delimiter(const std::string& text) {
    char best = 0;
    std::int64_t best_score = 0;
    for (const char delimiter : {',', ';', '\t', '|'}) {
        CsvReader reader(read_from(text), delimiter);
        const auto rows = sample_rows(reader, rows_for_delimiter);
        if (!rows || rows->empty()) continue;
        const Width usual = usual_width(*rows);
        if (usual.columns < 2) continue;
        const std::int64_t share = usual.rows * 1000 / static_cast<std::int64_t>(rows->size());
        if (share < share_min) continue;
        const std::int64_t score = share * share * share / 1000 *
                                   static_cast<std::int64_t>(std::min<std::size_t>(usual.columns, 40) + 4);
        if (score > best_score) {
            best = delimiter;
            best_score = score;
        }
    }
    return best;
}

Result<std::vector<SampleRow>> sample_rows(TableSource& source, std::size_t rows_max) {
    std::vector<SampleRow> rows;
    TableRow row;
    while (rows.size() < rows_max) {
        const auto more = source.next(row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) break;
        rows.push_back({row.line, {row.cells.begin(), row.cells.end()}});
    }
    return rows;
}

std::int64_t detect_header_line(const std::vector<SampleRow>& rows) {
    if (rows.empty()) return 1;
    const std::size_t columns = usual_width(rows).columns;
    for (const SampleRow& row : rows) {
        if (could_be_header(row, columns)) return row.line;
    }
    for (const SampleRow& row : rows) {
        if (row.cells.size() == columns) return row.line;
    }
    return rows.front().line;
}

std::vector<std::string> column_names(std::span<const std::string> cells) {
    std::vector<std::string> names;
    std::set<std::string> taken;
    for (const std::string& cell : cells) {
        std::string name(trim(cell));
        if (name.empty()) name = "column " + std::to_string(names.size() + 1);
        std::string unique = name;
        for (int again = 1; !taken.insert(unique).second; ++again)
            unique = name + "." + std::to_string(again);
        names.push_back(unique);
    }
    return names;
}

}  // namespace countback::formats
