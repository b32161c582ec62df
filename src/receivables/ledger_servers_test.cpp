// Several servers on one database: facts in one order, read whole, and never believed when the database was
// set back.
#include <gtest/gtest.h>

#include <unistd.h>

#include <chrono>
#include <thread>

#include "receivables/chain.h"
#include "receivables/test_ledger.h"
#include "store/news.h"

namespace countback {
namespace {

class ServersOn : public ::testing::TestWithParam<store::TestDatabase::Kind> {};
INSTANTIATE_TEST_SUITE_P(Databases, ServersOn, ::testing::ValuesIn(store::TestDatabase::kinds()));

/// What only a database that tells its servers can do.
class ServersToldBy : public ServersOn {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ServersToldBy);
INSTANTIATE_TEST_SUITE_P(Databases, ServersToldBy, ::testing::ValuesIn([] {
                             auto kinds = store::TestDatabase::kinds();
                             std::erase(kinds, store::TestDatabase::Kind::sqlite);
                             return kinds;
                         }()));

std::int64_t open_of_all(const Snapshot& book) {
    std::int64_t sum = 0;
    const Moment moment{day("2027-01-01")};
    book.each_account(Perimeter::whole(), {}, moment, [&](AccountRow account) {
        book.each_item(account, known_now, [&](const ItemView& item) { sum += book.open(item, moment); });
    });
    return sum;
}

/// LED-6: each writes on what the other wrote, while both read on.
TEST_P(ServersOn, TwoWriteAtOnceAndHoldTheSameBook) {
    Company one(GetParam());
    Ledger other(*one.database, one.clock);
    constexpr int writes = 60;
    const auto write_to = [&](Ledger& ledger) {
        for (int i = 0; i < writes; ++i) {
            const auto written = ledger.write({{}, "test"}, [&](Writing& writing) -> Result<void> {
                const ItemId item = writing.add(one.invoice(100 + i, day("2026-03-01"), day("2026-03-31")));
                AllocationFact part;
                part.item = item;
                part.cause = ClearingCause::cash;
                part.amount = 40;
                part.given = day("2026-03-05");
                writing.add(part);
                return {};
            });
            ASSERT_TRUE(written);
            EXPECT_EQ(ledger.book().last_fact() >= *written, true) << "what was written is seen";
        }
    };
    {
        const std::jthread first([&] { write_to(*one.ledger); }), second([&] { write_to(other); });
        const std::jthread follower([&] {
            for (int i = 0; i < 200; ++i) (i % 2 == 0 ? *one.ledger : other).catch_up();
        });
    }
    one.ledger->catch_up();
    other.catch_up();
    const Ledger fresh(*one.database, one.clock);
    const std::int64_t expected = 2 * (writes * 60 + writes * (writes - 1) / 2);
    for (const Snapshot& book : {one.ledger->book(), other.book(), fresh.book()}) {
        EXPECT_EQ(book.item_count(), 2U * writes);
        EXPECT_EQ(open_of_all(book), expected);
    }
    EXPECT_FALSE(verify_chain(*one.database).broken_at);
}

TEST_P(ServersOn, ADatabaseThatWasSetBackIsNotWrittenTo) {
    constexpr store::Sql lose_commit{
        "test_lose_commit",
        "delete from journal where last_fact_no = (select max(last_fact_no) from journal)"};
    constexpr store::Sql lose_numbers{
        "test_lose_numbers", "update number_counter set last_number = last_number - 1 where kind = 'fact'"};
    Company company(GetParam());
    company.add(company.invoice(100, day("2026-03-01"), day("2026-03-31")));
    EXPECT_NO_THROW(company.ledger->catch_up());
    company.database->lease()->run(lose_commit);
    company.database->lease()->run(lose_numbers);
    EXPECT_THROW(company.ledger->catch_up(), SetBack);
    EXPECT_THROW(company.add(company.invoice(200, day("2026-03-01"), day("2026-03-31"))), SetBack);
}

using namespace std::chrono_literals;

/// How long a wait of at most two seconds took.
std::chrono::milliseconds waited(store::News& news) {
    const auto began = std::chrono::steady_clock::now();
    news.wait(2s);
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
}

/// A hint, soon; where nobody tells, the end of the wait.
TEST_P(ServersOn, WhatOneCommitsAnotherHearsOf) {
    Company company(GetParam());
    store::News news(*company.database);
    news.wait(0ms);  // begins to listen
    company.add(company.invoice(100, day("2026-03-01"), day("2026-03-31")));
    EXPECT_EQ(waited(news) < 1s, GetParam() == store::TestDatabase::Kind::postgresql);
    news.end();
    EXPECT_LT(waited(news), 1s) << "an end is no wait";
}

TEST_P(ServersToldBy, ALostEarHearsAgain) {
    constexpr store::Sql cut_off{
        "test_cut_off", "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1"};
    Company company(GetParam());
    const std::string name = "ear_" + std::to_string(getpid());
    store::News news(*store::Database::open(company.database->address() + "&application_name=" + name));
    news.wait(0ms);
    company.database->lease()->each(cut_off, {name}, [](const store::Row&) {});
    news.wait(100ms);  // finds out
    EXPECT_LT(waited(news), 1900ms) << "it begins to listen again";
    company.add(company.invoice(100, day("2026-03-01"), day("2026-03-31")));
    EXPECT_LT(waited(news), 1s);
}

}  // namespace
}  // namespace countback
