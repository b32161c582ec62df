#include "imports/row_reader.h"

#include <algorithm>

#include "base/text.h"

namespace countback::imports {
namespace {

constexpr std::size_t shown_value_bytes = 80;
constexpr std::size_t text_bytes_max = 400;

std::string shown(std::string_view value) {
    if (value.size() <= shown_value_bytes) return std::string(value);
    std::size_t end = shown_value_bytes;
    while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;
    return std::string(value.substr(0, end)) + "…";
}

bool cannot_be_read(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
}

std::optional<Currency> currency_of(std::string_view text) {
    if (text == "€") return Currency::parse("EUR");
    if (text == "£") return Currency::parse("GBP");
    std::string code(text);
    for (char& c : code) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return Currency::parse(code);
}

}  // namespace

void RowReader::begin(const formats::TableRow& row) {
    row_ = &row;
    refused_.reset();
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        if (std::none_of(row.cells[i].begin(), row.cells[i].end(), cannot_be_read)) continue;
        const std::string column =
            i < columns_.header.size() ? columns_.header[i] : "column " + std::to_string(i + 1);
        refuse_line({RefusalCode::field_invalid,
                     {{"field", column}, {"reason", "it holds a character that cannot be read"}}});
        refused_->column = column;
        return;
    }
}

std::string_view RowReader::text(Field field) const {
    const std::string_view value = columns_.text(field, *row_);
    return value.ends_with(".0") && formats_.drops_point_zero(field) ? formats::without_point_zero(value)
                                                                     : value;
}

std::string_view RowReader::required(Field field) {
    const std::string_view value = text(field);
    if (value.empty()) refuse(field, RefusalCode::value_missing);
    if (value.size() > text_bytes_max) refuse(field, RefusalCode::field_invalid);
    return value.substr(0, text_bytes_max);
}

std::optional<Date> RowReader::date(Field field) {
    const std::string_view value = text(field);
    if (value.empty()) return std::nullopt;
    const auto date = formats::read_date(value, formats_.order);
    if (!date) refuse(field, RefusalCode::date_unreadable);
    return date;
}

std::optional<std::int64_t> RowReader::amount(Field field, Currency currency) {
    const std::string_view value = text(field);
    if (value.empty()) return std::nullopt;
    const auto amount = formats::read_amount(value, formats_.amount, currency);
    if (!amount) refuse(field, RefusalCode::amount_unreadable);
    return amount;
}

std::optional<int> RowReader::whole(Field field) {
    const std::string_view value = text(field);
    if (value.empty()) return std::nullopt;
    if (value.size() > 3 || value.find_first_not_of("0123456789") != std::string_view::npos) {
        refuse(field, RefusalCode::number_unreadable);
        return std::nullopt;
    }
    return std::stoi(std::string(value));
}

std::optional<Currency> RowReader::currency() {
    const std::string_view value = text(Field::currency);
    if (value.empty()) return std::nullopt;
    if (value != last_currency_text_) {
        last_currency_text_ = value;
        last_currency_ = currency_of(value);
    }
    if (!last_currency_) refuse(Field::currency, RefusalCode::currency_unknown);
    return last_currency_;
}

bool RowReader::readable_width(const formats::TableRow& row) {
    const std::size_t expected = columns_.header.size();
    std::size_t found = row.cells.size();
    while (found > expected && row.cells[found - 1].empty()) --found;
    if (found == expected) return true;
    refuse_line({RefusalCode::columns_mismatch,
                 {{"found", std::to_string(found)}, {"expected", std::to_string(expected)}}});
    return false;
}

void RowReader::refuse(Field field, RefusalCode code) {
    if (refused_) return;
    const std::string value = shown(text(field));
    Refusal refusal{code, {{"field", std::string(name_of(field))}, {"value", value}}};
    refused_ = RefusedLine{row_->line, std::string(columns_.column_name(field)), value, std::move(refusal)};
}

void RowReader::add_data(std::vector<std::pair<std::string, std::string>> data) {
    for (auto& entry : data) refused_->refusal.data.push_back(std::move(entry));
}

void RowReader::refuse_line(Refusal refusal) {
    if (!refused_) refused_ = RefusedLine{row_->line, {}, {}, std::move(refusal)};
}

}  // namespace countback::imports
