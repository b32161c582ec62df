#include "formats/write_xlsx.h"

#include <array>
#include <map>
#include <memory>

#include "formats/zip_stream.h"

namespace countback::formats {
namespace {

constexpr std::uint32_t rows_max = 1'048'576;
constexpr std::int32_t day_number_of_1970 = 25569;
constexpr std::int64_t exact_max = 999'999'999'999'999;
constexpr std::size_t text_bytes_max = 32'000;
constexpr std::string_view xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view sheets_namespace =
    "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
constexpr std::string_view office_relations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view package_relations =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";

/// How a cell is shown; its place among the styles is 2 × this, and one more in bold.
enum class Shown : std::uint8_t { text, date, whole, hundredths, money };
constexpr std::array<std::string_view, 8> shown_formats{"",      "yyyy-mm-dd", "0",        "0.00",
                                                        "#,##0", "#,##0.0",    "#,##0.00", "#,##0.000"};

enum class Weight : std::uint8_t { plain, bold };

std::string_view without_broken_end(std::string_view text) {
    if (text.size() <= text_bytes_max) return text;
    std::size_t size = text_bytes_max;
    while (size > 0 && (text[size] & 0xC0) == 0x80) --size;
    return text.substr(0, size);
}

/// Control characters as spreadsheets spell them (`_x0007_`), and a text that looks like one escaped.
void append_xml_text(std::string& out, std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const auto byte = static_cast<unsigned char>(c);
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else if (c == '"') {
            out += "&quot;";
        } else if (byte < 0x20 && c != '\n' && c != '\t') {
            out.append("_x00").append({digits[byte >> 4], digits[byte & 15], '_'});
        } else if (c == '_' && at + 6 < text.size() && text[at + 1] == 'x' && text[at + 6] == '_') {
            out += "_x005F_";
        } else {
            out += c;
        }
    }
}

std::string column_name(std::size_t column) {
    std::string name;
    for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        name.insert(name.begin(), static_cast<char>('A' + (rest - 1) % 26));
    return name;
}

std::string style_sheet() {
    std::string text(xml_head);
    text.append("<styleSheet ").append(sheets_namespace).append("><numFmts count=\"7\">");
    for (std::size_t i = 1; i < shown_formats.size(); ++i) {
        text += "<numFmt numFmtId=\"" + std::to_string(164 + i) + "\" formatCode=\"";
        text.append(shown_formats[i]).append("\"/>");
    }
    text +=
        "</numFmts><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
        "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
        "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
        "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
        "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" "
        "borderId=\"0\"/></cellStyleXfs>"
        "<cellXfs count=\"16\">";
    for (std::size_t i = 0; i < shown_formats.size(); ++i) {
        for (const char* font : {"0", "1"}) {
            text += "<xf numFmtId=\"" + std::to_string(i == 0 ? 0 : 164 + i) + "\" fontId=\"" + font +
                    "\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>";
        }
    }
    return text +
           "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>"
           "</cellStyles></styleSheet>";
}

/// Sheets are a package's usual part, so that their number need not be known when this is written.
std::string content_types() {
    constexpr std::string_view part = "application/vnd.openxmlformats-";
    std::string text(xml_head);
    text += "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">";
    text.append("<Default Extension=\"rels\" ContentType=\"").append(part);
    text += "package.relationships+xml\"/>";
    text.append("<Default Extension=\"xml\" ContentType=\"").append(part);
    text += "officedocument.spreadsheetml.worksheet+xml\"/>";
    text.append("<Override PartName=\"/xl/workbook.xml\" ContentType=\"").append(part);
    text += "officedocument.spreadsheetml.sheet.main+xml\"/>";
    text.append("<Override PartName=\"/xl/styles.xml\" ContentType=\"").append(part);
    return text + "officedocument.spreadsheetml.styles+xml\"/></Types>";
}

std::string relation(std::string_view id, std::string_view type, std::string_view target) {
    std::string text = "<Relationship Id=\"";
    text.append(id).append("\" Type=\"").append(office_relations).append("/").append(type);
    return text.append("\" Target=\"").append(target).append("\"/>");
}

/// The XML of one sheet, row by row.
class SheetRows {
public:
    void begin(const Table& table, std::string& xml) {
        row_ = 0;
        names_.clear();
        xml.append(xml_head).append("<worksheet ").append(sheets_namespace);
        xml +=
            "><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" "
            "activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>";
        Cells header;
        for (const Column& column : table.columns) {
            names_.push_back(column_name(names_.size()));
            const std::string number = std::to_string(names_.size());
            xml += "<col min=\"" + number + "\" max=\"" + number + "\" width=\"";
            xml += column.kind == CellKind::text ? "24\" customWidth=\"1\"/>" : "14\" customWidth=\"1\"/>";
            header.emplace_back(column.title);
        }
        xml += "</cols><sheetData>";
        put(header, Weight::bold, xml);
    }
    void put(const Cells& cells, Weight weight, std::string& xml) {
        number_ = std::to_string(++row_);
        xml += "<row r=\"" + number_ + "\">";
        for (std::size_t i = 0; i < cells.size(); ++i) put(names_[i], cells[i], weight, xml);
        xml += "</row>";
    }
    std::uint32_t rows() const { return row_; }

private:
    void put(const std::string& column, const Cell& cell, Weight weight, std::string& xml) const {
        if (const auto* text = std::get_if<std::string>(&cell)) {
            if (!text->empty()) put_text(column, *text, weight, xml);
        } else if (const auto* money = std::get_if<Money>(&cell)) {
            const std::string text_of = decimal(money->minor, money->currency);
            const int decimals = money->currency.decimals();
            const bool exact = money->minor <= exact_max && money->minor >= -exact_max;
            if (exact) put_number(column, text_of, style(Shown::money, weight) + 2 * decimals, xml);
            if (!exact) put_text(column, text_of, weight, xml);
        } else if (const auto* date = std::get_if<Date>(&cell)) {
            put_number(column, std::to_string(date->days() + day_number_of_1970), style(Shown::date, weight),
                       xml);
        } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
            put_number(column, std::to_string(*number), style(Shown::whole, weight), xml);
        } else if (const auto* days = std::get_if<Hundredths>(&cell)) {
            put_number(column, days->text(), style(Shown::hundredths, weight), xml);
        }
    }
    static int style(Shown shown, Weight weight) {
        return 2 * static_cast<int>(shown) + static_cast<int>(weight);
    }
    void open(const std::string& column, int style, std::string& xml) const {
        xml.append("<c r=\"").append(column).append(number_);
        if (style != 0) xml.append("\" s=\"").append(std::to_string(style));
    }
    void put_number(const std::string& column, const std::string& number, int style, std::string& xml) const {
        open(column, style, xml);
        xml.append("\"><v>").append(number).append("</v></c>");
    }
    void put_text(const std::string& column, std::string_view text, Weight weight, std::string& xml) const {
        const std::string_view shown = without_broken_end(text);
        const auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\t'; };
        const bool keep = blank(shown.front()) || blank(shown.back());
        open(column, style(Shown::text, weight), xml);
        xml.append("\" t=\"inlineStr\"><is><t").append(keep ? " xml:space=\"preserve\">" : ">");
        append_xml_text(xml, shown);
        xml += "</t></is></c>";
    }

