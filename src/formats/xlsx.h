// XLSX read by streaming: libzip hands out the parts, expat walks them, rows leave one by one. Only the
// worker calls this (house: hostile bytes). Guards: entries, size of each part and of all, ratio of
// compression, no document types, cells and columns; a breach is `false` from read_xlsx().
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace countback::formats {

class XlsxSink {
public:
    virtual ~XlsxSink() = default;
    /// Once, first: the names of all sheets, and the place of the one that is read. False ends the reading.
    virtual bool sheets(const std::vector<std::string>& names, std::size_t chosen) = 0;
    /// Each row that is not blank; `line` is its number in the sheet. Dates are `2026-03-31`, numbers plain
    /// decimals of at most 15 significant digits, as the sheet shows them. False ends the reading.
    virtual bool row(std::int64_t line, std::span<const std::string_view> cells) = 0;
};

/// Reads the sheet of that name, or the first one when `sheet` is empty. False: no workbook, damaged, or too
/// large.
bool read_xlsx(int descriptor, const std::string& sheet, XlsxSink& sink);
bool read_xlsx(std::string_view bytes, const std::string& sheet, XlsxSink& sink);

/// A number as XLSX stores it (`129473.83000000001`, `1.5E-2`) as a plain decimal of 15 significant digits at
/// most; anything else as it is.
std::string plain_number(std::string_view stored);

/// Whether a number format code shows dates: `dd/mm/yyyy` yes, `0.00" days"` no, `[h]:mm` no.
bool shows_dates(std::string_view format_code);

}  // namespace countback::formats
