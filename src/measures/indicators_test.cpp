// KPI-1 to KPI-5: golden examples and edges.
#include "measures/indicators.h"

#include <gtest/gtest.h>

#include "measures/small_book.h"

namespace countback {
namespace {

using test::currency;
using test::day;
using test::SmallBook;

std::string text(const std::optional<ExactRatio>& ratio) { return ratio ? ratio->text() : "n/a"; }

KpiSums sums_of(const Snapshot& book, const char* as_of, const IndicatorOptions& options = {}) {
    const MeasureQuery query{{}, {day(as_of)}, {}, By::currency};
    const auto found = measure_indicators(Perimeter::whole(), book, query, options);
    return found.rows.empty() ? KpiSums{} : found.rows.at(0).sums;
}

TEST(Indicators, CollectionEffectivenessGolden) {  // KPI-3
    KpiSums sums;
    sums[KpiSum::begin] = 100;
    sums[KpiSum::billings] = 1'000;
    sums[KpiSum::end_outstanding] = 120;
    sums[KpiSum::end_not_due] = 100;
    EXPECT_EQ(text(collection_effectiveness(sums)), "0.9800");
    KpiSums quarter;  // begin − end outstanding = −140, begin − end not due = 2 610
    quarter[KpiSum::begin] = 5'000;
    quarter[KpiSum::billings] = 10'890;
    quarter[KpiSum::end_outstanding] = 5'140;
    quarter[KpiSum::end_not_due] = 2'390;
    EXPECT_EQ(text(collection_effectiveness(quarter)), "0.7963");
    quarter[KpiSum::billings] = 3'630;  // one month's billings by mistake
    EXPECT_EQ(text(collection_effectiveness(quarter)), "0.5593");
    EXPECT_EQ(text(collection_effectiveness(KpiSums{})), "n/a");
}

TEST(Indicators, CollectionEffectivenessOverTheWholeSpan) {
    SmallBook small;
    const auto customer = small.customer();
    small.settle(small.invoice(customer, 100, "2025-03-01", "2025-03-31"), 100, day("2025-05-05"));
    small.settle(small.invoice(customer, 900, "2025-04-10", "2025-05-10"), 880, day("2025-06-05"));
    small.invoice(customer, 100, "2025-06-20", "2025-07-20");
    const KpiSums sums = sums_of(small.snapshot(), "2025-06-30");
    EXPECT_EQ(sums[KpiSum::begin], 100);
    EXPECT_EQ(sums[KpiSum::billings], 1'000);
    EXPECT_EQ(text(collection_effectiveness(sums)), "0.9800");
    EXPECT_FALSE(collection_effectiveness(sums)->above_one());
    small.item({customer, -50, day("2025-06-25"), day("2025-06-25"), ItemType::payment});
    EXPECT_TRUE(collection_effectiveness(sums_of(small.snapshot(), "2025-06-30"))->above_one());
}

TEST(Indicators, LateRateAndItsBasis) {  // KPI-1
    SmallBook small;
    const auto customer = small.customer();
    small.invoice(customer, 600, "2025-06-01", "2025-07-01");
    small.invoice(customer, 300, "2025-05-01", "2025-06-20");
    small.invoice(customer, 100, "2025-01-01", "2025-02-01");
    small.item({customer, -500, day("2025-06-02"), day("2025-06-02"), ItemType::payment});
    EXPECT_EQ(text(late_rate(sums_of(small.snapshot(), "2025-06-30"))), "0.4000");
    IndicatorOptions options;
    options.late_days_above = 30;
    EXPECT_EQ(text(late_rate(sums_of(small.snapshot(), "2025-06-30", options))), "0.1000");
    EXPECT_EQ(text(late_rate(KpiSums{})), "n/a");
}

TEST(Indicators, CollectionRateOfTheMonth) {  // KPI-2
    SmallBook small;
    const auto customer = small.customer();
    small.settle(small.invoice(customer, 600, "2025-04-01", "2025-05-01"), 500, day("2025-06-10"));
    small.settle(small.invoice(customer, 400, "2025-05-20", "2025-06-20"), 200, day("2025-06-12"));
    small.invoice(customer, 900, "2025-05-25", "2025-07-10");  // due after the month
    small.invoice(customer, 70, "2025-06-03", "2025-06-18");   // issued after the start
    small.item({customer, -50, day("2025-06-13"), day("2025-06-13"), ItemType::payment});
    const KpiSums sums = sums_of(small.snapshot(), "2025-06-15");
    EXPECT_EQ(sums[KpiSum::collectable], 1'000);
    EXPECT_EQ(remaining(sums), 250);
    EXPECT_EQ(sums[KpiSum::issued_after], 70);
    EXPECT_EQ(text(collection_rate(sums)), "0.7500");
    EXPECT_EQ(text(collection_rate(KpiSums{})), "n/a");
}

TEST(Indicators, QualificationAndDisputesAndPromises) {  // KPI-5
    SmallBook small;
    const auto customer = small.customer();
    const auto item = small.invoice(customer, 100, "2025-04-01", "2025-05-01");
    small.invoice(customer, 300, "2025-04-01", "2025-05-01");
    StandingFact dispute;
    dispute.customer = customer;
    dispute.item = item;
    dispute.kind = StandingKind::dispute;
    dispute.from = day("2025-05-10");
    small.standing(dispute);
    EXPECT_EQ(text(qualification_rate(sums_of(small.snapshot(), "2025-06-30"))), "0.2500");
    dispute.from = day("2025-05-01");
    dispute.to = day("2025-05-21");
    dispute.cause = LabelId{3};
    small.standing(dispute);
    StandingFact promise = dispute;
    promise.kind = StandingKind::promise;
    small.standing(promise);
    IndicatorOptions options;
    options.judge_promise = [](const Snapshot&, const StandingView&, Moment) {
        return std::optional(PromiseOutcome{currency("EUR"), 100, 40});
    };
    const KpiSums sums = sums_of(small.snapshot(), "2025-06-30", options);
    EXPECT_EQ(sums.resolved.at(LabelId{3}).days, 20);
    EXPECT_EQ(sums.resolved.at(LabelId{3}).count, 1);
    EXPECT_EQ(sums.promises, 1);
    EXPECT_EQ(sums.promises_kept, 0);
    EXPECT_EQ(sums[KpiSum::kept], 40);
}

TEST(Indicators, AtRiskIsTheLastMonthThatIsNinetyDaysOld) {  // KPI-5
    const IndicatorOptions options;
    EXPECT_EQ(KpiDates(day("2025-06-28"), options).at_risk_month, month_of(day("2025-02-01")));
    EXPECT_EQ(KpiDates(day("2025-06-29"), options).at_risk_month,
              month_of(day("2025-03-01")));  // 31 March + 90
    SmallBook small;
    const auto customer = small.customer();
    const auto item = small.invoice(customer, 400, "2025-03-10", "2025-04-10");
    small.settle(item, 300, day("2025-06-29"));
    small.settle(item, 100, day("2025-06-30"));
    EXPECT_EQ(text(at_risk_rate(sums_of(small.snapshot(), "2025-07-20"))), "0.2500");
}

TEST(Behaviour, TheExampleOfTheRule) {  // KPI-4
    SmallBook small;
    const auto customer = small.customer();
    const auto item = small.invoice(customer, 100, "2025-02-01", "2025-03-01");
    small.settle(item, 60, day("2025-03-06"));
    small.settle(item, 40, day("2025-03-16"));
    Behaviour found = account_behaviour(small.snapshot(), AccountRow{0}, {day("2025-04-30")}).behaviour;
    EXPECT_EQ(found.weighted_delay->text(), "9.00");
    EXPECT_EQ(found.plain_delay->text(), "15.00");
    EXPECT_EQ(found.weighted_duration->text(), "37.00");
    EXPECT_EQ(found.open_included_delay->text(), "9.00");
    small.invoice(customer, 100, "2025-02-01", "2025-03-12");
    found = account_behaviour(small.snapshot(), AccountRow{0}, {day("2025-04-30")}).behaviour;
    EXPECT_EQ(found.open_included_delay->text(), "29.00");
    EXPECT_EQ(account_behaviour(small.snapshot(), AccountRow{0}, {day("2025-04-30")}).profile,
              Profile::new_payer);
    BehaviourOptions one_is_enough;
    one_is_enough.settled_items_min = 1;
    EXPECT_EQ(account_behaviour(small.snapshot(), AccountRow{0}, {day("2025-04-30")}, one_is_enough).profile,
              Profile::slow);
}

/// A cheque bounces; the invoice's issue date is corrected to after the cheque, which is said again on that
/// day; another payment settles it. The cheque, its return and what replaced them are no cash.
TEST(Behaviour, WhatWasGivenAgainIsNoCash) {
    SmallBook small;
    const auto item = small.invoice(small.customer(), 100, "2025-02-01", "2025-03-01");
    const Date paid = day("2025-02-20"), bounced = day("2025-03-10"), corrected = day("2025-02-25");
    const FactNo cheque = small.settle(item, 100, paid);
    const FactNo back = small.reverse(item, cheque, -100, bounced);
    const FactNo again = small.reverse(item, back, 100, bounced);
    const FactNo off = small.reverse(item, cheque, -100, paid);
    const FactNo moved = small.settle(item, 100, corrected);
    const FactNo moved_back = small.reverse(item, moved, -100, bounced);
    small.settle(item, 100, day("2025-03-16"));
    const auto delay = [&] {
        return account_behaviour(small.snapshot(), AccountRow{0}, {day("2025-04-30")})
            .behaviour.weighted_delay->text();
    };
    EXPECT_EQ(delay(), "15.00");
    // That correction undone: the cheque and its own return count again.
    small.reverse(item, moved_back, 100, bounced);
    small.reverse(item, moved, -100, corrected);
    small.reverse(item, again, -100, bounced);
    small.reverse(item, off, 100, paid);
    EXPECT_EQ(delay(), "15.00");
}

TEST(Behaviour, CashOnlyWithinTheWindowAndWithoutWhatWasTakenBack) {
    SmallBook small;
    const auto customer = small.customer();
    small.settle(small.invoice(customer, 10, "2025-01-01", "2025-02-01"), 10, day("2025-02-20"),
                 ClearingCause::credit_note);
    small.settle(small.invoice(customer, 10, "2024-01-01", "2024-02-01"), 10, day("2024-02-20"));  // too old
    const auto payment = small.item({customer, -10, day("2025-03-03"), day("2025-03-03"), ItemType::payment});
    small.settle(small.invoice(customer, 10, "2025-01-01", "2025-03-01"), 10, day("2025-03-03"),
                 ClearingCause::link, payment);
    const Behaviour found = account_behaviour(small.snapshot(), AccountRow{0}, {day("2025-04-30")}).behaviour;
    EXPECT_EQ(found.settled_items, 1);
    EXPECT_EQ(found.weighted_delay->text(), "2.00");
}

TEST(Behaviour, Classes) {
    const auto of = [](std::int64_t hundredths) {
        Behaviour behaviour;
        behaviour.settled_items = 3;
        behaviour.weighted_delay = behaviour.open_included_delay = Hundredths{hundredths};
        return profile_of(behaviour, Insolvent::no);
    };
    EXPECT_EQ(of(-300), Profile::early);
    EXPECT_EQ(of(0), Profile::early);
    EXPECT_EQ(of(1), Profile::on_time);
    EXPECT_EQ(of(500), Profile::on_time);
    EXPECT_EQ(of(3'000), Profile::slow);
    EXPECT_EQ(of(6'000), Profile::very_slow);
    EXPECT_EQ(of(6'001), Profile::chronic);
    EXPECT_EQ(profile_of({}, Insolvent::yes), Profile::insolvent);
    EXPECT_EQ(name_of(Profile::new_payer), "new");
}

}  // namespace
}  // namespace countback
