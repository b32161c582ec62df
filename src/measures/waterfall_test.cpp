// DSO-4: parts that add up, and what stands behind each open amount.
#include "measures/waterfall.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <numeric>

#include "measures/small_book.h"

namespace countback {
namespace {

using test::currency;
using test::day;
using test::SmallBook;

StandingFact standing(CustomerId customer, ItemId item, StandingKind kind,
                      std::optional<std::int64_t> amount = {}) {
    StandingFact fact;
    fact.customer = customer;
    fact.item = item;
    fact.kind = kind;
    fact.amount = amount;
    fact.from = day("2025-06-01");
    return fact;
}

std::int64_t amount(const Waterfall& waterfall, Part part) {
    return waterfall.parts[static_cast<std::size_t>(part)].amount;
}

Waterfall waterfall(const Snapshot& book, const char* as_of) {
    const MeasureQuery query{{}, {day(as_of)}, {}, By::currency};
    return measure_waterfall(Perimeter::whole(), book, query, {}).rows.at(0);
}

TEST(Waterfall, TheRemainderGoesToTheLargestPart) {
    const ExactDays dso{Exact(4'720) * 365, 28'704};
    const auto days = *days_of_parts({-200, 3'000, 720, 1'200}, 4'720, dso);
    EXPECT_EQ(days[0].text(), "-2.54");
    EXPECT_EQ(days[1].text(), "38.14");  // 38.15 gave 0.01 back
    EXPECT_EQ(days[2].text(), "9.16");
    EXPECT_EQ(days[3].text(), "15.26");
    EXPECT_FALSE(days_of_parts({-5}, -5, dso));
}

TEST(Waterfall, EachOpenAmountGoesToTheFirstPartThatFits) {
    SmallBook small;
    const auto one = small.customer(), insolvent = small.customer();
    const auto overdue = [&](CustomerId customer, std::int64_t value) {
        return small.invoice(customer, value, "2025-04-01", "2025-05-01");
    };
    small.item({one, -20, day("2025-05-01"), day("2025-05-01"), ItemType::payment});
    const auto not_due = small.invoice(one, 300, "2025-06-20", "2025-07-20");
    const auto disputed = overdue(one, 100);
    const auto promised = overdue(one, 40);
    overdue(one, 7);
    overdue(insolvent, 11);
    small.standing(standing(one, not_due, StandingKind::dispute, 30));
    auto partly = standing(one, disputed, StandingKind::dispute, 60);
    partly.cause = LabelId{5};
    small.standing(partly);
    small.standing(standing(one, disputed, StandingKind::promise));
    small.standing(standing(one, promised, StandingKind::promise));
    small.standing(standing(one, promised, StandingKind::stop));
    small.standing(standing(insolvent, {}, StandingKind::insolvency));
    const Waterfall found = waterfall(small.snapshot(), "2025-06-30");
    EXPECT_EQ(amount(found, Part::unapplied), -20);
    EXPECT_EQ(amount(found, Part::not_due), 300);
    EXPECT_EQ(amount(found, Part::litigation), 11);
    EXPECT_EQ(amount(found, Part::disputed), 60);
    EXPECT_EQ(amount(found, Part::promised), 40 + 40);
    EXPECT_EQ(amount(found, Part::no_reason), 7);
    EXPECT_EQ(found.disputed_not_due, 30);
    const auto& causes = found.parts[static_cast<std::size_t>(Part::disputed)].causes;
    ASSERT_EQ(causes.size(), 1U);
    EXPECT_EQ(causes[0].cause, LabelId{5});
    EXPECT_EQ(causes[0].amount, 60);
    EXPECT_EQ(amount(waterfall(small.snapshot(), "2025-05-31"), Part::no_reason),
              158);  // before the standings
}

TEST(Waterfall, AnAccountWideAmountCoversTheOldestOverdueFirst) {
    SmallBook small;
    const auto customer = small.customer();
    small.invoice(customer, 50, "2025-04-01", "2025-05-20");
    small.invoice(customer, 30, "2025-04-01", "2025-05-01");
    small.standing(standing(customer, {}, StandingKind::promise, 45));
    AccountSplitter splitter(small.snapshot(), {day("2025-06-30")});
    const Snapshot book = small.snapshot();
    AccountSplitter fresh(book, {day("2025-06-30")});
    const auto& items = fresh.split(*book.account(customer));
    ASSERT_EQ(items.size(), 2U);
    for (const SplitItem& item : items) {
        const bool oldest = item.item.due == day("2025-05-01");
        ASSERT_EQ(item.parts[0].part, Part::promised);
        EXPECT_EQ(item.parts[0].amount, oldest ? 30 : 15);
        EXPECT_EQ(item.parts.size(), oldest ? 1U : 2U);
    }
}

TEST(Waterfall, OutstandingAtOrBelowZeroShowsAmountsOnly) {
    SmallBook small;
    const auto customer = small.customer();
    small.invoice(customer, 100, "2025-06-01", "2025-06-10");
    small.item({customer, -150, day("2025-06-11"), day("2025-06-11"), ItemType::payment});
    const Waterfall found = waterfall(small.snapshot(), "2025-06-30");
    EXPECT_EQ(amount(found, Part::no_reason), 100);
    EXPECT_FALSE(found.parts[1].days);
    EXPECT_EQ(found.dso.figure.days->rounded().text(), "0.00");
}

TEST(Waterfall, PartsAlwaysSumToTheDso) {
    EXPECT_TRUE(rc::check("DSO-4: Σ days of parts = DSO, Σ amounts = outstanding", [] {
        SmallBook small;
        const auto customer = small.customer();
        const int count = *rc::gen::inRange(1, 25);
        for (int i = 0; i < count; ++i) {
            const Date issue = day("2025-01-01") + *rc::gen::inRange(0, 170);
            const std::int64_t value = *rc::gen::inRange(1, 1'000'000);
            const bool credit = *rc::gen::inRange(0, 8) == 0;
            const auto id = small.item({customer, credit ? -value / 4 - 1 : value, issue,
                                        issue + *rc::gen::inRange(0, 60),
                                        credit ? ItemType::credit_note : ItemType::invoice,
                                        currency(*rc::gen::inRange(0, 2) == 0 ? "EUR" : "USD")});
            const auto kind = static_cast<StandingKind>(*rc::gen::inRange(1, 9));
            const std::int64_t part = *rc::gen::inRange(0, 900'000);
            small.standing(standing(customer, id, kind, part == 0 ? std::nullopt : std::optional(part)));
        }
        const auto rates = *RateTable::read("date,USD\n2025-06-27,1.1720\n");
        const auto reporting = *rc::gen::element(std::optional<Currency>(), std::optional(currency("EUR")));
        const MeasureQuery query{{}, {day("2025-06-30")}, reporting, By::currency};
        for (const DsoMethod method : {DsoMethod::accounting, DsoMethod::countback}) {
            WaterfallOptions options;
            options.dso.method = method;
            for (const Waterfall& row :
                 measure_waterfall(Perimeter::whole(), small.snapshot(), query, options, rates).rows) {
                std::int64_t amounts = 0, days = 0, causes = 0;
                for (const WaterfallPart& part : row.parts) {
                    amounts += part.amount;
                    days += part.days ? part.days->value : 0;
                    for (const auto& cause : part.causes) causes += cause.amount;
                }
                RC_ASSERT(amounts == row.dso.outstanding);
                RC_ASSERT(causes == amount(row, Part::disputed));
                if (row.parts[0].days) RC_ASSERT(days == row.dso.figure.days->rounded().value);
            }
        }
    }));
}

}  // namespace
}  // namespace countback
