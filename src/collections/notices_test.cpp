// Notices: when an invoice is told of and when a payment is thanked for.
#include "collections/notices.h"

#include <gtest/gtest.h>

#include "measures/small_book.h"

namespace countback::collections {
namespace {

using test::day;
using test::SmallBook;

std::vector<DueNotice> told(SmallBook& book, const char* today, const DunningState& state = {}) {
    static Policy policy = [] {
        Policy made = shipped_policy();
        made.default_scenario = made.scenario("key_account")->number;
        return made;
    }();
    return decide_notices(Perimeter::whole(), book.snapshot(), {{}, {day(today), known_now}},
                          {policy, state});
}

TEST(Notices, Col8ANewInvoiceIsToldOfOnceADayAfterItsIssue) {
    SmallBook book;
    const ItemId item = book.invoice(book.customer(), 10'000, "2025-03-03", "2025-04-02");
    EXPECT_TRUE(told(book, "2025-03-03").empty());
    const auto due = told(book, "2025-03-04");
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due[0].notice->kind, Notice::Kind::new_invoice);
    EXPECT_EQ(due[0].items.size(), 1U);
    EXPECT_EQ(told(book, "2025-03-10").size(), 1U);
    EXPECT_TRUE(told(book, "2025-03-11").empty());
    DunningState state;
    state.noticed[item] = {"new_invoice"};
    EXPECT_TRUE(told(book, "2025-03-04", state).empty());
}

TEST(Notices, Col8APaymentIsThankedForUnlessSomethingIsOverdue) {
    SmallBook book;
    const CustomerId customer = book.customer();
    const ItemId paid = book.invoice(customer, 10'000, "2025-01-06", "2025-02-05");
    book.settle(paid, 10'000, day("2025-03-03"));
    ASSERT_EQ(told(book, "2025-03-04").size(), 1U);
    EXPECT_EQ(told(book, "2025-03-04")[0].notice->kind, Notice::Kind::thank_you);
    book.invoice(customer, 5'000, "2025-01-06", "2025-02-05");
    EXPECT_TRUE(told(book, "2025-03-04").empty());
}

TEST(Notices, Col8ACreditNoteIsNotThankedFor) {
    SmallBook book;
    const ItemId item = book.invoice(book.customer(), 10'000, "2025-01-06", "2025-02-05");
    book.settle(item, 10'000, day("2025-03-03"), ClearingCause::link);
    EXPECT_TRUE(told(book, "2025-03-04").empty());
}

TEST(Notices, Col11AnAccountThatCannotBeReadStopsNobodyElse) {
    SmallBook book;
    const CustomerId before = book.customer();
    book.invoice(before, 10'000, "2025-03-03", "2025-04-02");
    const CustomerId broken = book.customer();
    for (int number = 0; number < 2; ++number)  // their sum does not fit
        book.invoice(broken, 5'000'000'000'000'000'000, "2025-01-06", "2025-02-05");
    const CustomerId after = book.customer();
    book.invoice(after, 10'000, "2025-03-03", "2025-04-02");
    const auto due = told(book, "2025-03-04");
    ASSERT_EQ(due.size(), 3U);
    EXPECT_EQ(due[0].customer, before);
    EXPECT_TRUE(due[0].waits.empty());
    EXPECT_EQ(due[1].customer, broken);
    ASSERT_EQ(due[1].waits.size(), 1U);
    EXPECT_EQ(due[1].waits.front().code, "unreadable");
    EXPECT_EQ(due[2].customer, after);
    EXPECT_TRUE(due[2].waits.empty());
}

}  // namespace
}  // namespace countback::collections
