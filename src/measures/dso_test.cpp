// DSO-1, DSO-2, DSO-3, DSO-6, DSO-7: golden and negative examples of the rules.
#include "measures/dso.h"

#include <gtest/gtest.h>

#include "measures/small_book.h"

namespace countback {
namespace {

using test::currency;
using test::day;
using test::SmallBook;

std::string days_of(const DsoFigure& figure) { return figure.days ? figure.days->rounded().text() : "n/a"; }

std::string countback_of(std::int64_t outstanding, const std::vector<std::int64_t>& billed, const char* as_of,
                         const char* history) {
    return days_of(countback_days(outstanding, billed, day(as_of), Step::month, day(history)));
}

TEST(AccountingDays, Golden) {
    const Window year = window_of(day("2025-12-31"), 12), quarter = window_of(day("2025-09-30"), 3);
    EXPECT_EQ(days_of(accounting_days(4'720, 28'704, year, day("2020-01-01"))), "60.02");
    EXPECT_EQ(days_of(accounting_days(30'000, 60'000, {quarter.first, quarter.last, 90}, day("2020-01-01"))),
              "45.00");
}

TEST(AccountingDays, Edges) {
    const Window year = window_of(day("2025-12-31"), 12);
    EXPECT_EQ(days_of(accounting_days(100, 0, year, day("2020-01-01"))), "n/a");
    EXPECT_EQ(days_of(accounting_days(100, -5, year, day("2020-01-01"))), "n/a");
    EXPECT_EQ(days_of(accounting_days(-100, 50, year, day("2020-01-01"))), "0.00");
    EXPECT_EQ(days_of(accounting_days(0, 50, year, day("2020-01-01"))), "0.00");
    const DsoFigure short_one = accounting_days(100, 200, year, day("2025-10-01"));
    EXPECT_TRUE(short_one.short_history);
    EXPECT_EQ(short_one.window_days, 92);
    EXPECT_EQ(days_of(short_one), "46.00");
    EXPECT_FALSE(accounting_days(100, 200, year, day("2025-01-01")).short_history);
    // 366 days of history at most count as 365.
    const Window odd = window_of(day("2024-02-15"), 12);
    EXPECT_EQ(odd.first, day("2023-02-16"));
    EXPECT_EQ(accounting_days(1, 1, odd, day("2023-02-17")).window_days, 364);
}

TEST(AccountingDays, WindowEdges) {
    const auto first = [](const char* as_of, int months) {
        return window_of(day(as_of), months).first.iso();
    };
    EXPECT_EQ(first("2025-03-31", 12), "2024-04-01");
    EXPECT_EQ(first("2025-02-28", 3), "2024-12-01");
    EXPECT_EQ(first("2025-03-30", 1), "2025-03-01");  // after min(30, 28 February)
    EXPECT_EQ(first("2025-03-15", 3), "2024-12-16");
    EXPECT_EQ(first("2024-02-28", 12), "2023-03-01");  // 2024-02-28 is no month end; after 28 Feb 2023
    EXPECT_EQ(window_of(day("2024-02-29"), 1).days, 29);
    EXPECT_EQ(window_of(day("2024-02-29"), 12).days, 365);
    EXPECT_EQ(window_of(day("2025-03-31"), 3).days, 90);
}

TEST(CountbackDays, Golden) {
    EXPECT_EQ(countback_of(2'500, {1'200, 800, 700}, "2025-11-30", "2025-01-01"), "82.43");
    // Five months absorb 11 000, what is left is pro-rated: not 179.7.
    EXPECT_EQ(countback_of(12'000, {2'500, 1'750, 2'250, 2'500, 2'000, 2'250}, "2025-09-30", "2024-01-01"),
              "166.33");
    EXPECT_EQ(countback_of(2'000, {1'200, 800, 9'999}, "2025-11-30", "2025-01-01"), "61.00");
}

TEST(CountbackDays, SixMonthsOfThirtyAndThirtyOneDays) {
    // November back to June: 30, 31, 30, 31, 31 days are absorbed, 1 000 / 2 250 of June's 30 remain.
    const auto figure = countback_days<std::int64_t>(12'000, {2'500, 1'750, 2'250, 2'500, 2'000, 2'250},
                                                     day("2025-11-30"), Step::month, day("2024-01-01"));
    EXPECT_EQ(days_of(figure), "166.33");
    EXPECT_EQ(figure.window_days, 183);
    EXPECT_EQ(figure.billings, 13'250);
}

TEST(CountbackDays, Edges) {
    // D inside a month: its elapsed days.
    EXPECT_EQ(countback_of(150, {100, 100}, "2025-11-10", "2025-01-01"), "25.50");
    // A month with billings ≤ 0 adds its days and leaves the remaining.
    EXPECT_EQ(countback_of(150, {100, -40, 100}, "2025-11-30", "2025-01-01"), "76.00");
    EXPECT_EQ(countback_of(0, {100}, "2025-11-30", "2025-01-01"), "0.00");
    EXPECT_EQ(countback_of(-5, {100}, "2025-11-30", "2025-01-01"), "0.00");
    const auto over =
        countback_days<std::int64_t>(500, {100, 100}, day("2025-11-30"), Step::month, day("2025-10-01"));
    EXPECT_TRUE(over.more_than);
    EXPECT_EQ(days_of(over), "61.00");
    EXPECT_EQ(days_of(countback_days<std::int64_t>(500, {}, day("2025-11-30"), Step::month, std::nullopt)),
              "n/a");
}

TEST(CountbackDays, WeeksFollowTheSameRule) {
    EXPECT_EQ(step_first(step_index(day("2025-11-26"), Step::week), Step::week), day("2025-11-24"));
    EXPECT_EQ(step_last(step_index(day("1969-12-31"), Step::week), Step::week), day("1970-01-04"));
    // Wednesday 26 November: 3 days of this week, then a half week.
    const auto figure =
        countback_days<std::int64_t>(150, {100, 100}, day("2025-11-26"), Step::week, day("2025-01-01"));
    EXPECT_EQ(days_of(figure), "6.50");
}

DsoMeasure dso(const Snapshot& book, const char* as_of, DsoOptions options, By by = By::currency) {
    return measure_dso(Perimeter::whole(), book, {{}, {day(as_of)}, {}, by}, options);
}

TEST(Dso, AverageDaysDelinquentGolden) {
    SmallBook small;
    const auto customer = small.customer();
    small.invoice(customer, 5'000, "2025-05-01", "2025-05-31");
    small.invoice(customer, 6'000, "2025-06-02", "2025-06-20");
    small.invoice(customer, 4'000, "2025-06-03", "2025-07-03");
    DsoOptions options;
    options.window_months = 1;
    const auto row = dso(small.snapshot(), "2025-06-30", options).rows.at(0);
    EXPECT_EQ(row.outstanding, 15'000);
    EXPECT_EQ(row.billings, 10'000);
    EXPECT_EQ(days_of(row.figure), "45.00");
    EXPECT_EQ(row.best_possible->text(), "12.00");
    EXPECT_EQ(row.average_days_delinquent->text(), "33.00");
}

TEST(Dso, WhatIsAndIsNotBilledAndOpen) {
    SmallBook small;
    const auto customer = small.customer();
    const auto add = [&](ItemType type, std::int64_t amount, std::uint32_t flags = 0) {
        small.item({customer, amount, day("2025-06-10"), day("2025-07-10"), type, currency("EUR"), flags});
    };
    add(ItemType::invoice, 1'000);
    add(ItemType::credit_note, -100);
    add(ItemType::misc, 50, item_flag::sales);
    add(ItemType::misc, 7);
    add(ItemType::draft, 11);
    add(ItemType::payment, -13);
    add(ItemType::late_fee, 17);
    add(ItemType::down_payment_request, 19);
    add(ItemType::invoice, 23, item_flag::opening_balance);
    small.invoice(customer, 5'000, "2025-07-01", "2025-07-31");  // after D
    DsoOptions options;
    options.window_months = 1;
    const auto row = dso(small.snapshot(), "2025-06-30", options).rows.at(0);
    EXPECT_EQ(row.billings, 950);
    EXPECT_EQ(row.outstanding, 1'000 - 100 + 50 + 7 + 11 - 13 + 23);
}

TEST(Dso, EachCustomerByItsOwnBillingsAndTotalsOnTheWhole) {
    SmallBook small;
    const auto one = small.customer(), two = small.customer();
    small.invoice(one, 100, "2025-06-01", "2025-07-01");
    small.settle(small.invoice(two, 900, "2025-06-01", "2025-07-01"), 900, day("2025-06-20"));
    DsoOptions options;
    options.window_months = 1;
    const auto measure = dso(small.snapshot(), "2025-06-30", options, By::customer);
    ASSERT_EQ(measure.rows.size(), 2U);
    EXPECT_EQ(days_of(measure.rows[0].figure), "30.00");
    EXPECT_EQ(days_of(measure.rows[1].figure), "0.00");
    EXPECT_EQ(days_of(measure.totals.at(0).figure), "3.00");  // DSO-6: not the sum
}

TEST(Dso, DoubtfulAccountsInOrOut) {
    SmallBook small;
    const auto good = small.customer(), bad = small.customer(), insolvent = small.customer();
    for (const auto customer : {good, bad, insolvent})
        small.invoice(customer, 100, "2025-06-01", "2025-06-15");
    small.attribute(bad, Attribute::doubtful, 1, day("2025-06-20"));
    StandingFact standing;
    standing.customer = insolvent;
    standing.kind = StandingKind::insolvency;
    standing.from = day("2025-06-25");
    small.standing(standing);
    DsoOptions options;
    options.doubtful = Doubtful::left_out;
    EXPECT_EQ(dso(small.snapshot(), "2025-06-30", options).rows.at(0).outstanding, 100);
    EXPECT_EQ(dso(small.snapshot(), "2025-06-22", options).rows.at(0).outstanding, 200);
    options.doubtful = Doubtful::counted;
    EXPECT_EQ(dso(small.snapshot(), "2025-06-30", options).rows.at(0).outstanding, 300);
}

TEST(Dso, AReportingCurrencyConvertsBothSidesSoThatRatesDoNotMoveDso) {
    SmallBook small;
    const auto customer = small.customer();
    small.item(
        {customer, 12'345, day("2025-06-02"), day("2025-07-02"), ItemType::invoice, currency("USD"), 0});
    small.item({customer, 777, day("2025-06-02"), day("2025-07-02"), ItemType::invoice, currency("TND"), 0});
    const auto rates = *RateTable::read("date,USD\n2025-06-27,1.1720\n2025-05-30,0.5\n");
    DsoOptions options;
    options.window_months = 1;
    MeasureQuery query{{}, {day("2025-06-30")}, currency("EUR"), By::currency};
    const auto measure = measure_dso(Perimeter::whole(), small.snapshot(), query, options, rates);
    ASSERT_EQ(measure.rows.size(), 2U);
    EXPECT_EQ(measure.rows[0].outstanding, 10'533);  // 123.45 / 1.1720
    EXPECT_EQ(days_of(measure.rows[0].figure), "30.00");
    EXPECT_EQ(measure.rows[1].key.currency, currency("TND"));
    EXPECT_EQ(measure.conversion.unconverted, std::vector{currency("TND")});
    EXPECT_EQ(measure.conversion.rate_day, day("2025-06-27"));
}

TEST(Dso, TheTrendsLastPointIsTheDaysOwnFigure) {
    SmallBook small;
    const auto customer = small.customer();
    small.settle(small.invoice(customer, 1'200, "2025-01-10", "2025-02-10"), 500, day("2025-03-05"));
    small.invoice(customer, 800, "2025-03-12", "2025-04-12");
    for (const DsoMethod method : {DsoMethod::accounting, DsoMethod::countback}) {
        DsoOptions options;
        options.method = method;
        const MeasureQuery query{{}, {day("2025-04-10")}, {}, By::currency};
        const auto trend = measure_dso_trend(Perimeter::whole(), small.snapshot(), query, options, 24);
        ASSERT_EQ(trend.series.size(), 1U);
        ASSERT_EQ(trend.series[0].points.size(), 24U);
        for (const DsoPoint& point : trend.series[0].points) {
            const auto single = dso(small.snapshot(), point.day.iso().c_str(), options);
            if (single.rows.empty()) continue;
            EXPECT_EQ(point.outstanding, single.rows[0].outstanding) << point.day.iso();
            EXPECT_EQ(days_of(point.figure), days_of(single.rows[0].figure)) << point.day.iso();
            EXPECT_EQ(point.figure.short_history, single.rows[0].figure.short_history);
        }
    }
}

TEST(Dso, CostOfOneDay) {  // DSO-6: 365 000.00 billed in 365 days at 5 % a year
    EXPECT_EQ(cost_of_one_day(36'500'000, 365, 50'000, 1), 14);  // 1 000.00 a day × 0.05 / 365 = 0.14
    EXPECT_EQ(cost_of_one_day(0, 365, 50'000, 1), 0);
}

}  // namespace
}  // namespace countback
