// One plain interface over every table file: a header, then rows of text with their line numbers.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.h"

namespace countback::formats {

/// The longest row taken, in bytes of UTF-8; longer is the refusal `line_too_long`.
constexpr std::size_t row_bytes_max = 1 << 20;
/// The most columns taken; more is the refusal `file_not_a_table`.
constexpr std::size_t columns_max = 1024;

struct TableRow {
    std::int64_t line = 0;                    ///< where the row begins in the file, from 1
    std::span<const std::string_view> cells;  ///< UTF-8; they live until the next call of next()
};

class TableSource {
public:
    virtual ~TableSource() = default;
    /// The next row that is not blank; false at the end. Refusals end the reading.
    virtual Result<bool> next(TableRow& row) = 0;
};

enum class FileFormat { csv, xlsx };

/// What was found out about a file and is shown to the user (IMP-2).
struct Detected {
    FileFormat format = FileFormat::csv;
    std::string encoding;  ///< `utf-8`, `windows-1252`, `utf-16le`…; empty for XLSX
    char delimiter = 0;    ///< 0 for XLSX
    std::int64_t header_line = 1;
    std::string sheet;  ///< XLSX only
    std::vector<std::string> sheets;
};

/// What the user sets against the detection; absent = as detected.
struct FormatChoice {
    std::optional<std::string> encoding;
    std::optional<char> delimiter;
    std::optional<char> decimal;
    std::optional<std::string> date_format;
    std::optional<std::int64_t> header_line;
    std::optional<std::string> sheet;
};

struct OpenTable {
    Detected detected;
    std::vector<std::string> header;    ///< trimmed; repeated names get `.1`, `.2`; empty ones `column 4`
    std::unique_ptr<TableSource> rows;  ///< those below the header line
};

/// Opens a CSV, TXT or XLSX file, told apart by its bytes.
/// Refusals: file_empty, file_unreadable, file_not_a_table, encoding_unreadable, line_too_long.
Result<OpenTable> open_table(const std::filesystem::path& file, const FormatChoice& choice);

}  // namespace countback::formats
