// For tests: a company of one customer in a database of its own, fact by fact through the ledger.
#pragma once
#include <gtest/gtest.h>

#include <memory>

#include "parties/directory.h"
#include "receivables/ledger.h"
#include "receivables/schemas.h"
#include "store/test_database.h"

namespace countback {

inline Date day(const char* iso) { return *Date::parse_iso(iso); }
inline const Currency eur = *Currency::parse("EUR");

struct Company {
    store::TestDatabase database;
    FakeClock clock{day("2026-01-01")};
    std::unique_ptr<Ledger> ledger;
    CustomerId customer;

    explicit Company(store::TestDatabase::Kind kind = store::TestDatabase::Kind::sqlite) : database(kind) {
        migrate_receivables(*database);
        ledger = std::make_unique<Ledger>(*database, clock);
        const auto opened = ledger->write({{}, "test"}, [&](Writing& writing) -> Result<void> {
            const EntityId entity =
                parties::add_entity(writing.connection(), {{}, "FR01", "Nord", eur, "FR"});
            const Customer acme{{}, entity, "ACME", "Acme"};
            customer = parties::add_customers(writing.connection(), {&acme, 1});
            writing.add(AttributeFact{{}, customer, Attribute::entity, entity.value, day("2020-01-01")});
            return {};
        });
        EXPECT_TRUE(opened.has_value());
    }
    ItemFact invoice(std::int64_t amount, Date issue, Date due) const {
        ItemFact fact;
        fact.customer = customer;
        fact.type = amount < 0 ? ItemType::credit_note : ItemType::invoice;
        fact.currency = eur;
        fact.amount = amount;
        fact.issue = issue;
        fact.due = due;
        fact.number = "F";
        return fact;
    }
    ItemId add(const ItemFact& fact) {
        ItemId item;
        const auto last = ledger->write({{}, "test"}, [&](Writing& writing) -> Result<void> {
            writing.add(fact);
            return {};
        });
        item = ItemId{last->value};
        return item;
    }
    Result<FactNo> settle(ItemId item, std::int64_t amount, Date given, ItemId counter = {}) {
        return ledger->write({{}, "test"}, [&](Writing& writing) -> Result<void> {
            AllocationFact fact;
            fact.item = item;
            fact.counter = counter;
            fact.cause = counter ? ClearingCause::link : ClearingCause::cash;
            fact.amount = amount;
            fact.given = given;
            writing.add(fact);
            return {};
        });
    }
    std::int64_t open(ItemId item, Moment moment) const {
        const Snapshot book = ledger->book();
        const auto view = book.view(*book.item(item), moment.known_at);
        return view ? book.open(*view, moment) : 0;
    }
};

class LedgerOn : public ::testing::TestWithParam<store::TestDatabase::Kind> {};
INSTANTIATE_TEST_SUITE_P(Databases, LedgerOn, ::testing::ValuesIn(store::TestDatabase::kinds()));

}  // namespace countback
