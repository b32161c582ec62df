// IMP-2: amounts, dates and codes as they come.
#include "formats/value.h"

#include <gtest/gtest.h>

using namespace countback;
using namespace countback::formats;

namespace {

std::optional<std::int64_t> euros(std::string_view text, char decimal = '.') {
    return read_amount(text, {decimal, AmountUnit::major}, *Currency::parse("EUR"));
}
std::string date(std::string_view text, DateOrder order = DateOrder::day_first) {
    const auto day = read_date(text, order);
    return day ? day->iso() : "none";
}

}  // namespace

TEST(Amount, reads_what_people_write) {
    EXPECT_EQ(euros("129473.83"), 12947383);
    EXPECT_EQ(euros("1,234.5"), 123450);
    EXPECT_EQ(euros("-1 234,56", ','), -123456);
    EXPECT_EQ(euros("1\xE2\x80\xAF"
                    "234\xC2\xA0"
                    "567,8",
                    ','),
              123456780);
    EXPECT_EQ(euros("12.50-"), -1250);
    EXPECT_EQ(euros("(12.50)"), -1250);
    EXPECT_EQ(euros("1'000.00"), 100000);
    EXPECT_EQ(euros("\xE2\x88\x92"
                    "3"),
              -300);
    EXPECT_EQ(euros("12,00 €", ','), 1200);
    EXPECT_EQ(euros(".5"), 50);
    EXPECT_EQ(euros("7.100"), 710);
    EXPECT_EQ(read_amount("1000.0", {}, *Currency::parse("JPY")), 1000);
    EXPECT_EQ(read_amount("1.234", {}, *Currency::parse("KWD")), 1234);
    EXPECT_EQ(read_amount("12345", {'.', AmountUnit::minor}, *Currency::parse("EUR")), 12345);
    EXPECT_EQ(read_amount("12345.0", {'.', AmountUnit::minor}, *Currency::parse("EUR")), 12345);
}

TEST(Amount, refuses_what_is_none) {
    for (const char* text : {"", "1.200,00", "12.345", "1,23", "1,2345", "12.3.4", "abc", "1e5", "--1",
                             "(-1)", "1-2", "5 0.00x", "12345678901234567", ",", ".", "1,,000"}) {
        EXPECT_FALSE(euros(text)) << text;
    }
    EXPECT_FALSE(read_amount("1.5", {}, *Currency::parse("JPY")));
    EXPECT_FALSE(read_amount("1.5", {'.', AmountUnit::minor}, *Currency::parse("EUR")));
}

TEST(AmountEvidence, settles_the_mark_over_the_whole_file) {
    AmountEvidence french;
    for (const char* text : {"1 200,50", "300", "1,234"}) french.add(text);
    EXPECT_EQ(french.decimal(','), ',');
    AmountEvidence english;
    for (const char* text : {"1,234", "12.5"}) english.add(text);
    EXPECT_EQ(english.decimal(';'), '.');
    AmountEvidence open;
    open.add("1,234");
    EXPECT_TRUE(open.is_open());
    AmountEvidence groups;
    groups.add("1.234.567");
    EXPECT_EQ(groups.decimal(','), ',');
}

TEST(DateValue, reads_what_programs_write) {
    for (const char* text :
         {"2019-02-06", "20190206", "20190206.0", "2019-02-06 00:00:00", "2019-02-06T08:15:00Z", "06/02/2019",
          "6.2.19", "06-02-2019", "2019/2/6", "06022019", "43502", "43502.0", "6 Feb 2019", "06-févr.-2019",
          "6 février 2019"}) {
        EXPECT_EQ(date(text), "2019-02-06") << text;
    }
    EXPECT_EQ(date("1/2/2013", DateOrder::month_first), "2013-01-02");
    EXPECT_EQ(date("31.12.70"), "1970-12-31");
    EXPECT_EQ(date("31/12/69"), "2069-12-31");
}

TEST(DateValue, refuses_days_that_are_none) {
    for (const char* text :
         {"31/02/2026", "2026-02-31", "20260231", "13/13/2026", "", "x", "1/2", "0", "2026", "12:00",
          "1/2/20266", "99999", "1902090220 1 2202", "6 Feb 99999999999"}) {
        EXPECT_EQ(date(text), "none") << text;
    }
}

TEST(DateEvidence, settles_the_order_over_the_whole_file) {
    DateEvidence american;
    for (const char* text : {"1/2/2013", "2/25/2013", "3/4/2013"}) american.add(text);
    EXPECT_EQ(american.order(), DateOrder::month_first);
    EXPECT_EQ(american.layout(), "mm/dd/yyyy");
    DateEvidence open;
    open.add("1/2/2013");
    EXPECT_TRUE(open.is_open());
    DateEvidence iso;
    iso.add("20190206.0");
    EXPECT_FALSE(iso.is_open());
    EXPECT_EQ(iso.layout(), "yyyymmdd");
    EXPECT_EQ(order_of_layout("mm/dd/yyyy"), DateOrder::month_first);
    EXPECT_EQ(order_of_layout("x"), std::nullopt);
}

TEST(PointZero, drops_only_when_every_value_has_it) {
    PointZeroEvidence column;
    column.add("1930438491.0");
    EXPECT_TRUE(column.on_every_value());
    column.add("0012");
    EXPECT_FALSE(column.on_every_value());
    EXPECT_EQ(without_point_zero("1930438491.0"), "1930438491");
    EXPECT_EQ(without_point_zero("1.10"), "1.10");
}
