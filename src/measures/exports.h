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

/// The n-th row as the answer has it; called once each, in order. Money columns read the row's `currency`.
struct ExportRows {
    std::size_t count = 0;
    std::function<json::object(std::size_t)> row;
};

struct ExportFile {
    std::string_view name;  ///< `ageing`: of the file and the sheet
    std::vector<ExportColumn> columns;
    ExportRows rows;
    std::vector<json::object> totals;
};

/// Rows already at hand.
ExportRows rows_at_hand(json::array rows);

Result<http::Response> export_answer(ExportFile file, AnswerFormat format, Language language);

}  // namespace countback
