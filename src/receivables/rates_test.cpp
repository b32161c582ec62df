// Handbook 5: conversion at D's rate, at most 7 days old, crosses through the euro as one rational (LED-1).
#include "receivables/rates.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <numeric>

namespace countback {
namespace {

Currency cur(const char* code) { return *Currency::parse(code); }
Date day(const char* iso) { return *Date::parse_iso(iso); }

RateTable small() {
    return *RateTable::read(
        "# a table\ndate,USD,GBP,JPY\n2026-01-02,1.25,0.80,160\n2026-01-05,1.20,,150.5\n");
}

TEST(Rates, CrossGoesThroughTheEuroAsOneRational) {
    const std::vector<Currency> present{cur("USD"), cur("GBP"), cur("EUR"), cur("JPY")};
    const Conversion to_pound(small(), day("2026-01-02"), cur("GBP"), present);
    EXPECT_EQ(to_pound.rounded(Exact(10'000) * to_pound.weight(cur("USD"))), 6'400);  // 100.00 USD
    EXPECT_EQ(to_pound.rounded(Exact(16'000) * to_pound.weight(cur("JPY"))),
              8'000);  // 16 000 JPY, no decimals
    EXPECT_EQ(to_pound.rounded(Exact(10'000) * to_pound.weight(cur("EUR"))), 8'000);
    EXPECT_EQ(to_pound.rounded(Exact(123) * to_pound.weight(cur("GBP"))), 123);
    EXPECT_EQ(to_pound.rate_day(), day("2026-01-02"));
}

TEST(Rates, TheLastRateOnOrBeforeTheDayAtMostSevenDaysOld) {
    const RateTable table = small();
    EXPECT_FALSE(table.on(cur("USD"), day("2026-01-01")));
    EXPECT_EQ(table.on(cur("USD"), day("2026-01-04"))->per_euro, 12'500'000'000);
    EXPECT_EQ(table.on(cur("USD"), day("2026-01-05"))->per_euro, 12'000'000'000);
    EXPECT_EQ(table.on(cur("GBP"), day("2026-01-09"))->published, day("2026-01-02"));
    EXPECT_FALSE(table.on(cur("GBP"), day("2026-01-10")));
    EXPECT_TRUE(table.on(cur("USD"), day("2026-01-12")));
    EXPECT_FALSE(table.on(cur("USD"), day("2026-01-13")));
    EXPECT_FALSE(table.on(cur("CHF"), day("2026-01-05")));
}

TEST(Rates, WithoutARateTheCurrencyStaysUnconverted) {
    const std::vector<Currency> present{cur("USD"), cur("CHF")};
    const Conversion to_euro(small(), day("2026-01-05"), cur("EUR"), present);
    EXPECT_TRUE(to_euro.converts(cur("USD")));
    EXPECT_FALSE(to_euro.converts(cur("CHF")));
    EXPECT_EQ(to_euro.unconverted(), std::vector{cur("CHF")});
}

TEST(Rates, UnreadableTablesAreRefused) {
    EXPECT_EQ(RateTable::read("").error().code, RefusalCode::file_not_a_table);
    EXPECT_EQ(RateTable::read("date,XYZ\n").error().code, RefusalCode::currency_unknown);
    EXPECT_EQ(RateTable::read("date,USD\n2026-02-31,1\n").error().code, RefusalCode::date_unreadable);
    EXPECT_EQ(RateTable::read("date,USD\n2026-02-01,1,2\n2026-02-02,-1\n").error().code,
              RefusalCode::number_unreadable);
    EXPECT_EQ(RateTable::read("date,USD\n2026-02-01,0\n").error().code, RefusalCode::number_unreadable);
}

TEST(Rates, ANewerTableAddsAndCorrects) {
    RateTable table = small();
    table.take_in(*RateTable::read("date,USD\n2026-01-05,1.21\n2026-01-06,1.22\n"));
    EXPECT_EQ(table.on(cur("USD"), day("2026-01-05"))->per_euro, 12'100'000'000);
    EXPECT_EQ(table.on(cur("USD"), day("2026-01-08"))->per_euro, 12'200'000'000);
    EXPECT_EQ(table.on(cur("USD"), day("2026-01-02"))->per_euro, 12'500'000'000);
    EXPECT_EQ(table.last_day(), day("2026-01-06"));
}

TEST(Rates, TheShippedTableCoversTheMainCurrencies) {
    const RateTable& table = RateTable::shipped();
    for (const char* code :
         {"USD", "GBP", "CHF", "CAD", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "AUD", "CNY"}) {
        EXPECT_TRUE(table.on(cur(code), day("2018-01-02"))) << code;
        EXPECT_TRUE(table.on(cur(code), day("2020-03-31"))) << code;
    }
    EXPECT_EQ(table.on(cur("USD"), day("2020-03-31"))->per_euro, 10'956'000'000);
}

TEST(Rates, RoundedPartsSumToTheirTotal) {
    EXPECT_EQ(rounded_to_total({104, 104, 102}, 10, 31), (std::vector<std::int64_t>{11, 10, 10}));
    EXPECT_EQ(rounded_half_even(5, 10), 0);
    EXPECT_EQ(rounded_half_even(15, 10), 2);
    EXPECT_EQ(rounded_half_even(-15, 10), -2);
    EXPECT_EQ(rounded_half_even(-16, 10), -2);
    EXPECT_EQ(exact_hundredths(Exact(472) * 365 * 10, 28'704).text(), "60.02");
    EXPECT_TRUE(rc::check("Σ rounded rows = rounded total", [](const std::vector<std::int32_t>& amounts) {
        const std::vector<Currency> present{cur("USD"), cur("GBP"), cur("JPY")};
        const Conversion conversion(small(), day("2026-01-05"), cur("EUR"), present);
        std::vector<Exact> rows;
        Exact sum = 0;
        for (std::size_t i = 0; i < amounts.size(); ++i)
            rows.push_back(Exact(amounts[i]) * conversion.weight(present[i % 3]));
        for (const Exact& row : rows) sum += row;
        const auto rounded = rounded_to_total(rows, conversion.unit(), conversion.rounded(sum));
        RC_ASSERT(rows.empty() || std::accumulate(rounded.begin(), rounded.end(), std::int64_t{0}) ==
                                      conversion.rounded(sum));
    }));
}

}  // namespace
}  // namespace countback
