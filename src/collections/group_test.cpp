// COL-2: customers chased together, on random ledgers and by example: nobody twice, nothing lost, a member's
// own stop touches its items only, and what is no group is none.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "collections/decide.h"
#include "collections/simulate.h"
#include "correspondence/group.h"
#include "measures/small_book.h"

namespace countback::collections {
namespace {

using test::day;
using test::SmallBook;

const Date today = day("2025-06-16");  // a Monday

struct Grouped {
    SmallBook book;
    CustomerId head = book.customer(), north = book.customer(), south = book.customer();

    void put(CustomerId member, CustomerId under, const char* from = "2025-01-01") {
        book.attribute(under, Attribute::group_master, under.value, day(from));
        book.attribute(member, Attribute::group_master, under.value, day(from));
    }
    void stop(CustomerId customer) {
        StandingFact fact;
        fact.customer = customer;
        fact.kind = StandingKind::stop;
        fact.from = today;
        book.standing(fact);
    }
};

Decisions decided(const Snapshot& book, Date on, Detail detail) {
    static const Policy policy = shipped_policy();
    static const DunningState state;
    return decide(Perimeter::whole(), book, {{}, {on, known_now}, detail}, {policy, state});
}

const Decision& of(const Decisions& decisions, CustomerId customer) {
    const auto same = [&](const Decision& one) { return one.customer == customer; };
    return *std::find_if(decisions.rows.begin(), decisions.rows.end(), same);
}

void fill_randomly(Grouped& grouped) {
    const std::vector<CustomerId> all{grouped.head, grouped.north, grouped.south};
    const int count = *rc::gen::inRange(1, 25);
    for (int i = 0; i < count; ++i) {
        const Date issue = today - *rc::gen::inRange(0, 120);
        grouped.book.item({*rc::gen::elementOf(all), *rc::gen::inRange(2'000, 900'000), issue,
                           issue + *rc::gen::inRange(0, 40)});
    }
}

RC_GTEST_PROP(Group, Col2WhatIsOverdueIsAskedOnceAndOfTheHead, ()) {
    Grouped grouped;
    fill_randomly(grouped);
    grouped.put(grouped.north, grouped.head);
    grouped.put(grouped.south, grouped.head);
    const Snapshot book = grouped.book.snapshot();
    const Decisions decisions = decided(book, today, Detail::explained);
    RC_ASSERT(decisions.rows.size() == 3U);
    for (const CustomerId member : {grouped.north, grouped.south}) {
        RC_ASSERT(of(decisions, member).outcome == Outcome::nothing);
        RC_ASSERT(of(decisions, member).head == grouped.head);
        RC_ASSERT(of(decisions, member).asked.empty());
    }
    const Decision& head = of(decisions, grouped.head);
    if (head.outcome != Outcome::due) return;
    std::set<std::int64_t> asked, overdue;
    for (const AskedItem& one : head.asked) asked.insert(one.item.value);
    RC_ASSERT(asked.size() == head.asked.size());
    for (const CustomerId member : {grouped.head, grouped.north, grouped.south}) {
        book.each_item(*book.account(member), known_now, [&](const ItemView& item) {
            if (item.due < today && book.open(item, {today, known_now}) > 0) overdue.insert(item.id.value);
        });
    }
    RC_ASSERT(std::includes(asked.begin(), asked.end(), overdue.begin(), overdue.end()));
}

RC_GTEST_PROP(Group, Col6AMembersStopLeavesTheGroupAsIfItsItemsWereNotThere, ()) {
    Grouped with, without;
    const int count = *rc::gen::inRange(1, 15);
    for (int i = 0; i < count; ++i) {
        const Date issue = today - *rc::gen::inRange(0, 120);
        const std::int64_t amount = *rc::gen::inRange(2'000, 900'000);
        const int whose = *rc::gen::inRange(0, 3);
        const auto add = [&](Grouped& grouped, CustomerId customer) {
            grouped.book.item({customer, amount, issue, issue + 20});
        };
        add(with, whose == 0 ? with.head : whose == 1 ? with.north : with.south);
        // The same ledger, with the stopped member's items at a customer of their own.
        add(without, whose == 0 ? without.head : whose == 1 ? without.north : without.south);
    }
    with.put(with.north, with.head);
    with.put(with.south, with.head);
    with.stop(with.south);
    without.put(without.north, without.head);
    const Decisions one = decided(with.book.snapshot(), today, Detail::explained);
    const Decisions other = decided(without.book.snapshot(), today, Detail::explained);
    const Decision& stopped = of(one, with.head);
    const Decision& apart = of(other, without.head);
    RC_ASSERT(stopped.asked.size() == apart.asked.size());
    RC_ASSERT(stopped.leader.has_value() == apart.leader.has_value());
    RC_ASSERT(stopped.earliest == apart.earliest);
    if (stopped.leader) RC_ASSERT(stopped.leader->due == apart.leader->due);
}

TEST(Group, Col2OnlyTheDaysOfTheGroupCount) {
    Grouped grouped;
    grouped.book.invoice(grouped.north, 100'000, "2025-01-10", "2025-02-10");
    grouped.book.attribute(grouped.north, Attribute::group_master, 0, Date(0));
    grouped.book.attribute(grouped.head, Attribute::group_master, 0, Date(0));
    grouped.put(grouped.north, grouped.head, "2025-06-01");
    grouped.book.attribute(grouped.north, Attribute::group_master, 0, day("2025-06-10"));
    const Snapshot book = grouped.book.snapshot();
    const AccountRow north = *book.account(grouped.north);
    EXPECT_FALSE(correspondence::head_of(book, north, {day("2025-05-31"), known_now}));
    EXPECT_TRUE(correspondence::head_of(book, north, {day("2025-06-09"), known_now}));
    EXPECT_FALSE(correspondence::head_of(book, north, {day("2025-06-10"), known_now}));
    EXPECT_EQ(of(decided(book, day("2025-06-09"), Detail::explained), grouped.north).outcome,
              Outcome::nothing);
    EXPECT_EQ(of(decided(book, day("2025-06-10"), Detail::explained), grouped.north).outcome, Outcome::due);
}

TEST(Group, Col2WhatIsNoGroupIsNone) {
    Grouped grouped;
    const CustomerId abroad = grouped.book.customer(2);
    for (const CustomerId customer : {grouped.head, grouped.north, grouped.south, abroad})
        grouped.book.invoice(customer, 100'000, "2025-01-10", "2025-02-10");
    // Named as head, but not one of its own word; of another entity; unknown.
    grouped.book.attribute(grouped.north, Attribute::group_master, grouped.head.value, day("2025-01-01"));
    grouped.book.attribute(abroad, Attribute::group_master, grouped.south.value, day("2025-01-01"));
    grouped.book.attribute(grouped.south, Attribute::group_master, 99, day("2025-01-01"));
    const Decisions decisions = decided(grouped.book.snapshot(), today, Detail::explained);
    for (const Decision& decision : decisions.rows) {
        EXPECT_EQ(decision.outcome, Outcome::due);
        EXPECT_EQ(decision.asked.size(), 1U);
    }
}

TEST(Group, Col2AMemberSeenWholeShowsItsItemsAndWhoIsChased) {
    Grouped grouped;
    const ItemId item = grouped.book.invoice(grouped.north, 100'000, "2025-01-10", "2025-02-10");
    grouped.put(grouped.north, grouped.head);
    const Decisions decisions = decided(grouped.book.snapshot(), today, Detail::whole);
    const Decision& member = of(decisions, grouped.north);
    EXPECT_EQ(member.reasons.front().code, "chased_with_head");
    ASSERT_EQ(member.items.size(), 1U);
    EXPECT_EQ(member.items.front().item, item);
    const Decision& head = of(decisions, grouped.head);
    ASSERT_EQ(head.members.size(), 1U);
    EXPECT_EQ(head.members.front(), grouped.north);
}

TEST(Group, Col2WhoSeesTheHeadAloneAsksForTheWholeGroupAndWhoSeesAMemberForNothing) {
    Grouped grouped;
    grouped.book.attribute(grouped.head, Attribute::collector, 1, day("2025-01-01"));
    grouped.book.attribute(grouped.north, Attribute::collector, 2, day("2025-01-01"));
    grouped.book.invoice(grouped.head, 100'000, "2025-01-10", "2025-02-10");
    grouped.book.invoice(grouped.north, 200'000, "2025-01-10", "2025-02-10");
    grouped.put(grouped.north, grouped.head);
    const Snapshot book = grouped.book.snapshot();
    const Policy policy = shipped_policy();
    const DunningState state;
    const auto seen_by = [&](std::int64_t collector) {
        const Perimeter perimeter{true, false, {}, {LabelId{collector}}};
        return decide(perimeter, book, {{}, {today, known_now}}, {policy, state});
    };
    const Decisions heads = seen_by(1), members = seen_by(2);
    ASSERT_EQ(heads.rows.size(), 1U);
    EXPECT_EQ(heads.rows.front().asked.size(), 2U);
    ASSERT_EQ(members.rows.size(), 1U);
    EXPECT_EQ(members.rows.front().outcome, Outcome::nothing);
    EXPECT_TRUE(members.rows.front().asked.empty());
}

/// decide() over all, every day; what is due is done.
std::int64_t obvious_contacts(const Snapshot& book, const Policy& policy, Date from, Date to) {
    DunningState state;
    std::int64_t contacts = 0;
    for (Date at = from; at <= to; at = at + 1) {
        for (const Decision& one :
             decide(Perimeter::whole(), book, {{}, {at, known_now}}, {policy, state}).rows) {
            if (one.outcome != Outcome::due) continue;
            const bool contact = is_contact(one.step()->channel);
            if (contact) state.contacts[one.customer].push_back(at);
            contacts += contact ? 1 : 0;
            state.done[{one.scenario->number, one.leader->item}].push_back(
                {one.step()->code, at, false, contact, 0});
        }
    }
    return contacts;
}

RC_GTEST_PROP(Group, Col12AReplayWithAGroupIsDecideOnEveryDay, ()) {
    Grouped grouped;
    fill_randomly(grouped);
    const Date joined = today - *rc::gen::inRange(0, 100);
    for (const CustomerId customer : {grouped.head, grouped.north})
        grouped.book.attribute(customer, Attribute::group_master, 0, Date(0));
    grouped.put(grouped.north, grouped.head, joined.iso().c_str());
    const Date left = joined + *rc::gen::inRange(1, 60);
    grouped.book.attribute(grouped.north, Attribute::group_master, 0, left);
    const Snapshot book = grouped.book.snapshot();
    const Policy policy = shipped_policy();
    const DunningState start;
    const Date from = today - 120;
    const Replay replay =
        simulate(Perimeter::whole(), book, {from, today + 60, {}, known_now}, {policy, start});
    RC_ASSERT(replay.contacts == obvious_contacts(book, policy, from, today + 60));
}

}  // namespace
}  // namespace countback::collections
