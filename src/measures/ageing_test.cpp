// AGE-1, LED-5, LED-6, LED-7, GRP-1: the columns of a day, what is in them and what is not.
#include "measures/ageing.h"

#include <gtest/gtest.h>

#include "measures/small_book.h"

namespace countback {
namespace {

using test::currency;
using test::day;
using test::SmallBook;

AgeingAmounts one_row(const Snapshot& book, const char* as_of, AgeingOptions options = {}) {
    const auto ageing =
        measure_ageing(Perimeter::whole(), book, {{}, {day(as_of)}, {}, By::currency}, options);
    return ageing.rows.empty() ? AgeingAmounts{} : ageing.rows.at(0).amounts;
}

TEST(Ageing, EveryBoundOfEveryColumn) {
    SmallBook small;
    const auto customer = small.customer();
    const Date as_of = day("2025-06-30");
    std::int64_t amount = 1;
    for (const int late : {-1, 0, 1, 30, 31, 60, 61, 90, 91, 120, 121, 400}) {
        small.item({customer, amount, day("2024-01-01"), as_of - late});
        amount *= 2;
    }
    const AgeingAmounts row = one_row(small.snapshot(), "2025-06-30");
    EXPECT_EQ(row.column,
              (std::array<std::int64_t, 7>{1 + 2, 4 + 8, 16 + 32, 64 + 128, 256 + 512, 1'024 + 2'048, 0}));
    EXPECT_EQ(row.outstanding(), amount - 1);
    EXPECT_EQ(row.overdue(), amount - 4);  // LED-6: overdue from the day after
}

TEST(Ageing, TheExampleOfTheRule) {
    SmallBook small;
    const auto customer = small.customer();
    small.invoice(customer, 100, "2025-03-01", "2025-03-31");
    small.invoice(customer, 50, "2025-03-01", "2025-03-30");
    small.item({customer, -20, day("2025-03-10"), day("2025-03-10"), ItemType::payment});
    small.item({customer, 5, day("2025-03-01"), day("2025-03-31"), ItemType::down_payment_request});
    small.item({customer, 3, day("2025-03-01"), day("2025-03-31"), ItemType::late_fee});
    small.invoice(customer, 70, "2025-04-01", "2025-04-30");  // LED-7
    const AgeingAmounts row = one_row(small.snapshot(), "2025-03-31");
    EXPECT_EQ(row.of(AgeingColumn::not_due), 103);
    EXPECT_EQ(row.of(AgeingColumn::d1_30), 50);
    EXPECT_EQ(row.of(AgeingColumn::unapplied), -20);
    EXPECT_EQ(row.outstanding(), 133);
    const AgeingAmounts netted = one_row(small.snapshot(), "2025-03-31", {{}, Unapplied::netted});
    EXPECT_EQ(netted.of(AgeingColumn::unapplied), 0);
    EXPECT_EQ(netted.of(AgeingColumn::d1_30), 30);
    EXPECT_EQ(netted.outstanding(), 133);
}

TEST(Ageing, BoundsAreASetting) {
    SmallBook small;
    small.invoice(small.customer(), 9, "2025-01-01", "2025-06-20");
    EXPECT_EQ(one_row(small.snapshot(), "2025-06-30", {{{5, 10, 15, 20}}, {}}).of(AgeingColumn::d31_60), 9);
}

TEST(Ageing, AtAPastDateAndAsKnownThen) {
    SmallBook small;
    const auto customer = small.customer();
    const auto invoice = small.invoice(customer, 100, "2025-03-01", "2025-03-31");
    const FactNo before = small.snapshot().last_fact();
    small.settle(invoice, 40, day("2025-03-10"));
    const Snapshot book = small.snapshot();
    EXPECT_EQ(one_row(book, "2025-03-09").outstanding(), 100);
    EXPECT_EQ(one_row(book, "2025-03-10").outstanding(), 60);
    const MeasureQuery then{{}, {day("2025-03-10"), before}, {}, By::currency};
    EXPECT_EQ(measure_ageing(Perimeter::whole(), book, then).rows.at(0).amounts.outstanding(), 100);
    EXPECT_EQ(one_row(book, "2025-02-28").outstanding(), 0);
}

TEST(Ageing, RowsByEntityAndCustomerSumToTheTotalsOfEachCurrency) {
    SmallBook small;
    for (int i = 0; i < 6; ++i) {
        const auto customer = small.customer(1 + i % 2);
        small.item({customer, 100 + i, day("2025-03-01"), day("2025-03-10"), ItemType::invoice,
                    currency(i < 3 ? "EUR" : "USD")});
    }
    for (const By by : {By::currency, By::entity, By::customer}) {
        const auto ageing =
            measure_ageing(Perimeter::whole(), small.snapshot(), {{}, {day("2025-03-31")}, {}, by});
        ASSERT_EQ(ageing.totals.size(), 2U);
        for (const AgeingRow& total : ageing.totals) {
            std::int64_t sum = 0;
            for (const AgeingRow& row : ageing.rows)
                sum += row.key.currency == total.key.currency ? row.amounts.outstanding() : 0;
            EXPECT_EQ(sum, total.amounts.outstanding());
        }
    }
}

TEST(Ageing, ConvertedRowsSumToTheConvertedTotalAndColumnsToTheOutstanding) {
    SmallBook small;
    for (int i = 0; i < 40; ++i) {
        const auto customer = small.customer();
        small.item({customer, 1'001 + i * 37, day("2025-01-01"), day("2025-03-31") - i * 5, ItemType::invoice,
                    currency(i % 3 == 0 ? "USD" : "GBP")});
    }
    const auto rates = *RateTable::read("date,USD,GBP\n2025-03-28,1.0815,0.83536\n");
    const MeasureQuery query{{}, {day("2025-03-31")}, currency("EUR"), By::customer};
    const auto ageing = measure_ageing(Perimeter::whole(), small.snapshot(), query, {}, rates);
    ASSERT_EQ(ageing.totals.size(), 1U);
    AgeingAmounts sum;
    for (const AgeingRow& row : ageing.rows) {
        for (std::size_t i = 0; i < ageing_column_count; ++i) sum.column[i] += row.amounts.column[i];
    }
    EXPECT_EQ(sum.column, ageing.totals[0].amounts.column);
    Exact exact = 0;
    const std::vector<Currency> present{currency("USD"), currency("GBP")};
    const Conversion conversion(rates, day("2025-03-31"), currency("EUR"), present);
    for (const auto& item : small.items()) exact += conversion.weight(item.currency) * item.amount;
    EXPECT_EQ(ageing.totals[0].amounts.outstanding(), conversion.rounded(exact));
}

TEST(Ageing, ThePerimeterIsHeld) {
    SmallBook small;
    small.invoice(small.customer(1), 1, "2025-03-01", "2025-03-10");
    small.invoice(small.customer(2), 2, "2025-03-01", "2025-03-10");
    const Perimeter second{false, true, {EntityId{2}}, {}};
    const MeasureQuery query{{}, {day("2025-03-31")}, {}, By::currency};
    EXPECT_EQ(measure_ageing(second, small.snapshot(), query).rows.at(0).amounts.outstanding(), 2);
    EXPECT_TRUE(measure_ageing(Perimeter{}, small.snapshot(), query).rows.empty());
}

}  // namespace
}  // namespace countback
