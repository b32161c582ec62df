// COL-1 to COL-6 on random ledgers: every item has a state, never more is asked than is open, one customer
// never touches another.
#include "collections/decide.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "collections/timing.h"
#include "measures/small_book.h"

namespace countback::collections {
namespace {

using test::day;
using test::SmallBook;

const Date today = day("2025-06-16");  // a Monday

struct RandomBook {
    SmallBook book;
    std::vector<CustomerId> customers;
    std::int64_t items = 0;

    explicit RandomBook(int customer_count) {
        for (int i = 0; i < customer_count; ++i) customers.push_back(book.customer());
        const int count = *rc::gen::inRange(1, 40);
        for (int i = 0; i < count; ++i) add_item();
    }
    void add_item() {
        const CustomerId customer = *rc::gen::elementOf(customers);
        const Date issue = today - *rc::gen::inRange(0, 200);
        const std::int64_t amount = *rc::gen::inRange(1, 100'000);
        const bool credit = *rc::gen::inRange(0, 6) == 0;
        const ItemId item =
            book.item({customer, credit ? -amount : amount, issue, issue + *rc::gen::inRange(0, 60),
                       credit ? ItemType::payment : ItemType::invoice});
        ++items;
        const int lot = *rc::gen::inRange(0, 8);
        if (lot == 0) book.settle(item, amount, issue + 1);
        if (lot == 1 && !credit) add_standing(customer, item, amount);
    }
    void add_standing(CustomerId customer, ItemId item, std::int64_t amount) {
        StandingFact fact;
        fact.customer = customer;
        if (*rc::gen::inRange(0, 3) != 0) fact.item = item;
        fact.kind = static_cast<StandingKind>(*rc::gen::inRange(1, 10));
        fact.from = today - *rc::gen::inRange(0, 30);
        fact.to = today + *rc::gen::inRange(0, 30);
        if (fact.item && fact.kind == StandingKind::dispute) fact.amount = (amount + 1) / 2;
        book.standing(fact);
    }
};

RC_GTEST_PROP(Decide, Col11EveryCustomerHasOneOutcomeAndEveryItemAState, ()) {
    RandomBook random(4);
    const Snapshot book = random.book.snapshot();
    const Policy policy = shipped_policy();
    const DunningState state;
    const Decisions decisions =
        decide(Perimeter::whole(), book, {{}, {today, known_now}, Detail::whole}, {policy, state});
    RC_ASSERT(decisions.rows.size() == random.customers.size());
    for (const Decision& decision : decisions.rows) {
        std::int64_t open = 0;
        book.each_item(decision.account, known_now, [&](const ItemView& item) {
            if (book.open(item, {today, known_now}) != 0) ++open;
        });
        RC_ASSERT(static_cast<std::int64_t>(decision.items.size()) == open);
        RC_ASSERT(!decision.reasons.empty());
        RC_ASSERT(decision.tried.size() >= 17U);
        if (decision.outcome == Outcome::due && decision.next_step_due)
            RC_ASSERT(*decision.earliest <= today);
        if (decision.outcome == Outcome::waiting) RC_ASSERT(*decision.earliest > today);
    }
}

RC_GTEST_PROP(Decide, Col6NeverAsksForMoreThanIsOpenAndUndisputed, ()) {
    RandomBook random(3);
    const Snapshot book = random.book.snapshot();
    const Policy policy = shipped_policy();
    const DunningState state;
    for (const Decision& decision :
         decide(Perimeter::whole(), book, {{}, {today, known_now}}, {policy, state}).rows) {
        for (const AskedItem& asked : decision.asked) {
            const ItemView item = *book.view(*book.item(asked.item), known_now);
            RC_ASSERT(asked.amount > 0);
            RC_ASSERT(asked.amount <= book.open(item, {today, known_now}));
        }
    }
}

/// What a decision comes to, without a word of why.
auto substance(const Decision& one) {
    std::vector<std::pair<ItemId, std::int64_t>> asked;
    for (const AskedItem& item : one.asked) asked.emplace_back(item.item, item.amount);
    return std::tuple(one.customer, one.outcome, one.kind, one.leader ? one.leader->item : ItemId{},
                      one.scenario ? one.scenario->number : 0, one.level_by_time, one.level_done,
                      one.next_step, one.earliest, one.mode, one.to_person, one.next_step_due,
                      one.priority.total, asked, one.to_pay, one.overdue);
}

RC_GTEST_PROP(Decide, HowMuchIsToldChangesNothingOfWhatIsDecided, ()) {
    RandomBook random(8);
    const Snapshot book = random.book.snapshot();
    const Policy policy = shipped_policy();
    const DunningState state;
    const Dunning dunning{policy, state};
    const Moment moment{today, known_now};
    const Decisions told = decide(Perimeter::whole(), book, {{}, moment, Detail::whole}, dunning);
    Explainer explain(book, dunning, moment);
    for (const Detail detail : {Detail::outcome, Detail::reasons, Detail::explained}) {
        const Decisions some = decide(Perimeter::whole(), book, {{}, moment, detail}, dunning);
        RC_ASSERT(some.rows.size() == told.rows.size());
        RC_ASSERT(some.counts.by_outcome == told.counts.by_outcome);
        for (std::size_t i = 0; i < some.rows.size(); ++i) {
            RC_ASSERT(substance(some.rows[i]) == substance(told.rows[i]));
            RC_ASSERT(some.rows[i].reasons.empty() == (detail == Detail::outcome));
            RC_ASSERT(explain(some.rows[i]).reasons.size() == told.rows[i].reasons.size());
        }
    }
}

RC_GTEST_PROP(Decide, Col6TakingOneCustomerAwayChangesNoOther, ()) {
    RandomBook random(3);
    const Snapshot book = random.book.snapshot();
    const Policy policy = shipped_policy();
    const DunningState state;
    const Decisions all = decide(Perimeter::whole(), book, {{}, {today, known_now}}, {policy, state});
    for (const Decision& decision : all.rows) {
        DecideQuery query{{}, {today, known_now}};
        query.selection.customers = {decision.customer};
        const Decision alone = decide(Perimeter::whole(), book, query, {policy, state}).rows.at(0);
        RC_ASSERT(alone.outcome == decision.outcome);
        RC_ASSERT(alone.priority.total == decision.priority.total);
    }
}

TEST(Timing, Col3AStepThatTheScenarioDoesNotHaveIsUnreadable) {
    const Policy policy = shipped_policy();
    const std::vector<StepDone> done{{"gone", today - 10, false, true}};
    TimingInput input{today - 60, today - 30, done, today - 10, today};
    EXPECT_TRUE(step_timing(policy.scenarios[0], input, WorkingDays(HolidaySet::weekends)).unreadable);
}

TEST(Policy, Col5MoreCarefulIsLaterThenFewer) {
    const Policy policy = shipped_policy();
    EXPECT_TRUE(more_careful(*policy.scenario("careful"), *policy.scenario("standard")));
    EXPECT_FALSE(more_careful(*policy.scenario("standard"), *policy.scenario("careful")));
}

TEST(Decide, AccStaysInsideThePerimeter) {
    SmallBook small;
    const CustomerId ours = small.customer(1);
    const CustomerId theirs = small.customer(2);
    small.invoice(ours, 10'000, "2025-01-01", "2025-02-01");
    small.invoice(theirs, 10'000, "2025-01-01", "2025-02-01");
    const Policy policy = shipped_policy();
    const DunningState state;
    const Perimeter perimeter{false, true, {EntityId{1}}, {}};
    const Decisions decisions =
        decide(perimeter, small.snapshot(), {{}, {today, known_now}}, {policy, state});
    ASSERT_EQ(decisions.rows.size(), 1U);
    EXPECT_EQ(decisions.rows[0].customer, ours);
}

}  // namespace
}  // namespace countback::collections
