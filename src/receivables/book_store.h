// The shared columns behind Book and Snapshot, and the bodies of Snapshot's templates. Include book.h.
#pragma once
#include <shared_mutex>

#include "receivables/book.h"

namespace countback {

/// Finds items by key hash. Open addressing over item rows; a lock around each look-up, since it grows.
/// The whole hash is compared: callers trust what is found.
class KeyIndex {
public:
    void add(std::uint64_t key, std::uint32_t item);
    std::vector<std::uint32_t> find(std::uint64_t key) const;
    Column<std::uint64_t>& hashes() { return keys_; }  ///< by item row
    const Column<std::uint64_t>& hashes() const { return keys_; }
    /// Places the first `items` keys, whose memory was made and filled directly.
    void place_all(std::uint32_t items);
    std::size_t place_bytes() const { return slots_.size() * sizeof(std::uint32_t); }

private:
    void place(std::uint64_t key, std::uint32_t item);
    void grow();
    mutable std::shared_mutex mutex_;
    std::vector<std::uint32_t> slots_;  ///< item rows
    Column<std::uint64_t> keys_;        ///< by item row
    std::size_t used_ = 0;
};

/// Facts rest in 32 bits: a company has at most 4 294 967 295 of them.
inline std::uint32_t short_fact(FactNo fact) {
    ensure(fact.value >= 0 && fact.value <= 0xffffffffLL, "a fact's number fits 32 bits");
    return static_cast<std::uint32_t>(fact.value);
}

struct BookStore {
    // accounts
    Column<std::int64_t> account_customer, account_entity;
    Column<std::uint32_t> account_of_customer;  ///< by customer id; row + 1
    Heads account_items, account_standings, account_attributes;
    Heads account_allocations;  ///< newest first, of all its items
    /// The last fact of its items and allocations; and the last that postings cannot be carried on by: a
    /// correction, or an allocation that might make the open amount stop at zero.
    Column<std::uint32_t> account_touched, account_corrected;
    Column<std::uint32_t> account_marks;  ///< AccountMark, added up
    // items; ids ascend with rows
    Column<std::uint32_t> item_id, item_account, item_next;
    Column<std::uint8_t> item_type, item_currency;
    Heads item_versions, item_allocations;
    KeyIndex keys;
    // versions; facts ascend with rows
    Column<std::uint32_t> version_fact;
    Column<std::int64_t> version_amount;
    Column<std::int32_t> version_issue, version_due;
    Column<std::uint16_t> version_flags;
    Column<std::uint32_t> version_item, version_older;
    // allocations, one row a side; facts ascend with rows
    Column<std::uint32_t> allocation_fact;
    Column<std::int64_t> allocation_amount;
    Column<std::uint32_t> allocation_reverses;  ///< where one does; read with peek()
    Column<std::int32_t> allocation_day;
    Column<std::uint32_t> allocation_item, allocation_counter, allocation_next, allocation_account_next;
    Column<std::uint8_t> allocation_cause;  ///< ClearingCause, + 128 when the date is estimated
    // standings and their versions
    Column<std::int64_t> standing_id;
    Column<std::uint32_t> standing_account, standing_item, standing_next;
    Column<std::uint8_t> standing_kind, standing_source;
    Heads standing_versions;
    struct StandingVersion {
        std::int64_t fact, amount, cause;
        std::int32_t from, to;
        std::uint32_t older;
        bool cancelled;
    };
    Column<StandingVersion> standing_version;
    // attributes
    struct AttributeRow {
        std::int64_t fact, value;
        std::int32_t from;
        std::uint32_t next;
        Attribute attribute;
    };
    Column<AttributeRow> attribute;
    // loads and the journal
    Column<LoadFact> load;
    Column<std::int64_t> journal_fact, journal_micros;

    struct Counts {
        std::uint32_t accounts = 0, items = 0, versions = 0, allocations = 0, standings = 0,
                      standing_versions = 0, attributes = 0, loads = 0, journal = 0;
    };
    Counts counts;  ///< the writer's; readers have their snapshot's
};

template <class Visit>
void Snapshot::each_item(AccountRow account, FactNo known_at, Visit visit) const {
    std::uint32_t row = store_->account_items.get(static_cast<std::uint32_t>(account));
    for (; row != no_row; row = store_->item_next[row]) {
        if (const auto item = view(ItemRow{row}, known_at)) visit(*item);
    }
}

template <class Visit>
void Snapshot::each_open_item(AccountRow account, Moment moment, Visit visit) const {
    const auto rows = open_rows(account, moment);
    if (!rows) return each_item(account, moment.known_at, visit);
    for (const std::uint32_t row : *rows) {
        if (const auto item = view(ItemRow{row}, moment.known_at)) visit(*item);
    }
}

template <class Visit>
void Snapshot::each_allocation(ItemRow item, FactNo known_at, Visit visit) const {
    const BookStore& store = *store_;
    const std::int64_t known = visible(known_at).value;
    std::uint32_t row = store.item_allocations.get(static_cast<std::uint32_t>(item));
    for (; row != no_row; row = store.allocation_next[row]) {
        if (store.allocation_fact[row] > known) continue;
        AllocationView view{FactNo{store.allocation_fact[row]},
                            Date(store.allocation_day[row]),
                            store.allocation_amount[row],
                            static_cast<ClearingCause>(store.allocation_cause[row] & 127),
                            std::nullopt,
                            store.allocation_cause[row] > 127,
                            FactNo{store.allocation_reverses.peek(row)}};
        if (store.allocation_counter[row] != no_row) view.counter = ItemRow{store.allocation_counter[row]};
        visit(view);
    }
}

template <class Visit>
void Snapshot::each_standing(AccountRow account, FactNo known_at, Visit visit) const {
    std::uint32_t row = store_->account_standings.get(static_cast<std::uint32_t>(account));
    for (; row != no_row; row = store_->standing_next[row]) {
        if (const auto standing = standing_view(row, known_at)) visit(*standing);
    }
}

}  // namespace countback
