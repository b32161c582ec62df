// IMP-2: which line holds the header and which mark separates the columns, found from the first rows of a
// file.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "formats/table.h"

namespace countback::formats {

struct SampleRow {
    std::int64_t line = 0;
    std::vector<std::string> cells;
};

/// The mark among `,` `;` tab `|` under which most rows have the same number of columns; 0 when none gives
/// two.
char detect_delimiter(const std::string& text);

/// The first rows, at most `rows_max`.
Result<std::vector<SampleRow>> sample_rows(TableSource& source, std::size_t rows_max);

/// The line of the header: the first row as wide as most rows, filled for the larger part, without amounts or
/// dates.
std::int64_t detect_header_line(const std::vector<SampleRow>& rows);

/// Header cells made into names that are unique and not empty: `date`, `date.1`, `column 4`.
std::vector<std::string> column_names(std::span<const std::string> cells);

}  // namespace countback::formats
