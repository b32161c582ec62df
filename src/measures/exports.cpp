#include "measures/exports.h"

#include <memory>
#include <utility>

#include "base/ensure.h"
#include "formats/write_csv.h"
#include "formats/write_xlsx.h"
#include "locale/texts.h"

namespace countback {
namespace {

const json::value* find_field(const json::object& row, std::string_view field) {
    const auto point = field.find('.');
    const json::value* value = row.if_contains(field.substr(0, point));
    if (point == std::string_view::npos || value == nullptr) return value;
    return value->is_object() ? find_field(value->as_object(), field.substr(point + 1)) : nullptr;
}

/// `60.02` with at most four decimals, in hundredths; ratios lose nothing that a sheet shows as per cent.
std::optional<std::int64_t> hundredths_of(std::string_view text) {
    const auto euro = *Currency::parse("EUR");
    return parse_decimal(text, euro);
}

formats::Cell cell_of(const json::value* value, formats::CellKind kind,
                      const std::optional<Currency>& currency) {
    if (value == nullptr || value->is_null()) return {};
    if (value->is_bool()) return std::int64_t{value->as_bool() ? 1 : 0};
    if (value->is_int64()) return value->as_int64();
    if (value->is_uint64()) return static_cast<std::int64_t>(value->as_uint64());
    if (!value->is_string()) return json::serialize(*value);
    const std::string text(value->as_string());
    if (kind == formats::CellKind::money && currency) {
        if (const auto minor = parse_decimal(text, *currency)) return Money{*minor, *currency};
    }
    if (kind == formats::CellKind::date) {
        if (const auto day = Date::parse_iso(text)) return *day;
    }
    if (kind == formats::CellKind::hundredths) {
        if (const auto days = hundredths_of(text)) return Hundredths{*days};
    }
    return text;
}

formats::Cells cells_of(const json::object& row, const std::vector<ExportColumn>& columns) {
    const json::value* code = row.if_contains("currency");
    const auto currency =
        code != nullptr && code->is_string() ? Currency::parse(code->as_string()) : std::nullopt;
    formats::Cells cells;
    for (const ExportColumn& column : columns)
        cells.push_back(cell_of(find_field(row, column.field), column.kind, currency));
    return cells;
}

/// Takes the rows few by few, and counts them.
class RowsOfFile {
public:
    RowsOfFile(ExportRows rows, std::vector<ExportColumn> columns)
        : rows_(std::move(rows)), columns_(std::move(columns)) {}

    bool next(formats::Cells& cells) {
        if (place_ == few_.size()) {
            few_ = rows_.next();
            place_ = 0;
        }
        if (few_.empty()) return false;
        cells = cells_of(few_[place_++].as_object(), columns_);
        return true;
    }

private:
    ExportRows rows_;
    std::vector<ExportColumn> columns_;
    json::array few_;
    std::size_t place_ = 0;
};

formats::Document document_of(ExportFile file, Language language) {
    formats::Table table;
    table.title = locale::text(language, "measures.export." + std::string(file.name));
    for (const ExportColumn& column : file.columns) {
        std::string title = column.title;
        if (title.empty()) title = locale::text(language, "measures.column." + std::string(column.field));
        table.columns.push_back({std::move(title), column.kind});
    }
    for (const json::object& total : file.totals) table.totals.push_back(cells_of(total, file.columns));
    const auto rows = std::make_shared<RowsOfFile>(std::move(file.rows), std::move(file.columns));
    table.next_row = [rows](formats::Cells& cells) { return rows->next(cells); };
    formats::Document document{table.title, {}};
    document.tables.push_back(std::move(table));
    return document;
}

/// What was made already, then the rest.
formats::Pieces after(std::string first, formats::Pieces rest) {
    return [first = std::move(first), rest = std::move(rest)](std::string& piece) mutable {
        if (first.empty()) return rest(piece);
        piece = std::exchange(first, {});
        return true;
    };
}

}  // namespace

ExportRows rows_made(std::size_t count, std::function<json::object(std::size_t)> row) {
    constexpr std::size_t few = 500;
    return {count, [count, row = std::move(row), place = std::size_t{0}]() mutable {
                json::array rows;
                for (; rows.size() < few && place < count; ++place) rows.push_back(row(place));
                return rows;
            }};
}

ExportRows rows_at_hand(json::array rows) {
    const std::size_t count = rows.size();
    return rows_made(count, [rows = std::move(rows)](std::size_t place) { return rows[place].as_object(); });
}

formats::Pieces export_pieces(ExportFile file, AnswerFormat format, Language language) {
    ensure(format != AnswerFormat::json, "an export is a file");
    formats::Document document = document_of(std::move(file), language);
    return format == AnswerFormat::csv
               ? formats::csv_pieces(std::move(document), formats::csv_style_of(language))
               : formats::xlsx_pieces(std::move(document));
}

http::Response export_answer(ExportFile file, AnswerFormat format, Language language) {
    const bool csv = format == AnswerFormat::csv;
    const std::string name = "countback-" + std::string(file.name) + (csv ? ".csv" : ".xlsx");
    const std::size_t rows = file.rows.count;
    http::Response response;
    response.headers = {
        {"Content-Type", csv ? "text/csv; charset=utf-8"
                             : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"Content-Disposition", "attachment; filename=\"" + name + "\""},
        {"Cache-Control", "no-store"},
        {"X-Countback-Rows", std::to_string(rows)}};
    formats::Pieces pieces = export_pieces(std::move(file), format, language);
    std::string first;
    if (!pieces(first)) {
        response.body = std::move(first);
        return response;
    }
    const std::size_t about = first.size() * std::max(rows, formats::piece_rows) / formats::piece_rows;
    response.headers.emplace_back("X-Countback-Bytes", std::to_string(about));
    response.producer = after(std::move(first), std::move(pieces));
    return response;
}

}  // namespace countback
