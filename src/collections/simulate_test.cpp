// COL-12: the replay against the slow, obvious way, every customer decided every day.
#include "collections/simulate.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "collections/notices.h"
#include "measures/small_book.h"

namespace countback::collections {
namespace {

using test::day;
using test::SmallBook;

const Date from = day("2025-01-06");
const Date to = day("2025-06-30");

SimulationQuery whole_period() { return {from, to, {}, known_now}; }

void fill_randomly(SmallBook& book, int customers) {
    std::vector<CustomerId> ids;
    for (int i = 0; i < customers; ++i) ids.push_back(book.customer());
    const int count = *rc::gen::inRange(1, 30);
    for (int i = 0; i < count; ++i) {
        const CustomerId customer = *rc::gen::elementOf(ids);
        const Date issue = from + *rc::gen::inRange(-60, 160);
        const std::int64_t amount = *rc::gen::inRange(500, 100'000);
        const bool credit = *rc::gen::inRange(0, 6) == 0;
        const ItemId item =
            book.item({customer, credit ? -amount : amount, issue, issue + *rc::gen::inRange(0, 45),
                       credit ? ItemType::payment : ItemType::invoice});
        if (*rc::gen::inRange(0, 3) != 0) book.settle(item, amount, issue + *rc::gen::inRange(0, 120));
        if (!credit && *rc::gen::inRange(0, 6) == 0) {
            StandingFact fact;
            fact.customer = customer;
            fact.item = item;
            fact.kind = StandingKind::dispute;
            fact.from = issue + 10;
            fact.to = issue + 40;
            book.standing(fact);
        }
    }
}

struct Obvious {
    std::int64_t actions = 0, contacts = 0;
};

/// decide_notices() over all of that day, after the reminders; one a customer.
void tell_all(const Snapshot& book, const Policy& policy, Date today, DunningState& state, Obvious& replay) {
    const DecideQuery query{{}, {today, known_now}};
    std::unordered_map<CustomerId, bool> told;
    for (const DueNotice& one : decide_notices(Perimeter::whole(), book, query, {policy, state})) {
        if (!one.notice || !one.waits.empty() || told[one.customer]) continue;
        told[one.customer] = true;
        ++replay.actions;
        ++replay.contacts;
        state.told[one.customer].push_back(today);
        for (const AskedItem& item : one.items) state.noticed[item.item].push_back(one.notice->code);
    }
}

/// decide() over all, every day; what is due is done.
Obvious obvious_replay(const Snapshot& book, const Policy& policy) {
    DunningState state;
    Obvious replay;
    for (Date today = from; today <= to; today = today + 1) {
        for (const Decision& decision :
             decide(Perimeter::whole(), book, {{}, {today, known_now}}, {policy, state}).rows) {
            if (decision.outcome != Outcome::due) continue;
            ++replay.actions;
            const Step& step = *decision.step();
            if (is_contact(step.channel)) {
                ++replay.contacts;
                state.contacts[decision.customer].push_back(today);
            }
            state.done[{decision.scenario->number, decision.leader->item}].push_back(
                {step.code, today, false, is_contact(step.channel), 0});
        }
        tell_all(book, policy, today, state, replay);
    }
    return replay;
}

RC_GTEST_PROP(Simulate, Col12AReplayIsDecideOnEveryDay, ()) {
    SmallBook book;
    fill_randomly(book, 3);
    const Snapshot snapshot = book.snapshot();
    Policy policy = shipped_policy();
    policy.default_scenario = *rc::gen::inRange(1, 7);
    const DunningState start;
    const Replay replay = simulate(Perimeter::whole(), snapshot, whole_period(), {policy, start});
    const Obvious obvious = obvious_replay(snapshot, policy);
    std::int64_t actions = 0;
    for (const auto& [week, counts] : replay.actions) {
        for (const std::int64_t count : counts) actions += count;
    }
    RC_ASSERT(actions == obvious.actions);
    RC_ASSERT(replay.contacts == obvious.contacts);
}

TEST(Simulate, Col12MessagesByWeekAndTheGapBetweenTwoLeaders) {
    SmallBook book;
    const CustomerId customer = book.customer();
    const ItemId first = book.invoice(customer, 100'000, "2025-01-15", "2025-02-14");
    book.invoice(customer, 50'000, "2025-01-20", "2025-02-20");
    book.settle(first, 100'000, day("2025-02-20"));
    const Policy policy = shipped_policy();
    const DunningState start;
    SimulationQuery query = whole_period();
    query.to = day("2025-02-28");
    const Replay replay = simulate(Perimeter::whole(), book.snapshot(), query, {policy, start});
    // Pre-reminder on Mon 10 Feb (the 9th is a Sunday), reminder on the 17th; the second invoice leads from
    // the 20th and would come on the 23rd: the gap moves it to Mon 24 Feb.
    const auto email = static_cast<std::size_t>(Channel::email);
    EXPECT_EQ(replay.actions.at(day("2025-02-10"))[email], 1);
    EXPECT_EQ(replay.actions.at(day("2025-02-17"))[email], 1);
    EXPECT_EQ(replay.actions.at(day("2025-02-24"))[email], 1);
    EXPECT_EQ(replay.customers_touched, 1);
    EXPECT_EQ(replay.clashes, 1);
}

TEST(Simulate, Col12WhatWasReallyDoneStandsBeside) {
    SmallBook book;
    const CustomerId customer = book.customer();
    const ItemId item = book.invoice(customer, 100'000, "2025-01-15", "2025-02-14");
    const Policy policy = shipped_policy();
    DunningState state;
    state.done[{1, item}] = {{"reminder", day("2025-02-18"), false, true, 1},
                             {"second", day("2025-07-01"), false, true, 2}};
    const Replay really =
        really_done(Perimeter::whole(), book.snapshot(), whole_period(), {policy, state}, {});
    EXPECT_EQ(really.contacts, 1);
    EXPECT_EQ(really.actions.at(day("2025-02-17"))[static_cast<std::size_t>(Channel::email)], 1);
}

}  // namespace
}  // namespace countback::collections
