#include "formats/write_xlsx.h"

#include <xlsxwriter.h>

#include <map>
#include <memory>

namespace countback::formats {
namespace {

constexpr lxw_row_t rows_max = 1'048'575;
constexpr std::int32_t day_number_of_1970 = 25569;
constexpr std::int64_t exact_minor_max = 1'000'000'000'000'000;

// A spreadsheet knows binary numbers only. Up to 15 digits the nearest one shows and reads back as the same
// decimal; larger amounts are written as text. Nothing of ours is ever computed from it.
auto spreadsheet_number(std::int64_t minor, std::int64_t per_unit) {
    return static_cast<decltype(lxw_datetime::sec)>(minor) /
           static_cast<decltype(lxw_datetime::sec)>(per_unit);
}

class XlsxWriter {
public:
    explicit XlsxWriter(const std::filesystem::path& file) {
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        folder_ = file.parent_path().string();
        options.tmpdir = folder_.empty() ? nullptr : folder_.data();
        book_ = workbook_new_opt(file.c_str(), &options);
    }
    void add(const Table& table) {
        begin_sheet(table);
        Cells cells;
        for (; table.next_row(cells); cells.clear()) {
            if (row_ >= rows_max - table.totals.size()) begin_sheet(table);
            put_row(cells, Weight::plain);
        }
        for (const Cells& total : table.totals) put_row(total, Weight::bold);
    }
    bool finish() { return workbook_close(book_) == LXW_NO_ERROR; }

private:
    enum class Weight { plain, bold };

    void begin_sheet(const Table& table) {
        sheet_ = workbook_add_worksheet(book_, sheet_name(table.title).c_str());
        row_ = 0;
        const auto columns = static_cast<lxw_col_t>(table.columns.size());
        for (lxw_col_t column = 0; column < columns; ++column) {
            const CellKind kind = table.columns[column].kind;
            worksheet_set_column(sheet_, column, column, kind == CellKind::text ? 24 : 14, nullptr);
        }
        worksheet_freeze_panes(sheet_, 1, 0);
        Cells header;
        for (const Column& column : table.columns) header.emplace_back(column.title);
        put_row(header, Weight::bold);
    }

    // At most 31 characters, none of []:*?/\, unique in the book.
    std::string sheet_name(const std::string& title) {
        std::string name;
        for (const char c : title)
            name += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
        while (name.size() > 25 || (!name.empty() && (name.back() & 0xC0) == 0x80 && name.size() > 24))
            name.pop_back();
        if (name.empty()) name = "1";
        const int again = ++names_[name];
        return again == 1 ? name : name + " " + std::to_string(again);
    }

    void put_row(const Cells& cells, Weight weight) {
        for (std::size_t i = 0; i < cells.size(); ++i) put(static_cast<lxw_col_t>(i), cells[i], weight);
        ++row_;
    }

    void put(lxw_col_t column, const Cell& cell, Weight weight) {
        if (const auto* text = std::get_if<std::string>(&cell)) {
            worksheet_write_string(sheet_, row_, column, text->substr(0, 32'000).c_str(), style("", weight));
        } else if (const auto* money = std::get_if<Money>(&cell)) {
            put_money(column, *money, weight);
        } else if (const auto* date = std::get_if<Date>(&cell)) {
            worksheet_write_number(sheet_, row_, column, date->days() + day_number_of_1970,
                                   style("yyyy-mm-dd", weight));
        } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
            worksheet_write_number(sheet_, row_, column, spreadsheet_number(*number, 1), style("0", weight));
        } else if (const auto* days = std::get_if<Hundredths>(&cell)) {
            worksheet_write_number(sheet_, row_, column, spreadsheet_number(days->value, 100),
                                   style("0.00", weight));
        }
    }

    void put_money(lxw_col_t column, Money money, Weight weight) {
        constexpr const char* shown[] = {"#,##0", "#,##0.0", "#,##0.00", "#,##0.000"};
        if (money.minor > exact_minor_max || money.minor < -exact_minor_max) {
            worksheet_write_string(sheet_, row_, column, decimal(money.minor, money.currency).c_str(),
                                   style("", weight));
            return;
        }
        worksheet_write_number(sheet_, row_, column,
                               spreadsheet_number(money.minor, money.currency.minor_per_unit()),
                               style(shown[money.currency.decimals()], weight));
    }

    lxw_format* style(const std::string& shown, Weight weight) {
        lxw_format*& format = styles_[{shown, weight}];
        if (format == nullptr) {
            format = workbook_add_format(book_);
            if (!shown.empty()) format_set_num_format(format, shown.c_str());
            if (weight == Weight::bold) format_set_bold(format);
        }
        return format;
    }

    std::string folder_;  ///< rows wait in a file there
    lxw_workbook* book_ = nullptr;
    lxw_worksheet* sheet_ = nullptr;
    lxw_row_t row_ = 0;
    std::map<std::pair<std::string, Weight>, lxw_format*> styles_;
    std::map<std::string, int> names_;
};

}  // namespace

Result<void> write_xlsx(const Document& document, const std::filesystem::path& file) {
    XlsxWriter writer(file);
    for (const Table& table : document.tables) writer.add(table);
    if (!writer.finish()) return refuse(RefusalCode::disk_full);
    return {};
}

}  // namespace countback::formats
