// For tests: a Book without a database, and what is open in it by either of its shapes.
#pragma once
#include "receivables/strands.h"

namespace countback {

inline const Date first_of_march = *Date::of(2026, 3, 1);

/// A Book of one's own, fact by fact.
struct Writer {
    Book book;
    std::int64_t fact = 0;

    FactNo next() { return FactNo{++fact}; }
    void account(std::int64_t customer) {
        book.append(AttributeFact{next(), CustomerId{customer}, Attribute::entity, 1, first_of_march});
    }
    ItemId item(std::int64_t customer, std::int64_t amount, int day, std::uint32_t flags = 0) {
        ItemFact fact_of_item;
        fact_of_item.fact = next();
        fact_of_item.item = ItemId{fact};
        fact_of_item.customer = CustomerId{customer};
        fact_of_item.type = amount > 0 ? ItemType::invoice : ItemType::payment;
        fact_of_item.amount = amount;
        fact_of_item.issue = fact_of_item.due = first_of_march + day;
        fact_of_item.flags = flags;
        fact_of_item.key = static_cast<std::uint64_t>(fact) * 0x9e3779b97f4a7c15ULL;
        book.append(fact_of_item);
        return fact_of_item.item;
    }
    void settle_item(ItemId item, std::int64_t amount, int day) {
        AllocationFact part;
        part.fact = next();
        part.item = item;
        part.cause = ClearingCause::cash;
        part.amount = amount;
        part.given = part.effective = first_of_march + day;
        book.append(part);
    }
    Snapshot publish() {
        book.publish(FactNo{fact}, Instant{fact});
        return book.snapshot();
    }
};

inline std::int64_t open_by_postings(const Snapshot& book, Moment moment) {
    StrandReader reader(book, moment.known_at);
    std::int64_t sum = 0;
    book.each_account(Perimeter::whole(), {}, moment, [&](AccountRow account) {
        reader.each_strand(account, [&](const Strand& strand) {
            for (const Posting& one : strand.all)
                sum += (one.when & posting::day_mask) <= posting::day_of(moment.as_of) ? one.amount : 0;
        });
    });
    return sum;
}

inline std::int64_t open_by_lists(const Snapshot& book, Moment moment) {
    std::int64_t sum = 0;
    book.each_account(Perimeter::whole(), {}, moment, [&](AccountRow account) {
        book.each_item(account, moment.known_at,
                       [&](const ItemView& item) { sum += book.open(item, moment); });
    });
    return sum;
}

}  // namespace countback
