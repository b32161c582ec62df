// LED-3 against a slow, obvious model: random histories of late, corrected and undone facts.
#include "receivables/ledger.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <atomic>
#include <random>
#include <thread>

#include "parties/directory.h"
#include "receivables/chain.h"
#include "receivables/corrections.h"
#include "receivables/queries.h"
#include "receivables/test_ledger.h"

namespace countback {
namespace {

/// What LED-3 says, fact by fact, with no cleverness at all.
struct SlowModel {
    struct Version {
        FactNo fact;
        std::int64_t amount;
        Date issue, due;
    };
    struct Settled {
        FactNo fact;
        Date day;
        std::int64_t amount;
    };
    std::map<ItemId, std::vector<Version>> versions;
    std::map<ItemId, std::vector<Settled>> settled;

    void read(const Snapshot& book) {  // the facts as the database gave them back
        versions.clear();
        settled.clear();
        book.each_account(Perimeter::whole(), {}, {day("2030-01-01")}, [&](AccountRow account) {
            book.each_item(account, known_now, [&](const ItemView& item) {
                for (const ItemView& v : book.versions(item.row, known_now)) {
                    versions[item.id].push_back({v.version, v.amount, v.issue, v.due});
                }
            });
        });
    }

    std::int64_t open(ItemId item, Moment moment) const {
        const Version* known = nullptr;
        for (const Version& version : versions.at(item)) {
            if (version.fact <= moment.known_at && (known == nullptr || known->fact < version.fact))
                known = &version;
        }
        if (known == nullptr || known->issue > moment.as_of) return 0;
        std::int64_t left = std::abs(known->amount);
        if (const auto found = settled.find(item); found != settled.end()) {
            for (const Settled& one : found->second) {
                if (one.day <= moment.as_of && one.fact <= moment.known_at) left -= one.amount;
            }
        }
        left = std::max<std::int64_t>(left, 0);
        return known->amount < 0 ? -left : left;
    }
};

TEST_P(LedgerOn, LED3_OpenAtBothTimes) {
    Company company(GetParam());
    const ItemId item = company.add(company.invoice(10'000, day("2026-03-01"), day("2026-03-31")));
    const auto first = company.settle(item, 4'000, day("2026-03-10"));
    const auto second = company.settle(item, 6'000, day("2026-03-12"));
    ASSERT_TRUE(first && second);
    EXPECT_EQ(company.open(item, {day("2026-02-28")}), 0) << "LED-7: not issued yet";
    EXPECT_EQ(company.open(item, {day("2026-03-01")}), 10'000);
    EXPECT_EQ(company.open(item, {day("2026-03-11")}), 6'000);
    EXPECT_EQ(company.open(item, {day("2026-03-12"), *first}), 6'000) << "as believed before the second fact";
    EXPECT_EQ(company.open(item, {day("2026-03-12")}), 0);
    EXPECT_EQ(company.open(item, {day("2026-03-12"), FactNo{item.value - 1}}), 0) << "not recorded yet";
}

TEST_P(LedgerOn, LED3_EffectiveNotBeforeEitherIssueDate) {
    Company company(GetParam());
    const ItemId invoice = company.add(company.invoice(10'000, day("2026-03-01"), day("2026-03-31")));
    const ItemId credit = company.add(company.invoice(-3'000, day("2026-03-20"), day("2026-03-20")));
    ASSERT_TRUE(company.settle(invoice, 3'000, day("2026-03-05"), credit));
    EXPECT_EQ(company.open(invoice, {day("2026-03-19")}), 10'000);
    EXPECT_EQ(company.open(invoice, {day("2026-03-20")}), 7'000);
    EXPECT_EQ(company.open(credit, {day("2026-03-20")}), 0);
}

TEST_P(LedgerOn, RefusesAnAllocationAboveTheItemAndChangesNothing) {
    Company company(GetParam());
    const ItemId item = company.add(company.invoice(10'000, day("2026-03-01"), day("2026-03-31")));
    const FactNo before = company.ledger->book().last_fact();
    const auto refused = company.settle(item, 10'001, day("2026-03-10"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, RefusalCode::allocation_exceeds_item);
    EXPECT_EQ(company.ledger->book().last_fact(), before);
    ASSERT_TRUE(company.settle(item, 10'000, day("2026-03-10")));
    EXPECT_FALSE(company.settle(item, 1, day("2026-03-05")));
}

TEST_P(LedgerOn, LED4_AnItemOfAnUndoneLoadWasNever) {
    Company company(GetParam());
    const ItemId item = company.add(company.invoice(10'000, day("2026-03-01"), day("2026-03-31")));
    ASSERT_TRUE(company.settle(item, 4'000, day("2026-03-10")));
    const FactNo before = company.ledger->book().last_fact();
    ASSERT_TRUE(company.ledger->write({{}, "test"},
                                      [&](Writing& w) { return undo_facts(w, FactNo{item.value}, before); }));
    EXPECT_EQ(company.open(item, {day("2026-03-05")}), 0);
    EXPECT_EQ(company.open(item, {day("2026-03-05"), before}), 10'000) << "what we believed then";
}

/// One random step: an item, a settlement, a taken-back settlement, a correction of amount or dates.
class History {
public:
    History(Company& company, unsigned seed) : company_(company), random_(seed) {}

    void step() {
        const int choice = static_cast<int>(random_() % 10);
        if (items_.empty() || choice < 3) return add_item();
        const ItemId item = items_[random_() % items_.size()];
        if (choice < 6) return settle(item);
        if (choice < 8) return take_back_some(item);
        correct(item);
    }
    const std::vector<ItemId>& items() const { return items_; }
    Date some_day() { return day("2026-01-01") + static_cast<int>(random_() % 120); }

private:
    void add_item() {
        const std::int64_t amount = static_cast<std::int64_t>(random_() % 1000) + 1;
        const Date issue = some_day();
        items_.push_back(
            company_.add(company_.invoice(random_() % 4 == 0 ? -amount : amount, issue, issue + 30)));
    }
    void settle(ItemId item) {
        static_cast<void>(company_.settle(item, static_cast<std::int64_t>(random_() % 600) + 1, some_day(),
                                          counter_of(item)));
    }
    ItemId counter_of(ItemId item) {
        const ItemId other = items_[random_() % items_.size()];
        const Snapshot book = company_.ledger->book();
        const bool debit = book.view(*book.item(item), known_now)->debit();
        const bool fits = debit && !book.view(*book.item(other), known_now)->debit();
        return fits ? other : ItemId{};
    }
    void take_back_some(ItemId item) {
        static_cast<void>(company_.ledger->write({{}, "test"}, [&](Writing& w) -> Result<void> {
            const ItemRow row = *w.book().item(item);
            const auto live = live_allocations(w.book(), row, known_now);
            if (live.empty()) return {};
            const auto& one = live[random_() % live.size()];
            take_back(w, row, one.allocation,
                      static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(one.left)) + 1,
                      some_day());
            return {};
        }));
    }
    void correct(ItemId item) {
        static_cast<void>(company_.ledger->write({{}, "test"}, [&](Writing& w) -> Result<void> {
            const ItemView before = *w.book().view(*w.book().item(item), known_now);
            const std::int64_t amount = static_cast<std::int64_t>(random_() % 1000) + 1;
            const Date issue = random_() % 2 == 0 ? before.issue : some_day();
            correct_item(w, before,
                         company_.invoice(before.amount < 0 ? -amount : amount, issue, issue + 30));
            return {};
        }));
    }
    Company& company_;
    std::mt19937 random_;
    std::vector<ItemId> items_;
};

/// Histories are spread over the databases at hand.
store::TestDatabase::Kind kind_of(unsigned seed) {
    const auto kinds = store::TestDatabase::kinds();
    return kinds[seed % kinds.size()];
}

/// The model's facts straight from the tables: not through the Book.
SlowModel model_of(store::Database& database) {
    constexpr store::Sql versions{"model_versions",
                                  "select fact_no, item_id, amount, issue_day, due_day from item_fact"};
    constexpr store::Sql settled{
        "model_settled", "select fact_no, item_id, counter_id, amount, effective_day from allocation_fact"};
    SlowModel model;
    const auto connection = database.lease();
    connection->each(versions, {}, [&](const store::Row& r) {
        model.versions[ItemId{r.integer(1)}].push_back({FactNo{r.integer(0)}, r.integer(2),
                                                        Date(static_cast<int>(r.integer(3))),
                                                        Date(static_cast<int>(r.integer(4)))});
    });
    connection->each(settled, {}, [&](const store::Row& r) {
        const SlowModel::Settled one{FactNo{r.integer(0)}, Date(static_cast<int>(r.integer(4))),
                                     r.integer(3)};
        model.settled[ItemId{r.integer(1)}].push_back(one);
        if (!r.is_null(2)) model.settled[ItemId{r.integer(2)}].push_back(one);
    });
    return model;
}

std::filesystem::path kept(Company& company, Company& of) {
    const std::filesystem::path path = company.database.folder() / "book";
    BookFile(path).write(of.ledger->book(), {of.ledger->book().last_fact(),
                                             of.database->lease()->text(receivables::last_chain).value()});
    return path;
}

TEST(Ledger, AFileOfOtherFactsIsNotTrusted) {
    Company company, other;
    const ItemId item = company.add(company.invoice(700, day("2026-01-01"), day("2026-01-31")));
    other.add(other.invoice(300, day("2026-01-01"), day("2026-01-31")));
    const Ledger started(*company.database, company.clock, kept(company, other));
    EXPECT_EQ(started.from_file(), FactNo{});
    EXPECT_EQ(
        started.book().open(*started.book().view(*started.book().item(item), known_now), {day("2026-01-05")}),
        700);
}

TEST(Ledger, LED3_RandomHistoriesAgreeWithTheSlowModelAtRandomMoments) {
    EXPECT_TRUE(
        rc::check("open(item, D, T) as the model says, before and after a restart", [](unsigned seed) {
            Company company(kind_of(seed));
            History history(company, seed);
            for (unsigned i = 0; i < seed % 60; ++i) history.step();
            const std::filesystem::path file = kept(company, company);
            for (unsigned i = seed % 60; i < 60; ++i) history.step();
            const SlowModel model = model_of(*company.database);
            const Ledger restarted(*company.database, company.clock, file);
            RC_ASSERT(restarted.from_file() > FactNo{});
            const std::int64_t last = company.ledger->book().last_fact().value;
            std::mt19937 random(seed);
            for (int i = 0; i < 200; ++i) {
                const Moment moment{
                    history.some_day(),
                    i % 3 == 0
                        ? known_now
                        : FactNo{static_cast<std::int64_t>(random() % static_cast<unsigned>(last + 1))}};
                const ItemId item = history.items()[random() % history.items().size()];
                const std::int64_t expected = model.open(item, moment);
                RC_ASSERT(company.open(item, moment) == expected);
                const Snapshot book = restarted.book();
                const auto view = book.view(*book.item(item), moment.known_at);
                RC_ASSERT((view ? book.open(*view, moment) : 0) == expected);
            }
        }));
}

TEST(Ledger, LED3_MoneyIsConserved) {
    EXPECT_TRUE(
        rc::check("what is open plus what is settled is what was billed, on every day", [](unsigned seed) {
            Company company(kind_of(seed));
            History history(company, seed);
            for (int i = 0; i < 60; ++i) history.step();
            const Snapshot book = company.ledger->book();
            for (const ItemId item : history.items()) {
                const ItemView view = *book.view(*book.item(item), known_now);
                for (int offset = 0; offset < 130; offset += 13) {
                    const Moment moment{day("2026-01-01") + offset};
                    std::int64_t settled = 0;
                    book.each_allocation(view.row, known_now, [&](const AllocationView& a) {
                        if (a.effective <= moment.as_of) settled += a.amount;
                    });
                    if (moment.as_of < view.issue) RC_ASSERT(settled == 0);
                    if (moment.as_of >= view.issue)
                        RC_ASSERT(std::abs(book.open(view, moment)) + settled == std::abs(view.amount));
                }
            }
        }));
}

TEST_P(LedgerOn, ReadersNeverWaitForAWriterAndSeeWholeTransactions) {
    Company company(GetParam());
    const ItemId item = company.add(company.invoice(1'000'000, day("2026-01-01"), day("2026-01-31")));
    const ItemId credit = company.add(company.invoice(-1'000'000, day("2026-01-01"), day("2026-01-01")));
    std::atomic<bool> stop{false};
    std::atomic<int> torn{0}, reads{0};
    std::thread reader([&] {
        while (!stop) {
            const Snapshot book = company.ledger->book();
            const Moment moment{day("2026-06-30")};
            const auto debit = book.view(*book.item(item), known_now),
                       other = book.view(*book.item(credit), known_now);
            if (book.open(*debit, moment) + book.open(*other, moment) != 0) ++torn;
            ++reads;
        }
    });
    for (int i = 0; i < 300; ++i) EXPECT_TRUE(company.settle(item, 7, day("2026-02-01"), credit));
    while (reads == 0) std::this_thread::yield();
    stop = true;
    reader.join();
    EXPECT_EQ(torn, 0);
    EXPECT_EQ(company.open(item, {day("2026-06-30")}), 1'000'000 - 2'100);
}

TEST_P(LedgerOn, AnotherProcessIsCaughtUpWith) {
    Company company(GetParam());
    Ledger other(*company.database, company.clock);
    const ItemId item = company.add(company.invoice(500, day("2026-01-01"), day("2026-01-31")));
    EXPECT_FALSE(other.book().item(item));
    other.catch_up();
    EXPECT_TRUE(other.book().item(item));
    ASSERT_TRUE(company.settle(item, 100, day("2026-01-05")));
    ASSERT_TRUE(other.write({{}, "test"}, [&](Writing& w) -> Result<void> {
        EXPECT_EQ(w.book().open(*w.book().view(*w.book().item(item), known_now), {day("2026-01-05")}), 400);
        return {};
    }));
}

TEST_P(LedgerOn, ACC2_TheChainOfFactsShowsAnEdit) {
    constexpr store::Sql tamper{"test_tamper", "update item_fact set amount = amount + 1 where item_id = $1"};
    Company company(GetParam());
    const ItemId item = company.add(company.invoice(10'000, day("2026-03-01"), day("2026-03-31")));
    ASSERT_TRUE(company.settle(item, 4'000, day("2026-03-10")));
    const ChainVerdict whole = verify_chain(*company.database);
    EXPECT_FALSE(whole.broken_at);
    EXPECT_EQ(whole.facts, company.ledger->book().last_fact().value);
    company.database->lease()->run(tamper, {item.value});
    EXPECT_EQ(verify_chain(*company.database).broken_at, FactNo{item.value});
}

// ACC-3: a person's data stand outside the facts and the chain.
TEST_P(LedgerOn, ACC3_ErasingANameLeavesFiguresAndChain) {
    Company company(GetParam());
    const ItemId item = company.add(company.invoice(10'000, day("2026-03-01"), day("2026-03-31")));
    Customer blank;
    blank.id = company.customer;
    const auto connection = company.database->lease();
    parties::update_customer(*connection, blank);
    EXPECT_EQ(parties::customer(*connection, company.customer)->name, "");
    EXPECT_FALSE(verify_chain(*company.database).broken_at);
    EXPECT_EQ(company.open(item, {day("2026-03-05")}), 10'000);
}

}  // namespace
}  // namespace countback
