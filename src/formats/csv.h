// CSV and its relatives: `,` `;` tab `|`, quotes, quoted line ends, CRLF, byte order marks.
//
// Own reader because it is the import's hot path: one pass over a buffer, fields are views into it, nothing
// is allocated per row. Rules where the world disagrees:
// - a quote counts only at the start of a field and must be closed before a delimiter or a line end;
// - a quoted field may hold line ends; where that leaves a row with another number of columns than the
// header,
//   the opening quote was a stray one: the line is read again with quotes as plain characters, so that one
//   stray quote never swallows the lines after it.
#pragma once
#include <array>
#include <functional>
#include <memory>

#include "formats/table.h"

namespace countback::formats {

/// A longer quoted field is taken as a stray quote: it bounds what one bad quote can cost.
constexpr std::size_t quoted_field_bytes_max = 64 * 1024;

/// Fills `room` from the front, returns the bytes written; 0 = the end.
using ReadBytes = std::function<std::size_t(std::span<char> room)>;

class CsvReader final : public TableSource {
public:
    /// `bytes` gives UTF-8 without a byte order mark. `columns` 0 = not known yet.
    CsvReader(ReadBytes bytes, char delimiter);

    Result<bool> next(TableRow& row) override;
    /// From now on rows are expected to have this many columns.
    void expect_columns(std::size_t columns) { columns_expected_ = columns; }
    std::size_t columns_expected() const { return columns_expected_; }

private:
    enum class Quotes { honoured, literal };
    enum class Scan { row, blank, more_bytes, too_many_columns };
    struct Field {
        std::size_t begin;
        std::size_t end;
        bool doubled;  ///< holds "" that stand for "
    };

    Scan scan_row(Quotes quotes);
    Scan scan_plain_field(std::size_t& at);
    Scan scan_quoted_field(std::size_t& at);
    enum class Quoted { closed, stray, more_bytes };
    Quoted find_closing_quote(Field& field) const;
    Scan end_of_line(std::size_t& at);
    bool refill();
    void publish(TableRow& row);

    ReadBytes bytes_;
    char delimiter_;
    std::array<std::uint8_t, 256> ends_field_{};
    std::vector<char> buffer_;
    std::size_t begin_ = 0;  ///< of the row in hand
    std::size_t end_ = 0;    ///< of the bytes in the buffer
    bool at_end_ = false;
    std::size_t row_end_ = 0;        ///< behind the row's line end
    std::int64_t line_ = 1;          ///< of begin_
    std::int64_t row_lines_ = 0;     ///< line ends in the row in hand, its own included
    std::int64_t quoted_lines_ = 0;  ///< those inside quoted fields
    std::size_t columns_expected_ = 0;
    Quotes quotes_ = Quotes::honoured;
    std::vector<Field> fields_;
    std::vector<std::string_view> cells_;
};

}  // namespace countback::formats
