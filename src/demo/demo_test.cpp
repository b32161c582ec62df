#include <gtest/gtest.h>

#include "demo/load.h"
#include "net/address.h"
#include "receivables/schemas.h"
#include "store/test_database.h"

namespace countback::demo {
namespace {

const Date today = *Date::of(2026, 11, 22);

TEST(Demo, IsTheSameCompanyOnTheSameDay) {
    const DemoCompany a = generate(today), b = generate(today);
    ASSERT_EQ(a.items.size(), b.items.size());
    for (std::size_t i = 0; i < a.items.size(); ++i)
        ASSERT_EQ(a.items[i].fact.amount, b.items[i].fact.amount);
    ASSERT_EQ(a.allocations.size(), b.allocations.size());
}

TEST(Demo, HasTheSizeItPromisesAndOnlyTestAddresses) {
    const DemoCompany company = generate(today);
    EXPECT_EQ(company.entities.size(), 3U);
    EXPECT_NEAR(static_cast<double>(company.customers.size()), 800, 50);
    EXPECT_GT(company.items.size(), 12'000U);
    EXPECT_LT(company.items.size(), 18'000U);
    for (const DemoCustomer& made : company.customers) {
        EXPECT_TRUE(made.customer.email.ends_with(".test")) << made.customer.email;
        EXPECT_TRUE(made.contact.email.ends_with(".test"));
        EXPECT_TRUE(net::mail_address(made.contact.email)) << made.contact.email;
        EXPECT_NE(made.customer.address.find('\n'), std::string::npos) << "a street and a town";
    }
}

TEST(Demo, IsACompanyThatIsLookedAfter) {
    store::TestDatabase database;
    migrate_receivables(*database);
    const FakeClock clock(today);
    Ledger ledger(*database, clock);
    ASSERT_TRUE(load(ledger, generate(today), today));
    const Snapshot book = ledger.book();
    std::int64_t overdue = 0, old = 0, kept = 0, broken = 0, partly = 0, settled_disputes = 0;
    const auto look_at = [&](const ItemView& item) {
        const std::int64_t open = item.debit() ? book.open(item, {today}) : 0;
        overdue += item.due < today ? open : 0;
        old += item.due + 120 < today ? open : 0;
    };
    const auto judge = [&](const StandingView& one) {
        settled_disputes += one.kind == StandingKind::dispute && one.to && *one.to < today ? 1 : 0;
        if (one.kind != StandingKind::promise || !one.item || !one.to || *one.to >= today) return;
        const auto item = book.view(*one.item, known_now);
        const std::int64_t before = book.open(*item, {one.from - 1}), after = book.open(*item, {*one.to});
        ++(after == 0 ? kept : after < before ? partly : broken);
    };
    book.each_account(Perimeter::whole(), {}, {today}, [&](AccountRow account) {
        book.each_item(account, known_now, look_at);
        book.each_standing(account, known_now, judge);
    });
    EXPECT_LT(old * 100, overdue * 15) << old << " of " << overdue;
    EXPECT_GT(kept, 50);
    EXPECT_GT(broken, 20);
    EXPECT_GT(partly, 3);
    EXPECT_GT(settled_disputes, 20);
}

TEST(Demo, LoadsIntoAnEmptyLedgerOnlyOnce) {
    store::TestDatabase database;
    migrate_receivables(*database);
    const FakeClock clock(today);
    Ledger ledger(*database, clock);
    const auto loaded = load(ledger, generate(today), today);
    ASSERT_TRUE(loaded) << name_of(loaded.error().code);
    std::int64_t open_items = 0;
    const Snapshot book = ledger.book();
    book.each_account(Perimeter::whole(), {}, {today}, [&](AccountRow account) {
        book.each_item(account, known_now,
                       [&](const ItemView& item) { open_items += book.open(item, {today}) != 0 ? 1 : 0; });
    });
    EXPECT_GT(open_items, 800);
    EXPECT_LT(open_items, 5'000);
    EXPECT_FALSE(load(ledger, generate(today), today));
}

}  // namespace
}  // namespace countback::demo
