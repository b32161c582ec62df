// The Book: the ledger in memory (LED-3). One writer appends facts; readers hold a Snapshot and never wait.
//
//   open(item, D, T) = sign × (|amount| − Σ allocations effective ≤ D, recorded ≤ T), never across zero,
//                      zero before the issue date.
//
// Example: invoice of 100 issued 1 Mar; 40 allocated effective 10 Mar, recorded as fact 7; 60 allocated
// effective 12 Mar, recorded as fact 9. open(11 Mar, now) = 60; open(12 Mar, fact 8) = 60; open(12 Mar, now)
// = 0.
//
// How it rests: columns by rows; each account has the list of its items, each item the lists of its versions
// and allocations, newest first. A fact newer than the reader's T is passed over, so a Snapshot is only a
// fact number and some counts beside the shared columns: taking one costs nothing, appending copies nothing.
#pragma once
#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "access/perimeter.h"
#include "base/clock.h"
#include "base/moment.h"
#include "receivables/columns.h"
#include "receivables/postings.h"
#include "receivables/types.h"

namespace countback {

/// Places in the Book, as AccountRow. They name the same thing for the life of the process; never stored.
enum class ItemRow : std::uint32_t {};

/// Accounts first … last − 1, by row.
struct AccountSpan {
    std::uint32_t first = 0, last = 0;
};

/// What some accounts have and most have not: questions about it go to those alone.
enum class AccountMark : std::uint32_t {
    linked = 1,    ///< its group_master or payment_centre was recorded once
    insolvent = 2  ///< an insolvency was recorded once
};

/// By Attribute.
using AttributeValues = std::array<std::int64_t, attribute_end>;

/// An item as known at some T.
struct ItemView {
    ItemRow row{};
    ItemId id;
    AccountRow account{};
    ItemType type = ItemType::invoice;
    Currency currency;
    std::int64_t amount = 0;  ///< signed minor units
    Date issue;
    Date due;
    std::uint32_t flags = 0;
    FactNo version;  ///< the fact this is read from; its texts hang on `id`

    bool debit() const { return amount > 0; }
    bool memo() const { return type == ItemType::down_payment_request; }
};

/// One side of an allocation, as seen from an item.
struct AllocationView {
    FactNo fact;
    Date effective;
    std::int64_t amount = 0;  ///< > 0 settles, < 0 takes back
    ClearingCause cause = ClearingCause::link;
    std::optional<ItemRow> counter;
    bool estimated = false;
    FactNo reverses;  ///< of a counter-fact: the allocation it takes back
};

struct StandingView {
    StandingId id;
    FactNo fact;
    AccountRow account{};
    std::optional<ItemRow> item;
    StandingKind kind = StandingKind::stop;
    std::optional<std::int64_t> amount;
    LabelId cause;
    StandingSource source = StandingSource::desk;
    Date from;
    std::optional<Date> to;

    bool holds_on(Date day) const { return from <= day && (!to || day <= *to); }
};

struct LoadView {
    LoadId load;
    FactNo fact;
    EntityId entity;
    Date as_of;
    LoadMode mode = LoadMode::delta;
};

/// Which accounts a question is about, beside what the Perimeter admits. Empty lists = all.
struct Selection {
    std::vector<EntityId> entities;
    std::vector<LabelId> collectors;
    std::vector<LabelId> segments;
    std::vector<CustomerId> customers;
    std::optional<Currency> currency;  ///< items of this currency only
};

struct BookStore;  // the shared columns; book_store.h, inside receivables only

/// The Book at a fact number: cheap to copy, safe to read from any thread while facts are appended.
class Snapshot {
public:
    Snapshot() = default;

    FactNo last_fact() const { return last_fact_; }
    /// The last fact recorded at or before an instant (the clock never orders facts).
    FactNo known_at(Instant instant) const;
    std::optional<Instant> instant_of(FactNo fact) const;

    std::uint32_t account_count() const { return accounts_; }
    std::uint32_t item_count() const { return items_; }
    std::uint32_t allocation_count() const { return allocations_; }

