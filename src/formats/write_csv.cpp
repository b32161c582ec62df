#include "formats/write_csv.h"

#include <algorithm>
#include <memory>

namespace countback::formats {
namespace {

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

/// Where in the document the next piece begins.
class CsvPieces {
public:
    CsvPieces(Document document, const CsvStyle& style) : document_(std::move(document)), style_(style) {}

    bool next(std::string& out) {
        out.clear();
        if (!begun_) out += style_.byte_order_mark;
        for (std::size_t rows = 0; table_ < document_.tables.size();) {
            if (rows == piece_rows || out.size() >= piece_bytes) return true;
            rows += advance(out);
        }
        return false;
    }

private:
    /// One line, or the totals and the step to the next table; the rows written.
    std::size_t advance(std::string& out) {
        const Table& table = document_.tables[table_];
        if (!begun_) begin(table, out);
        cells_.clear();
        if (table.next_row(cells_)) {
            append_row(out, cells_, style_);
            return 1;
        }
        for (const Cells& total : table.totals) append_row(out, total, style_);
        if (++table_ < document_.tables.size()) {
            out += "\r\n";
            begin(document_.tables[table_], out);
        }
        return 0;
    }
    void begin(const Table& table, std::string& out) {
        begun_ = true;
        cells_.clear();
        for (const Column& column : table.columns) cells_.emplace_back(column.title);
        append_row(out, cells_, style_);
    }

    Document document_;
    CsvStyle style_;
    Cells cells_;
    std::size_t table_ = 0;
    bool begun_ = false;
};

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

Pieces csv_pieces(Document document, const CsvStyle& style) {
    return [writer = std::make_shared<CsvPieces>(std::move(document), style)](std::string& piece) {
        return writer->next(piece);
    };
}

void write_csv(Document document, const CsvStyle& style, const WriteText& write) {
    CsvPieces pieces(std::move(document), style);
    std::string piece;
    for (bool more = true; more;) {
        more = pieces.next(piece);
        write(piece);
    }
}

}  // namespace countback::formats
