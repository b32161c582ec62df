#include "formats/csv.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "formats/detect.h"
#include "formats/text_input.h"
#include "formats/write_csv.h"

using namespace countback;
using namespace countback::formats;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Result<Rows> read(std::string text, char delimiter = ',', std::size_t columns = 0) {
    CsvReader reader(read_from(std::move(text)), delimiter);
    reader.expect_columns(columns);
    Rows rows;
    TableRow row;
    while (true) {
        const auto more = reader.next(row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) return rows;
        rows.emplace_back(row.cells.begin(), row.cells.end());
    }
}

std::vector<std::int64_t> lines_of(std::string text) {
    CsvReader reader(read_from(std::move(text)), ',');
    std::vector<std::int64_t> lines;
    TableRow row;
    while (reader.next(row).value()) lines.push_back(row.line);
    return lines;
}

}  // namespace

TEST(Csv, reads_fields_quotes_and_line_ends) {
    EXPECT_EQ(*read("a,b\r\n1,\"x, \"\"y\"\"\"\n\n , \n3,\"two\nlines\""),
              (Rows{{"a", "b"}, {"1", "x, \"y\""}, {"3", "two\nlines"}}));
    EXPECT_EQ(*read("a;b;\n1;2;", ';'), (Rows{{"a", "b", ""}, {"1", "2", ""}}));
    EXPECT_EQ(*read("a\tb\r1\t2\r", '\t'), (Rows{{"a", "b"}, {"1", "2"}}));
    EXPECT_TRUE(read("")->empty());
    EXPECT_TRUE(read("\n\n")->empty());
}

TEST(Csv, tells_where_each_row_begins) {
    EXPECT_EQ(lines_of("a,b\n1,\"x\ny\"\n\n3,4\n"), (std::vector<std::int64_t>{1, 2, 5}));
}

TEST(Csv, a_stray_quote_does_not_swallow_the_lines_after_it) {
    EXPECT_EQ(*read("1,\"inch\n2,b\n3,c\",x\n", ',', 2),
              (Rows{{"1", "\"inch"}, {"2", "b"}, {"3", "c\"", "x"}}));
    EXPECT_EQ(*read("1,\"open\n2,b\n", ',', 2), (Rows{{"1", "\"open"}, {"2", "b"}}));
    EXPECT_EQ(*read("1,\"a\"b\n", ',', 2), (Rows{{"1", "\"a\"b"}}));
}

TEST(Csv, refuses_endless_lines_and_zero_bytes) {
    EXPECT_EQ(read(std::string(3 * row_bytes_max, 'x')).error().code, RefusalCode::line_too_long);
    EXPECT_EQ(read("a,\"" + std::string(3 * row_bytes_max, 'x')).error().code, RefusalCode::line_too_long);
    EXPECT_EQ(read(std::string(columns_max + 1, ',')).error().code, RefusalCode::file_not_a_table);
}

TEST(Csv, what_is_written_is_read_again) {
    EXPECT_TRUE(rc::check("any cells survive", [](const std::vector<std::vector<std::string>>& given) {
        Rows kept;
        std::string text;
        for (auto cells : given) {
            for (auto& cell : cells) std::replace(cell.begin(), cell.end(), '\0', ' ');
            bool filled = false;
            for (std::size_t i = 0; i < cells.size(); ++i) {
                if (i > 0) text += ';';
                std::string_view trimmed = cells[i];
                while (!trimmed.empty() && (trimmed.front() == ' ' || trimmed.front() == '\t'))
                    trimmed.remove_prefix(1);
                while (!trimmed.empty() && (trimmed.back() == ' ' || trimmed.back() == '\t'))
                    trimmed.remove_suffix(1);
                cells[i] = std::string(trimmed);
                filled = filled || !trimmed.empty();
                append_csv_verbatim(text, cells[i], ';');
            }
            text += "\n";
            if (filled) kept.push_back(cells);
        }
        RC_ASSERT(*read(text, ';') == kept);
    }));
}

TEST(Detect, finds_the_delimiter_and_the_header) {
    EXPECT_EQ(detect_delimiter("Compte;Montant\nC1;1,50\nC2;3,50\nC3;4\n"), ';');
    EXPECT_EQ(detect_delimiter("a,b,c\n1,2,3\n"), ',');
    EXPECT_EQ(detect_delimiter("Dear all,\nplease find\nthe figures\n"), 0);
    const std::vector<SampleRow> rows{
        {1, {"Balance", "", ""}}, {3, {"Compte", "Date", "Montant"}}, {4, {"C1", "01/02/2026", "12"}}};
    EXPECT_EQ(detect_header_line(rows), 3);
    EXPECT_EQ(column_names(std::vector<std::string>{"a", "", "a"}),
              (std::vector<std::string>{"a", "column 2", "a.1"}));
}

TEST(WriteCsv, text_never_runs_as_a_formula) {
    Document document{"t", {{"s", {{"name", CellKind::text}, {"amount", CellKind::money}}, nullptr, {}}}};
    document.tables[0].next_row =
        rows_of({{std::string("=1+1"), Money{-150, *Currency::parse("EUR")}}, {std::string("a;b"), {}}});
    std::string out;
    write_csv(document, csv_style_of(Language::fr), [&](std::string_view text) { out += text; });
    EXPECT_EQ(out, "\xEF\xBB\xBFname;amount\r\n'=1+1;-1,50\r\n\"a;b\";\r\n");
}