    std::optional<AccountRow> account(CustomerId customer) const;
    std::optional<ItemRow> item(ItemId item) const;
    ItemId item_id(ItemRow item) const;
    CustomerId customer(AccountRow account) const;
    EntityId entity(AccountRow account) const;
    /// The value that holds on `moment.as_of`, or 0. Before an attribute's first day: its first value.
    std::int64_t attribute(AccountRow account, Attribute attribute, Moment moment) const;
    /// All of them at once.
    AttributeValues attribute_values(AccountRow account, Moment moment) const;
    /// Every attribute fact of the account recorded up to T, newest first.
    std::vector<AttributeFact> attributes(AccountRow account, FactNo known_at) const;

    /// Calls `visit(AccountRow)` for each account that the perimeter admits and the selection names, at the
    /// moment, in ascending order of customer's arrival.
    template <class Visit>
    void each_account(const Perimeter& perimeter, const Selection& selection, Moment moment,
                      Visit visit) const {
        each_account({0, accounts_}, perimeter, selection, moment, visit);
    }
    /// The same among the neighbours of one of spans(selection).
    template <class Visit>
    void each_account(AccountSpan span, const Perimeter& perimeter, const Selection& selection, Moment moment,
                      Visit visit) const {
        const Gatekeeper admits(*this, perimeter, selection, moment);
        if (!selection.customers.empty()) {
            for (const CustomerId customer : selection.customers) {
                const auto row = account(customer);
                if (row && admits(*row)) visit(*row);
            }
            return;
        }
        for (std::uint32_t row = span.first; row < span.last; ++row) {
            if (admits(AccountRow{row})) visit(AccountRow{row});
        }
    }
    /// Whether the account was ever given the mark; what it stands for may have come after T, or be over.
    bool marked(AccountRow account, AccountMark mark) const;
    /// Calls `visit(AccountRow)` for each account with the mark, in ascending order.
    template <class Visit>
    void each_marked(AccountMark mark, Visit visit) const {
        for (std::uint32_t row = 0; row < accounts_; ++row) {
            if (marked(AccountRow{row}, mark)) visit(AccountRow{row});
        }
    }
    /// All accounts cut into spans of about as many postings each: pieces for in_parallel(). One span where
    /// the selection names customers.
    std::vector<AccountSpan> spans(const Selection& selection = {}) const;
    bool admits(const Perimeter& perimeter, const Selection& selection, Moment moment,
                AccountRow account) const {
        return Gatekeeper(*this, perimeter, selection, moment)(account);
    }

    /// Calls `visit(const ItemView&)` for each item of the account known at T (issued or not), newest first.
    /// Items of an undone load and of other currencies than the selection's are not for the visitor to skip:
    /// undone ones never come.
    template <class Visit>
    void each_item(AccountRow account, FactNo known_at, Visit visit) const;
    /// The same without items that are settled on D: each with an open amount comes, and memo items; others
    /// may.
    template <class Visit>
    void each_open_item(AccountRow account, Moment moment, Visit visit) const;
    /// Begins to bring closer what each_open_item() will read of an account: first where it rests, then, some
    /// accounts later, itself. Who walks through many accounts waits less for memory; changes nothing.
    enum class Ahead : std::uint8_t { places, values };
    void read_ahead(AccountRow account, Moment moment, Ahead what) const;
    /// The item as known at T, when it was.
    std::optional<ItemView> view(ItemRow item, FactNo known_at) const;
    /// All versions recorded up to T, newest first.
    std::vector<ItemView> versions(ItemRow item, FactNo known_at) const;

    /// Calls `visit(const AllocationView&)` for each allocation recorded up to T, newest first.
    template <class Visit>
    void each_allocation(ItemRow item, FactNo known_at, Visit visit) const;

    /// LED-3. Signed minor units; memo items (LED-2) are 0.
    std::int64_t open(const ItemView& item, Moment moment) const;

    /// Calls `visit(const StandingView&)` for each standing of the account as known at T that was not
    /// cancelled, newest first; whether it holds on a day is `holds_on`.
    template <class Visit>
    void each_standing(AccountRow account, FactNo known_at, Visit visit) const;
    std::optional<StandingView> standing(StandingId id, FactNo known_at) const;

    /// Loads not undone, as known at T, newest first.
    std::vector<LoadView> loads(FactNo known_at) const;

