// The same answer as a file: rows of an answer's JSON through columns with titles, to CSV or XLSX.
#pragma once
#include <functional>
#include <string_view>
#include <vector>

#include "formats/document.h"
#include "measures/answers_json.h"
#include "measures/query.h"

namespace countback {

enum class AnswerFormat : std::uint8_t { json, csv, xlsx };

struct ExportColumn {
    std::string_view field;  ///< `outstanding`, or `customer.code` of a nested object; its title is a text
    formats::CellKind kind = formats::CellKind::text;
    std::string title{};  ///< instead of the text
};

/// The rows as the answer has them. Money columns read the row's `currency`.
struct ExportRows {
    std::size_t count = 0;
    /// The next few in order, empty after the last. Called while the file is sent, from one thread at a time,
    /// after what asked for the export has returned: it owns what it reads, and holds no database connection
    /// between two calls.
    std::function<json::array()> next;
};

struct ExportFile {
    std::string_view name;  ///< `ageing`: of the file and the sheet
    std::vector<ExportColumn> columns;
    ExportRows rows;
    std::vector<json::object> totals;
};

/// Rows already at hand.
ExportRows rows_at_hand(json::array rows);
/// `row(n)` made when its turn comes, for n < count.
ExportRows rows_made(std::size_t count, std::function<json::object(std::size_t n)> row);

/// The file's bytes, row by row.
formats::Pieces export_pieces(ExportFile file, AnswerFormat format, Language language);

/// The file as an answer: a short one whole; a long one in pieces as they are taken, with how many rows and
/// about how many bytes will come in X-Countback-Rows and X-Countback-Bytes.
http::Response export_answer(ExportFile file, AnswerFormat format, Language language);

}  // namespace countback
