#include "formats/write_csv.h"

#include <algorithm>

namespace countback::formats {
namespace {

constexpr std::size_t piece_bytes = 1 << 16;

void append_number(std::string& out, std::string number, const CsvStyle& style) {
    std::replace(number.begin(), number.end(), '.', style.decimal);
    append_csv_verbatim(out, number, style.delimiter);
}

struct AppendCell {
    std::string& out;
    const CsvStyle& style;
    void operator()(std::monostate) const {}
    void operator()(const std::string& text) const { append_csv_text(out, text, style.delimiter); }
    void operator()(Money money) const { append_number(out, decimal(money.minor, money.currency), style); }
    void operator()(Date date) const { out += date.iso(); }
    void operator()(std::int64_t number) const { out += std::to_string(number); }
    void operator()(Hundredths number) const { append_number(out, number.text(), style); }
};

void append_row(std::string& out, const Cells& cells, const CsvStyle& style) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out += style.delimiter;
        std::visit(AppendCell{out, style}, cells[i]);
    }
    out += "\r\n";
}

}  // namespace

std::function<bool(Cells&)> rows_of(std::vector<Cells> rows) {
    return [rows = std::move(rows), at = std::size_t{0}](Cells& cells) mutable {
        if (at == rows.size()) return false;
        cells = rows[at++];
        return true;
    };
}

CsvStyle csv_style_of(Language language) {
    if (language == Language::fr) return {';', ',', "\xEF\xBB\xBF"};
    return {',', '.', "\xEF\xBB\xBF"};
}

void append_csv_verbatim(std::string& out, std::string_view text, char delimiter) {
    const bool blank_ends = !text.empty() && (text.front() == ' ' || text.back() == ' ');
    const bool marks = std::any_of(text.begin(), text.end(), [&](char c) {
        return c == delimiter || c == '"' || c == '\n' || c == '\r';
    });
    if (!marks && !blank_ends) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

void append_csv_text(std::string& out, std::string_view text, char delimiter) {
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
        append_csv_verbatim(out, "'" + std::string(text), delimiter);
        return;
    }
    append_csv_verbatim(out, text, delimiter);
}

void write_csv(const Document& document, const CsvStyle& style, const WriteText& write) {
    std::string out(style.byte_order_mark);
    for (std::size_t i = 0; i < document.tables.size(); ++i) {
        const Table& table = document.tables[i];
        if (i > 0) out += "\r\n";
        Cells cells;
        for (const Column& column : table.columns) cells.emplace_back(column.title);
        append_row(out, cells, style);
        for (cells.clear(); table.next_row(cells); cells.clear()) {
            append_row(out, cells, style);
            if (out.size() < piece_bytes) continue;
            write(out);
            out.clear();
        }
        for (const Cells& total : table.totals) append_row(out, total, style);
    }
    write(out);
}

}  // namespace countback::formats