    /// Items whose key hash is `key` (IMP-1): nearly always none or one; the caller compares the texts.
    std::vector<ItemRow> items_with_key(std::uint64_t key) const;

    /// What one transaction or load appended, from its range of fact numbers (they are contiguous).
    struct Recorded {
        std::vector<std::pair<ItemRow, FactNo>> versions;  ///< the first of an item too
        std::vector<std::pair<ItemRow, AllocationView>>
            allocations;  ///< one side each: debits, or lone items
        std::vector<StandingView> standings;
        std::vector<std::pair<AccountRow, AttributeFact>> attributes;
    };
    Recorded recorded(FactNo first, FactNo last) const;

private:
    friend class Book;
    friend class BookFile;
    friend class StrandReader;
    /// Decides per account with the attributes of the moment; tests nothing when everything is admitted.
    class Gatekeeper {
    public:
        Gatekeeper(const Snapshot& book, const Perimeter& perimeter, const Selection& selection,
                   Moment moment);
        bool operator()(AccountRow account) const;

    private:
        const Snapshot& book_;
        const Perimeter& perimeter_;
        const Selection& selection_;
        Moment moment_;
        bool all_;
    };

    std::optional<StandingView> standing_view(std::uint32_t row, FactNo known_at) const;
    /// Rows of what each_open_item() visits, newest first; none where every item is to be visited.
    std::optional<std::vector<std::uint32_t>> open_rows(AccountRow account, Moment moment) const;
    FactNo visible(FactNo known_at) const { return known_at < last_fact_ ? known_at : last_fact_; }

    std::shared_ptr<const BookStore> store_;
    std::shared_ptr<const Postings> postings_;
    FactNo last_fact_;
    std::uint32_t accounts_ = 0, items_ = 0, allocations_ = 0;
    std::uint32_t versions_ = 0, standings_ = 0, standing_versions_ = 0, attributes_ = 0;
    std::uint32_t loads_ = 0, journal_ = 0;
};

/// The writer's side: facts in, snapshots out. One thread at a time appends (the ledger sees to it).
class Book {
public:
    Book();
    ~Book();
    /// Facts with their numbers, in any order inside one transaction; versions after their item's first.
    void append(const ItemFact& fact);
    void append(const AllocationFact& fact);
    void append(const StandingFact& fact);
    void append(const AttributeFact& fact);
    void append(const LoadFact& fact);
    /// Makes everything appended so far visible to the next snapshot(): the transaction is committed.
    void publish(FactNo last_fact, Instant recorded);

    /// Makes postings again where enough was published since (at least a 64th of a block), or everywhere that
    /// anything was. The appending thread only; readers go on meanwhile.
    enum class Settle { where_enough, everywhere };
    void settle(Settle where = Settle::where_enough);

    Snapshot snapshot() const;
    /// Bytes held by items (with versions and keys) and by allocations.
    struct Memory {
        std::size_t items = 0, allocations = 0, other = 0;
    };
    Memory memory() const;

private:
    friend class BookFile;
    /// Takes the place of an empty Book's columns; counts are the store's.
    void adopt(std::shared_ptr<BookStore> store, std::shared_ptr<const Postings> postings, FactNo last_fact);
    void present(FactNo last_fact, std::shared_ptr<const Postings> postings);
    std::optional<std::uint32_t> account_row(CustomerId customer) const;
    std::uint32_t item_row(ItemId item) const;
    std::uint32_t standing_row(StandingId id) const;
    void append_version(const ItemFact& fact, std::uint32_t item);
    void append_version(const StandingFact& fact, std::uint32_t standing);
    void append_side(const AllocationFact& fact, std::uint32_t item, std::uint32_t counter);
    enum class Change { addition, correction };
    void touch(std::uint32_t account, FactNo fact, Change change);
    void mark(std::uint32_t account, AccountMark mark);
    bool might_cross_zero(std::uint32_t item, std::int64_t amount) const;
    std::vector<std::uint32_t> blocks_to_settle(Settle where) const;

    std::shared_ptr<BookStore> store_;
    std::vector<std::uint32_t> unsettled_;  ///< by block: facts since its postings were made
    mutable std::mutex mutex_;
    Snapshot published_;
};

}  // namespace countback

#include "receivables/book_store.h"  // the templates' bodies
