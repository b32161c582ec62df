#include "receivables/book.h"

#include <algorithm>

#include "base/ensure.h"
#include "receivables/book_columns.h"

namespace countback {
namespace {

constexpr std::int32_t open_end = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t whole_amount = 0;

}  // namespace

Book::Book() : store_(std::make_shared<BookStore>()) {
    published_.postings_ = std::make_shared<Postings>();
    publish(FactNo{0}, Instant{0});
}
Book::~Book() = default;

void Book::append(const AttributeFact& fact) {
    BookStore& store = *store_;
    const auto customer = static_cast<std::uint32_t>(fact.customer.value);
    std::uint32_t account = no_row;
    if (const auto known = account_row(fact.customer)) {
        account = *known;
    } else {
        ensure(fact.attribute == Attribute::entity, "an account begins with its entity");
        account = store.counts.accounts++;
        store.account_customer.set(account, fact.customer.value);
        store.account_entity.set(account, fact.value);
        store.account_items.begin(account);
        store.account_standings.begin(account);
        store.account_attributes.begin(account);
        store.account_allocations.begin(account);
        store.account_touched.set(account, 0);
        store.account_corrected.set(account, 0);
        store.account_marks.set(account, 0);
        store.account_of_customer.publish(customer, account + 1);
    }
    const bool links =
        fact.attribute == Attribute::group_master || fact.attribute == Attribute::payment_centre;
    if (links && fact.value != 0) mark(account, AccountMark::linked);
    const std::uint32_t row = store.counts.attributes++;
    store.attribute.set(row, {fact.fact.value, fact.value, fact.from.days(),
                              store.account_attributes.get(account), fact.attribute});
    store.account_attributes.move(account, row);
}

std::optional<std::uint32_t> Book::account_row(CustomerId customer) const {
    const std::uint32_t row = store_->account_of_customer.peek(static_cast<std::uint32_t>(customer.value));
    return row == 0 ? std::nullopt : std::optional(row - 1);
}

std::uint32_t Book::item_row(ItemId item) const {
    const BookStore& store = *store_;
    std::uint32_t low = 0, high = store.counts.items;
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (store.item_id[middle] < item.value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    ensure(low < store.counts.items && store.item_id[low] == item.value, "a fact names a recorded item");
    return low;
}

/// Before what it stands for can be met in a list.
void Book::mark(std::uint32_t account, AccountMark mark) {
    Column<std::uint32_t>& marks = store_->account_marks;
    marks.publish(account, marks.peek(account) | static_cast<std::uint32_t>(mark));
}

void Book::append(const ItemFact& fact) {
    BookStore& store = *store_;
    std::uint32_t item = 0;
    if (fact.item.value == fact.fact.value) {
        const auto account = account_row(fact.customer);
        ensure(account.has_value(), "an item belongs to a recorded account");
        item = store.counts.items++;
        ensure(item == 0 || store.item_id[item - 1] < fact.item.value,
               "items arrive in order of their facts");
        store.item_id.set(item, short_fact(FactNo{fact.item.value}));
        store.item_account.set(item, *account);
        store.item_type.set(item, static_cast<std::uint8_t>(fact.type));
        store.item_currency.set(item, fact.currency.index());
        store.item_versions.begin(item);
        store.item_allocations.begin(item);
        store.keys.add(fact.key, item);
        append_version(fact, item);
        store.item_next.set(item, store.account_items.get(*account));
        store.account_items.move(*account, item);
    } else {
        item = item_row(fact.item);
        append_version(fact, item);
    }
}

void Book::append_version(const ItemFact& fact, std::uint32_t item) {
    BookStore& store = *store_;
    const std::uint32_t row = store.counts.versions++;
    store.version_fact.set(row, short_fact(fact.fact));
    store.version_amount.set(row, fact.amount);
    store.version_issue.set(row, fact.issue.days());
    store.version_due.set(row, fact.due.days());
    store.version_flags.set(row, static_cast<std::uint16_t>(fact.flags));
    store.version_item.set(row, item);
    store.version_older.set(row, store.item_versions.get(item));
    const bool first = store.version_older[row] == no_row;
    touch(store.item_account[item], fact.fact, first ? Change::addition : Change::correction);
    store.item_versions.move(item, row);
}

void Book::append(const AllocationFact& fact) {
    const std::uint32_t item = item_row(fact.item);
    const std::uint32_t counter = fact.counter ? item_row(fact.counter) : no_row;
    append_side(fact, item, counter);
    if (counter != no_row) append_side(fact, counter, item);
}

void Book::append_side(const AllocationFact& fact, std::uint32_t item, std::uint32_t counter) {
    BookStore& store = *store_;
    const std::uint32_t row = store.counts.allocations++;
    store.allocation_fact.set(row, short_fact(fact.fact));
    store.allocation_amount.set(row, fact.amount);
    if (fact.reverses) store.allocation_reverses.publish(row, short_fact(fact.reverses));
    store.allocation_day.set(row, fact.effective.days());
    store.allocation_item.set(row, item);
    store.allocation_counter.set(row, counter);
    const auto cause = static_cast<std::uint8_t>(fact.cause);
    store.allocation_cause.set(row, static_cast<std::uint8_t>(cause | (fact.estimated ? 128U : 0U)));
    store.allocation_next.set(row, store.item_allocations.get(item));
    const std::uint32_t account = store.item_account[item];
    store.allocation_account_next.set(row, store.account_allocations.get(account));
    touch(account, fact.fact, might_cross_zero(item, fact.amount) ? Change::correction : Change::addition);
    store.item_allocations.move(item, row);
    store.account_allocations.move(account, row);
}

/// Before the fact can be met in a list, so that a reader that meets it knows its account is touched.
/// Facts of several kinds may come out of order, so the largest stays.
void Book::touch(std::uint32_t account, FactNo fact, Change change) {
    const auto raise = [&](Column<std::uint32_t>& column) {
        if (column[account] < short_fact(fact)) column.publish(account, short_fact(fact));
    };
    if (change == Change::correction) raise(store_->account_corrected);
    raise(store_->account_touched);
    const std::uint32_t block = account / PostingBlock::accounts_max;
    if (unsettled_.size() <= block) unsettled_.resize(block + 1);
    ++unsettled_[block];
}

/// Whether the allocations of an item, with one more, could be more than its amount. A long list is not
/// walked.
bool Book::might_cross_zero(std::uint32_t item, std::int64_t amount) const {
    constexpr int walked_max = 32;
    const BookStore& store = *store_;
    std::int64_t left =
        std::abs(store.version_amount[store.item_versions.get(item)]) - std::max<std::int64_t>(amount, 0);
    int walked = 0;
    std::uint32_t row = store.item_allocations.get(item);
    for (; row != no_row && walked < walked_max; row = store.allocation_next[row], ++walked)
        left -= std::max<std::int64_t>(store.allocation_amount[row], 0);
    return left < 0 || row != no_row;
}

void Book::append(const StandingFact& fact) {
    BookStore& store = *store_;
    std::uint32_t standing = no_row;
    if (fact.standing.value == fact.fact.value) {
        const auto account = account_row(fact.customer);
        ensure(account.has_value(), "a standing belongs to a recorded account");
        standing = store.counts.standings++;
        store.standing_id.set(standing, fact.standing.value);
        store.standing_account.set(standing, *account);
        store.standing_item.set(standing, fact.item ? item_row(fact.item) : no_row);
        store.standing_kind.set(standing, static_cast<std::uint8_t>(fact.kind));
        store.standing_source.set(standing, static_cast<std::uint8_t>(fact.source));
        store.standing_versions.begin(standing);
        if (fact.kind == StandingKind::insolvency) mark(*account, AccountMark::insolvent);
        append_version(fact, standing);
        store.standing_next.set(standing, store.account_standings.get(*account));
        store.account_standings.move(*account, standing);
    } else {
        standing = standing_row(fact.standing);
        append_version(fact, standing);
    }
}

void Book::append_version(const StandingFact& fact, std::uint32_t standing) {
    BookStore& store = *store_;
    const std::uint32_t row = store.counts.standing_versions++;
    store.standing_version.set(
        row, {fact.fact.value, fact.amount.value_or(whole_amount), fact.cause.value, fact.from.days(),
              fact.to ? fact.to->days() : open_end, store.standing_versions.get(standing), fact.cancelled});
    store.standing_versions.move(standing, row);
}

std::uint32_t Book::standing_row(StandingId id) const {
    const BookStore& store = *store_;
    std::uint32_t low = 0, high = store.counts.standings;
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (store.standing_id[middle] < id.value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    ensure(low < store.counts.standings && store.standing_id[low] == id.value,
           "a fact names a recorded standing");
    return low;
}

void Book::append(const LoadFact& fact) { store_->load.set(store_->counts.loads++, fact); }

void Book::publish(FactNo last_fact, Instant recorded) {
    BookStore& store = *store_;
    if (last_fact) {
        const std::uint32_t row = store.counts.journal++;
        store.journal_fact.set(row, last_fact.value);
        store.journal_micros.set(row, recorded.micros);
    }
    present(last_fact, published_.postings_);
}

void Book::present(FactNo last_fact, std::shared_ptr<const Postings> postings) {
    const BookStore& store = *store_;
    Snapshot next;
    next.store_ = store_;
    next.postings_ = std::move(postings);
    next.last_fact_ = last_fact;
    next.accounts_ = store.counts.accounts;
    next.items_ = store.counts.items;
    next.allocations_ = store.counts.allocations;
    next.versions_ = store.counts.versions;
    next.standings_ = store.counts.standings;
    next.standing_versions_ = store.counts.standing_versions;
    next.attributes_ = store.counts.attributes;
    next.loads_ = store.counts.loads;
    next.journal_ = store.counts.journal;
    const std::lock_guard lock(mutex_);
    published_ = std::move(next);
}

void Book::adopt(std::shared_ptr<BookStore> store, std::shared_ptr<const Postings> postings,
                 FactNo last_fact) {
    store_ = std::move(store);
    present(last_fact, std::move(postings));
}

Snapshot Book::snapshot() const {
    const std::lock_guard lock(mutex_);
    return published_;
}

Book::Memory Book::memory() const {
    const BookStore& store = *store_;
    const auto& counts = store.counts;
    Memory memory;
    const auto into = [](std::size_t& bytes) {
        return [&bytes](const auto& column, std::uint32_t rows, auto...) { bytes += column.bytes(rows); };
    };
    each_column_of_items(store, counts, into(memory.items));
    each_column_of_allocations(store, counts, into(memory.allocations));
    each_column_of_accounts(store, counts, into(memory.other));
    each_column_of_the_rest(store, counts, into(memory.other));
    memory.items += store.keys.place_bytes();
    memory.allocations += store.allocation_reverses.held_bytes();
    memory.other += store.account_of_customer.held_bytes();
    for (const auto& block : snapshot().postings_->blocks) {
        if (!block) continue;
        memory.items += block->document_bytes();
        memory.allocations += block->bytes() - block->document_bytes();
    }
    return memory;
}

void KeyIndex::add(std::uint64_t key, std::uint32_t item) {
    const std::unique_lock lock(mutex_);
    if ((used_ + 1) * 4 > slots_.size() * 3) grow();
    keys_.set(item, key);
    place(key, item);
    ++used_;
}

void KeyIndex::place(std::uint64_t key, std::uint32_t item) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = key & mask;
    while (slots_[at] != no_row) at = (at + 1) & mask;
    slots_[at] = item;
}

void KeyIndex::grow() {
    const std::size_t size = std::max<std::size_t>(1024, slots_.size() * 2);
    slots_.clear();
    slots_.shrink_to_fit();
    slots_.assign(size, no_row);
    for (std::uint32_t item = 0; item < used_; ++item) place(keys_[item], item);
}

void KeyIndex::place_all(std::uint32_t items) {
    const std::unique_lock lock(mutex_);
    used_ = items;
    slots_.assign(std::bit_ceil(std::max<std::size_t>(1024, items + items / 2)), no_row);
    constexpr std::uint32_t ahead =
        24;  // places are all over the memory: brought closer before they are written
    for (std::uint32_t item = 0; item < items; ++item) {
        if (item + ahead < items) __builtin_prefetch(&slots_[keys_[item + ahead] & (slots_.size() - 1)], 1);
        place(keys_[item], item);
    }
}

std::vector<std::uint32_t> KeyIndex::find(std::uint64_t key) const {
    const std::shared_lock lock(mutex_);
    std::vector<std::uint32_t> found;
    if (slots_.empty()) return found;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = key & mask; slots_[at] != no_row; at = (at + 1) & mask) {
        if (keys_[slots_[at]] == key) found.push_back(slots_[at]);
    }
    return found;
}

std::vector<ItemRow> Snapshot::items_with_key(std::uint64_t key) const {
    std::vector<ItemRow> rows;
    for (const std::uint32_t item : store_->keys.find(key)) {
        if (item < items_) rows.push_back(ItemRow{item});
    }
    return rows;
}

}  // namespace countback
