#include "formats/pdf_join.h"

#include <gtest/gtest.h>

#include "formats/pdf.h"

namespace countback::formats {
namespace {

std::string letter_of(const std::string& name, int rows) {
    Letter letter;
    letter.address = {name, "75001 Paris"};
    letter.title = "Reminder";
    LetterTable table{"", {{"Number", Align::left}}, {}, {}};
    for (int row = 0; row < rows; ++row) table.rows.push_back({"F-" + std::to_string(row)});
    letter.tables.push_back(table);
    return write_pdf({"Reminder", "us", 0, {letter}})->bytes;
}

TEST(PdfJoiner, begins_each_file_on_a_front_side) {
    PdfJoiner joiner("Letters");
    EXPECT_TRUE(joiner.add(letter_of("One", 1)));
    EXPECT_EQ(joiner.pages(), 1);
    EXPECT_TRUE(joiner.add(letter_of("Long", 60)));
    EXPECT_EQ(joiner.pages(), 4) << "one, an empty side, two";
    EXPECT_TRUE(joiner.add(letter_of("Three", 1)));
    EXPECT_EQ(joiner.pages(), 5);
    EXPECT_TRUE(joiner.finish().starts_with("%PDF-"));
}

TEST(PdfJoiner, adds_nothing_of_what_is_no_whole_pdf) {
    PdfJoiner joiner("Letters");
    const std::string good = letter_of("One", 1);
    EXPECT_FALSE(joiner.add(""));
    EXPECT_FALSE(joiner.add("%PDF-1.5\nnot really"));
    EXPECT_FALSE(joiner.add(good.substr(0, good.size() / 2)));
    EXPECT_EQ(joiner.pages(), 0);
    EXPECT_TRUE(joiner.add(good));
    EXPECT_EQ(joiner.pages(), 1);
}

TEST(PdfJoiner, gives_the_same_bytes_for_the_same_files) {
    const std::string one = letter_of("One", 1);
    std::string files[2];
    for (std::string& file : files) {
        PdfJoiner joiner("Letters");
        joiner.add(one);
        joiner.add(one);
        file = joiner.finish();
    }
    EXPECT_EQ(files[0], files[1]);
}

}  // namespace
}  // namespace countback::formats
