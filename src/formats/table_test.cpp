// Files as they come: encodings, workbooks, and what is no table.
#include "formats/table.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zip.h>

#include <cstring>
#include <fstream>

#include "formats/worker.h"
#include "formats/write_xlsx.h"
#include "formats/xlsx.h"

using namespace countback;
using namespace countback::formats;

namespace {

// The test program is its own worker, as the real one is.
const bool worker = [] {
    std::ifstream words("/proc/self/cmdline");
    std::vector<std::string> word;
    for (std::string next; std::getline(words, next, '\0');) word.push_back(next);
    if (word.size() > 2 && word[1] == "worker") _exit(run_xlsx_worker(word.size() > 3 ? word[3] : ""));
    return true;
}();

class Files : public testing::Test {
protected:
    void SetUp() override {
        char name[] = "/tmp/countback-table-XXXXXX";
        folder_ = ::mkdtemp(name);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::filesystem::path put(const std::string& name, const std::string& bytes) const {
        std::ofstream(folder_ / name, std::ios::binary) << bytes;
        return folder_ / name;
    }
    RefusalCode refusal(const std::string& bytes) const {
        auto table = open_table(put("bad", bytes), {});
        if (!table) return table.error().code;
        TableRow row;
        while (true) {
            const auto more = table->rows->next(row);
            if (!more) return more.error().code;
            if (!*more) return RefusalCode::server_error;
        }
    }
    void write(const Pieces& pieces) const {
        std::ofstream file(folder_ / "out.xlsx", std::ios::binary);
        std::string piece;
        for (bool more = true; more; file << piece) more = pieces(piece);
    }
    std::filesystem::path folder_;
};

std::vector<std::string> first_row(OpenTable& table) {
    TableRow row;
    EXPECT_TRUE(table.rows->next(row).value());
    return {row.cells.begin(), row.cells.end()};
}

std::string utf16(std::u16string_view text) {
    std::string bytes = "\xFF\xFE";
    for (const char16_t c : text) {
        bytes += static_cast<char>(c & 0xFF);
        bytes += static_cast<char>(c >> 8);
    }
    return bytes;
}

// A workbook made by hand: shared and inline strings, date styles.
std::string workbook(const std::string& sheet, const std::string& properties = "") {
    const std::vector<std::pair<std::string, std::string>> parts{
        {"xl/workbook.xml", "<workbook xmlns:r='r'>" + properties +
                                "<sheets><sheet name='Open' r:id='rId1'/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.xml'/></Relationships>"},
        {"xl/sharedStrings.xml",
         "<sst><si><t>Compte</t></si><si><r><t>Da</t></r><r><t>te</t></r></si></sst>"},
        {"xl/styles.xml",
         "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='dd/mm/yyyy'/></numFmts><cellXfs><xf "
         "numFmtId='0'/><xf "
         "numFmtId='170'/></cellXfs></styleSheet>"},
        {"xl/worksheets/sheet1.xml", sheet}};
    char name[] = "/tmp/countback-book-XXXXXX";
    ::close(::mkstemp(name));
    zip_t* archive = zip_open(name, ZIP_TRUNCATE, nullptr);
    for (const auto& [part, text] : parts)
        zip_file_add(archive, part.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), 0);
    zip_close(archive);
    std::ifstream file(name, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    std::filesystem::remove(name);
    return bytes;
}

const std::string plain_sheet =
    "<worksheet><sheetData><row r='2'><c r='A2' t='s'><v>0</v></c><c r='C2' t='s'><v>1</v></c></row>"
    "<row r='3'><c r='A3' t='inlineStr'><is><t>00 12</t></is></c><c r='B3'><v>129473.83000000001</v></c><c "
    "r='C3' s='1'><v>43502.25</v></c></row>"
    "</sheetData></worksheet>";

}  // namespace

TEST_F(Files, encodings_are_found_and_converted) {
    const std::pair<std::string, std::string> cases[] = {
        {"Compte;Libell\xE9\nC1;\x80 d\xFB\n", "windows-1252"},
        {"\xEF\xBB\xBF"
         "Compte;Libell\xC3\xA9\nC1;\xE2\x82\xAC d\xC3\xBB\n",
         "utf-8"},
        {utf16(u"Compte;Libell\u00E9\nC1;\u20AC d\u00FB\n"), "utf-16le"}};
    for (const auto& [bytes, encoding] : cases) {
        auto table = open_table(put("t.csv", bytes), {});
        ASSERT_TRUE(table) << name_of(table.error().code);
        EXPECT_EQ(table->detected.encoding, encoding);
        EXPECT_EQ(table->detected.delimiter, ';');
        EXPECT_EQ(table->header, (std::vector<std::string>{"Compte", "Libell\xC3\xA9"}));
        EXPECT_EQ(first_row(*table), (std::vector<std::string>{"C1", "\xE2\x82\xAC d\xC3\xBB"}));
    }
}

TEST_F(Files, what_is_no_table_is_refused) {
    EXPECT_EQ(refusal(""), RefusalCode::file_empty);
    EXPECT_EQ(refusal(" \n\n"), RefusalCode::file_empty);
    EXPECT_EQ(refusal("\xEF\xBB\xBF"), RefusalCode::file_empty);
    EXPECT_EQ(refusal("%PDF-1.4\n\x01\x02"), RefusalCode::file_not_a_table);
    EXPECT_EQ(refusal("Dear all,\nplease find\n"), RefusalCode::file_not_a_table);
    EXPECT_EQ(refusal(std::string(4 << 20, 'x')), RefusalCode::line_too_long);
    EXPECT_EQ(refusal("PK\x03\x04 not a zip"), RefusalCode::file_unreadable);
    EXPECT_EQ(refusal("\xEF\xBB\xBF"
                      "a;b\n\xE9;1\n"),
              RefusalCode::encoding_unreadable);
    EXPECT_EQ(open_table(folder_ / "absent", {}).error().code, RefusalCode::file_unreadable);
    FormatChoice utf8;
    utf8.encoding = "UTF-8";
    EXPECT_EQ(open_table(put("t.csv", "a;b\n\xE9;1\n"), utf8).error().code, RefusalCode::encoding_unreadable);
}

TEST_F(Files, a_workbook_is_read_by_the_worker) {
    auto table = open_table(put("t.xlsx", workbook(plain_sheet)), {});
    ASSERT_TRUE(table) << name_of(table.error().code);
    EXPECT_EQ(table->detected.sheets, (std::vector<std::string>{"Open"}));
    EXPECT_EQ(table->detected.header_line, 2);
    EXPECT_EQ(table->header, (std::vector<std::string>{"Compte", "column 2", "Date"}));
    EXPECT_EQ(first_row(*table), (std::vector<std::string>{"00 12", "129473.83", "2019-02-06"}));
    TableRow row;
    EXPECT_FALSE(table->rows->next(row).value());
}

TEST_F(Files, days_count_from_1904_where_the_workbook_says_so) {
    auto table = open_table(put("t.xlsx", workbook(plain_sheet, "<workbookPr date1904='1'/>")), {});
    ASSERT_TRUE(table);
    EXPECT_EQ(first_row(*table)[2], "2023-02-07");
}

TEST_F(Files, zip_bombs_and_document_types_are_refused) {
    const std::string bomb =
        "<worksheet><sheetData>" + std::string(64 << 20, ' ') + "</sheetData></worksheet>";
    EXPECT_EQ(refusal(workbook(bomb)), RefusalCode::file_unreadable);
    EXPECT_EQ(refusal(workbook("<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>")), RefusalCode::file_unreadable);
    EXPECT_EQ(refusal(workbook(plain_sheet).substr(0, 300)), RefusalCode::file_unreadable);
}

TEST_F(Files, what_we_write_as_xlsx_is_read_again) {
    const auto eur = *Currency::parse("EUR");
    Document document{"t",
                      {{"Items",
                        {{"code", CellKind::text}, {"amount", CellKind::money}, {"due", CellKind::date}},
                        nullptr,
                        {}}}};
    document.tables[0].next_row =
        rows_of({{std::string("0012"), Money{-12947383, eur}, *Date::parse_iso("2026-03-31")}});
    document.tables[0].totals = {{std::string("total"), Money{-12947383, eur}, {}}};
    write(xlsx_pieces(std::move(document)));
    auto table = open_table(folder_ / "out.xlsx", {});
    ASSERT_TRUE(table) << name_of(table.error().code);
    EXPECT_EQ(first_row(*table), (std::vector<std::string>{"0012", "-129473.83", "2026-03-31"}));
    EXPECT_EQ(first_row(*table)[0], "total");
}

TEST_F(Files, rows_are_asked_for_as_pieces_of_the_xlsx_are) {
    constexpr std::int64_t rows = 5'000;
    std::int64_t asked = 0;
    Document document{"t", {{"<Many> & more", {{"n", CellKind::integer}, {"text", CellKind::text}}, {}, {}}}};
    document.tables[0].next_row = [&](Cells& cells) {
        if (asked == rows) return false;
        cells = {++asked, std::string(" <a> & \"b\" é\n\x01 _x0041_")};
        return true;
    };
    const Pieces pieces = xlsx_pieces(document);
    std::string first, rest;
    ASSERT_TRUE(pieces(first));
    EXPECT_EQ(asked, static_cast<std::int64_t>(piece_rows));
    bool more = true;
    write([&](std::string& piece) {
        if (!first.empty()) {
            piece = std::exchange(first, {});
            return true;
        }
        more = pieces(piece);
        return more;
    });
    auto table = open_table(folder_ / "out.xlsx", {});
    ASSERT_TRUE(table) << name_of(table.error().code);
    TableRow row;
    std::int64_t read = 0;
    while (table->rows->next(row).value()) EXPECT_EQ(row.cells[0], std::to_string(++read));
    EXPECT_EQ(read, rows);
}

TEST(PlainNumber, is_what_the_sheet_shows) {
    EXPECT_EQ(plain_number("129473.83000000001"), "129473.83");
    EXPECT_EQ(plain_number("0.1"), "0.1");
    EXPECT_EQ(plain_number("1.5E-2"), "0.015");
    EXPECT_EQ(plain_number("1.930438491E9"), "1930438491");
    EXPECT_EQ(plain_number("-99.999999999999999"), "-100");
    EXPECT_EQ(plain_number("0"), "0");
    EXPECT_EQ(plain_number("x"), "x");
    EXPECT_TRUE(shows_dates("[$-40C]dd/mm/yyyy;@"));
    EXPECT_FALSE(shows_dates("0.00\" days\""));
    EXPECT_FALSE(shows_dates("[h]:mm"));
}
