#include "measures/exports.h"

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>

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

formats::Document document_of(const ExportFile& file, Language language) {
    formats::Table table;
    table.title = locale::text(language, "measures.export." + std::string(file.name));
    for (const ExportColumn& column : file.columns) {
        std::string title = column.title;
        if (title.empty()) title = locale::text(language, "measures.column." + std::string(column.field));
        table.columns.push_back({std::move(title), column.kind});
    }
    table.next_row = [&file, place = std::size_t{0}](formats::Cells& cells) mutable {
        if (place == file.rows.count) return false;
        cells = cells_of(file.rows.row(place++), file.columns);
        return true;
    };
    for (const json::object& total : file.totals) table.totals.push_back(cells_of(total, file.columns));
    formats::Document document{table.title, {}};
    document.tables.push_back(std::move(table));
    return document;
}

Result<std::string> xlsx_bytes(const formats::Document& document) {
    static std::atomic<int> number{0};
    const auto path =
        std::filesystem::temp_directory_path() /
        ("countback-export-" + std::to_string(getpid()) + "-" + std::to_string(++number) + ".xlsx");
    const auto written = formats::write_xlsx(document, path);
    std::string bytes;
    if (written) {
        std::ifstream file(path, std::ios::binary);
        bytes.assign(std::istreambuf_iterator<char>(file), {});
    }
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    if (!written) return tl::unexpected(written.error());
    return bytes;
}

}  // namespace

ExportRows rows_at_hand(json::array rows) {
    const std::size_t count = rows.size();
    return {count, [rows = std::move(rows)](std::size_t place) { return rows[place].as_object(); }};
}

Result<http::Response> export_answer(ExportFile file, AnswerFormat format, Language language) {
    ensure(format != AnswerFormat::json, "an export is a file");
    const formats::Document document = document_of(file, language);
    const bool csv = format == AnswerFormat::csv;
    http::Response response;
    if (csv) {
        formats::write_csv(document, formats::csv_style_of(language),
                           [&](std::string_view piece) { response.body += piece; });
    } else {
        auto bytes = xlsx_bytes(document);
        if (!bytes) return tl::unexpected(bytes.error());
        response.body = std::move(*bytes);
    }
    const std::string name = "countback-" + std::string(file.name) + (csv ? ".csv" : ".xlsx");
    response.headers = {
        {"Content-Type", csv ? "text/csv; charset=utf-8"
                             : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"Content-Disposition", "attachment; filename=\"" + name + "\""},
        {"Cache-Control", "no-store"}};
    return response;
}

}  // namespace countback
