// A ledger in memory for tests: facts appended by hand, with readable dates and amounts.
#pragma once
#include <string>
#include <vector>

#include "receivables/book.h"

namespace countback::test {

inline Date day(const char* iso) { return *Date::parse_iso(iso); }
inline Currency currency(const char* code) { return *Currency::parse(code); }

struct NewItem {
    CustomerId customer;
    std::int64_t amount = 0;
    Date issue, due;
    ItemType type = ItemType::invoice;
    Currency money = currency("EUR");
    std::uint32_t flags = 0;
};

class SmallBook {
public:
    CustomerId customer(std::int64_t entity = 1) {
        const CustomerId id{++customers_};
        book_.append(AttributeFact{next(), id, Attribute::entity, entity, day("2000-01-01")});
        return id;
    }
    void attribute(CustomerId customer, Attribute attribute, std::int64_t value, Date from) {
        book_.append(AttributeFact{next(), customer, attribute, value, from});
    }
    ItemId item(const NewItem& item) {
        ItemFact fact;
        fact.fact = next();
        fact.item = ItemId{fact.fact.value};
        fact.customer = item.customer;
        fact.type = item.type;
        fact.currency = item.money;
        fact.amount = item.amount;
        fact.issue = item.issue;
        fact.due = item.due;
        fact.flags = item.flags;
        items_.push_back(fact);
        book_.append(fact);
        return fact.item;
    }
    ItemId invoice(CustomerId customer, std::int64_t amount, const char* issue, const char* due) {
        return item({customer, amount, day(issue), day(due)});
    }
    FactNo settle(ItemId item, std::int64_t amount, Date on, ClearingCause cause = ClearingCause::cash,
                  ItemId counter = {}) {
        AllocationFact fact;
        fact.fact = next();
        fact.item = item;
        fact.counter = counter;
        fact.cause = cause;
        fact.amount = amount;
        fact.given = fact.effective = on;
        book_.append(fact);
        return fact.fact;
    }
    /// A counter-fact, or what gives one again: the amount with its sign.
    FactNo reverse(ItemId item, FactNo reverses, std::int64_t amount, Date on) {
        AllocationFact fact;
        fact.fact = next();
        fact.item = item;
        fact.cause = ClearingCause::cash;
        fact.amount = amount;
        fact.given = fact.effective = on;
        fact.reverses = reverses;
        book_.append(fact);
        return fact.fact;
    }
    StandingId standing(StandingFact fact) {
        fact.fact = next();
        if (!fact.standing) fact.standing = StandingId{fact.fact.value};
        book_.append(fact);
        return fact.standing;
    }
    Snapshot snapshot() {
        book_.publish(FactNo{fact_}, Instant{fact_ * 1'000'000});
        return book_.snapshot();
    }
    const std::vector<ItemFact>& items() const { return items_; }

private:
    FactNo next() { return FactNo{++fact_}; }
    Book book_;
    std::int64_t fact_ = 0, customers_ = 0;
    std::vector<ItemFact> items_;
};

}  // namespace countback::test