    std::vector<std::string> names_;
    std::string number_;
    std::uint32_t row_ = 0;
};

class XlsxPieces {
public:
    explicit XlsxPieces(Document document) : document_(std::move(document)) {}

    bool next(std::string& piece) {
        zip_.ready().clear();
        if (sheets_.empty()) begin_book();
        bool more = true;
        for (std::size_t rows = 0; more && rows < piece_rows && zip_.ready().size() < piece_bytes; ++rows)
            more = advance();
        pass_on();
        if (more) zip_.flush();
        if (!more) end_book();
        piece = zip_.ready();
        return more;
    }

private:
    /// One row, or the end of a sheet; false after the last.
    bool advance() {
        const Table& table = document_.tables[table_];
        cells_.clear();
        if (table.next_row(cells_)) {
            if (rows_.rows() + table.totals.size() >= rows_max) begin_sheet();
            rows_.put(cells_, Weight::plain, xml_);
            if (xml_.size() >= piece_bytes) pass_on();
            return true;
        }
        for (const Cells& total : table.totals) rows_.put(total, Weight::bold, xml_);
        if (++table_ == document_.tables.size()) return false;
        begin_sheet();
        return true;
    }

    void begin_book() {
        zip_.add("[Content_Types].xml", content_types());
        std::string root(xml_head);
        root.append(package_relations).append(relation("rId1", "officeDocument", "xl/workbook.xml"));
        zip_.add("_rels/.rels", root + "</Relationships>");
        zip_.add("xl/styles.xml", style_sheet());
        begin_sheet();
    }

    void begin_sheet() {
        if (!sheets_.empty()) end_sheet();
        sheets_.push_back(sheet_name(document_.tables[table_].title));
        zip_.begin("xl/worksheets/sheet" + std::to_string(sheets_.size()) + ".xml");
        rows_.begin(document_.tables[table_], xml_);
    }

    void end_sheet() {
        xml_ += "</sheetData></worksheet>";
        pass_on();
        zip_.end();
    }

    void end_book() {
        end_sheet();
        std::string book(xml_head), relations(xml_head);
        book.append("<workbook ").append(sheets_namespace).append(" xmlns:r=\"").append(office_relations);
        book += "\"><sheets>";
        relations += package_relations;
        for (std::size_t i = 1; i <= sheets_.size(); ++i) {
            const std::string number = std::to_string(i), id = "rId" + number;
            book += "<sheet name=\"";
            append_xml_text(book, sheets_[i - 1]);
            book += "\" sheetId=\"" + number + "\" r:id=\"" + id + "\"/>";
            relations += relation(id, "worksheet", "worksheets/sheet" + number + ".xml");
        }
        relations += relation("rIdStyles", "styles", "styles.xml");
        zip_.add("xl/workbook.xml", book + "</sheets></workbook>");
        zip_.add("xl/_rels/workbook.xml.rels", relations + "</Relationships>");
        zip_.finish();
    }

    void pass_on() {
        zip_.write(xml_);
        xml_.clear();
    }

    // At most 31 characters, none of []:*?/\, unique in the book.
    std::string sheet_name(const std::string& title) {
        std::string name;
        for (const char c : title)
            name += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
        while (name.size() > 25 || (!name.empty() && (name.back() & 0xC0) == 0x80 && name.size() > 24))
            name.pop_back();
        if (name.empty()) name = "1";
        const int again = ++titles_[name];
        return again == 1 ? name : name + " " + std::to_string(again);
    }

    Document document_;
    ZipStream zip_;
    SheetRows rows_;
    Cells cells_;
    std::string xml_;  ///< not yet compressed
    std::size_t table_ = 0;
    std::vector<std::string> sheets_;
    std::map<std::string, int> titles_;
};

}  // namespace

Pieces xlsx_pieces(Document document) {
    return [writer = std::make_shared<XlsxPieces>(std::move(document))](std::string& piece) {
        return writer->next(piece);
    };
}

}  // namespace countback::formats
