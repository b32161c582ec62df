// COL-1 to COL-4 on random ledgers: no item is lost, no step comes too early, one customer never touches another.
#include "collections/decide.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <chrono>

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
        const ItemId item = book.item({customer, credit ? -amount : amount, issue, issue + *rc::gen::inRange(0, 60),
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
    const Decisions decisions = decide(Perimeter::whole(), book, {{}, {today, known_now}, true}, {policy, state});
    RC_ASSERT(decisions.rows.size() == random.customers.size());
    for (const Decision& decision : decisions.rows) {
        std::int64_t open = 0;
        book.each_item(decision.account, known_now, [&](const ItemView& item) {
            if (book.open(item, {today, known_now}) != 0) ++open;
        });
        RC_ASSERT(static_cast<std::int64_t>(decision.items.size()) == open);
        RC_ASSERT(!decision.reasons.empty());
        RC_ASSERT(decision.tried.size() >= 17U);
        if (decision.outcome == Outcome::due && decision.next_step_due) RC_ASSERT(*decision.earliest <= today);
        if (decision.outcome == Outcome::waiting) RC_ASSERT(*decision.earliest > today);
    }
}

RC_GTEST_PROP(Decide, Col6NeverAsksForMoreThanIsOpenAndUndisputed, ()) {
    RandomBook random(3);
    const Snapshot book = random.book.snapshot();
    const Policy policy = shipped_policy();
    const DunningState state;
    for (const Decision& decision : decide(Perimeter::whole(), book, {{}, {today, known_now}, false}, {policy, state}).rows) {
        for (const AskedItem& asked : decision.asked) {
            const ItemView item = *book.view(*book.item(asked.item), known_now);
            RC_ASSERT(asked.amount > 0);
            RC_ASSERT(asked.amount <= book.open(item, {today, known_now}));
        }
    }
}

RC_GTEST_PROP(Decide, Col6TakingOneCustomerAwayChangesNoOther, ()) {
    RandomBook random(3);
    const Snapshot book = random.book.snapshot();
    const Policy policy = shipped_policy();
    const DunningState state;
    const Decisions all = decide(Perimeter::whole(), book, {{}, {today, known_now}, false}, {policy, state});
    for (const Decision& decision : all.rows) {
        DecideQuery query{{}, {today, known_now}, false};
        query.selection.customers = {decision.customer};
        const Decision alone = decide(Perimeter::whole(), book, query, {policy, state}).rows.at(0);
        RC_ASSERT(alone.outcome == decision.outcome);
        RC_ASSERT(alone.priority.total == decision.priority.total);
    }
}

RC_GTEST_PROP(Timing, Col3NeverBeforeAnyOfItsTerms, ()) {
    const Policy policy = shipped_policy();
    const Scenario& scenario = policy.scenarios[static_cast<std::size_t>(*rc::gen::inRange(0, 2))];
    TimingInput input;
    input.issue = today - *rc::gen::inRange(30, 120);
    input.due = input.issue + *rc::gen::inRange(0, 60);
    input.today = today;
    std::vector<StepDone> done;
    const int steps = *rc::gen::inRange(0, static_cast<int>(scenario.steps.size()));
    Date on = input.due;
    for (int k = 0; k < steps; ++k) {
        on = on + *rc::gen::inRange(1, 20);
        done.push_back({scenario.steps[static_cast<std::size_t>(k)].code, on, false, true});
        input.last_contact = on;
    }
    input.done = done;
    const WorkingDays days(HolidaySet::fr);
    const Timing timing = step_timing(scenario, input, days);
    RC_ASSERT(!timing.unreadable);
    if (!timing.next_step) return;
    RC_ASSERT(days.works(*timing.earliest));
    if (input.last_contact) RC_ASSERT(*timing.earliest >= *input.last_contact + input.min_gap_days);
    const std::size_t next = *timing.next_step;
    const bool repeated = timing.level_done && next == *timing.level_done;
    const bool moves_on = repeated || !timing.level_done || next > *timing.level_done;
    RC_ASSERT(moves_on);
    const bool from_due = scenario.steps[next].trigger.base == TriggerBase::due && !repeated;
    if (from_due) RC_ASSERT(*timing.earliest >= input.due + nominal_offset(scenario, next, input.issue, input.due));
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
    const Decisions decisions = decide(perimeter, small.snapshot(), {{}, {today, known_now}, false}, {policy, state});
    ASSERT_EQ(decisions.rows.size(), 1U);
    EXPECT_EQ(decisions.rows[0].customer, ours);
}

/// One item a month; all but the last three settled.
void add_item(Book& book, std::int64_t& fact, CustomerId customer, int k) {
    const Date issue = today - (k * 30 + static_cast<int>(customer.value % 30));
    ItemFact item;
    item.fact = FactNo{++fact};
    item.item = ItemId{fact};
    item.customer = customer;
    item.amount = 10'000 + customer.value % 977;
    item.issue = issue;
    item.due = issue + 30;
    item.key = static_cast<std::uint64_t>(fact) * 0x9E3779B97F4A7C15ULL;
    book.append(item);
    if (k <= 2) return;
    AllocationFact paid;
    paid.fact = FactNo{++fact};
    paid.item = item.item;
    paid.cause = ClearingCause::cash;
    paid.amount = item.amount;
    paid.given = paid.effective = item.due + static_cast<int>(customer.value % 25);
    book.append(paid);
}

// By hand: --gtest_also_run_disabled_tests --gtest_filter='*Million*'
TEST(Decide, DISABLED_FiftyThousandCustomersAndAMillionItems) {
    Book large;
    std::int64_t fact = 0;
    for (int customer = 1; customer <= 50'000; ++customer) {
        large.append(AttributeFact{FactNo{++fact}, CustomerId{customer}, Attribute::entity, 1 + customer % 3, today - 900});
        for (int k = 0; k < 20; ++k) add_item(large, fact, CustomerId{customer}, k);
    }
    large.publish(FactNo{fact}, Instant{fact});
    const Snapshot book = large.snapshot();
    const Policy policy = shipped_policy();
    const DunningState state;
    const auto begin = std::chrono::steady_clock::now();
    const Decisions decisions = decide(Perimeter::whole(), book, {{}, {today, known_now}, false}, {policy, state});
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    std::cout << took.count() << " ms for " << decisions.rows.size() << " customers\n";
    EXPECT_LT(took.count(), 1'000);
}

}  // namespace
}  // namespace countback::collections
