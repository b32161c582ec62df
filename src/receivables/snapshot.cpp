// Reading the Book at a moment. See book.h for LED-3.
#include <algorithm>

#include "base/ensure.h"
#include "receivables/book.h"

namespace countback {
namespace {

constexpr std::int32_t open_end = std::numeric_limits<std::int32_t>::max();

/// The first of `count` ascending values that is not below `wanted`.
template <class T>
std::uint32_t lower(const Column<T>& column, std::uint32_t count, std::int64_t wanted) {
    std::uint32_t low = 0, high = count;
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (column[middle] < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/// Whether a value from one day stands on `day` before a newer fact's from another: the latest that has come,
/// else the first to come. Newest facts are met first, so of equal days the first met stands.
bool stands_before(std::int32_t from, std::int32_t other, std::int32_t day) {
    return other > day ? from < other : from <= day && from > other;
}

template <class Wanted>
bool listed(const std::vector<Wanted>& list, Wanted wanted) {
    return list.empty() || std::find(list.begin(), list.end(), wanted) != list.end();
}

}  // namespace

FactNo Snapshot::known_at(Instant instant) const {
    // The ledger never records an instant before its last one, so the column ascends.
    const std::uint32_t row = lower(store_->journal_micros, journal_, instant.micros + 1);
    return FactNo{row == 0 ? 0 : store_->journal_fact[row - 1]};
}

std::optional<Instant> Snapshot::instant_of(FactNo fact) const {
    const std::uint32_t row = lower(store_->journal_fact, journal_, fact.value);
    if (row == journal_) return std::nullopt;
    return Instant{store_->journal_micros[row]};
}

std::optional<AccountRow> Snapshot::account(CustomerId customer) const {
    if (customer.value <= 0) return std::nullopt;
    const std::uint32_t row = store_->account_of_customer.peek(static_cast<std::uint32_t>(customer.value));
    if (row == 0 || row > accounts_) return std::nullopt;
    return AccountRow{row - 1};
}

std::optional<ItemRow> Snapshot::item(ItemId item) const {
    const std::uint32_t row = lower(store_->item_id, items_, item.value);
    if (row == items_ || store_->item_id[row] != item.value) return std::nullopt;
    return ItemRow{row};
}

ItemId Snapshot::item_id(ItemRow item) const {
    return ItemId{store_->item_id[static_cast<std::uint32_t>(item)]};
}

CustomerId Snapshot::customer(AccountRow account) const {
    return CustomerId{store_->account_customer[static_cast<std::uint32_t>(account)]};
}

EntityId Snapshot::entity(AccountRow account) const {
    return EntityId{store_->account_entity[static_cast<std::uint32_t>(account)]};
}

bool Snapshot::marked(AccountRow account, AccountMark mark) const {
    const std::uint32_t marks = store_->account_marks.peek(static_cast<std::uint32_t>(account));
    return (marks & static_cast<std::uint32_t>(mark)) != 0;
}

AttributeValues Snapshot::attribute_values(AccountRow account, Moment moment) const {
    const std::int64_t known = visible(moment.known_at).value;
    const std::int32_t day = moment.as_of.days();
    AttributeValues values{};
    std::array<std::int32_t, attribute_end> from{};
    std::uint32_t met = 0;
    std::uint32_t row = store_->account_attributes.get(static_cast<std::uint32_t>(account));
    while (row != no_row) {
        const BookStore::AttributeRow read = store_->attribute[row];
        row = read.next;
        if (read.fact > known) continue;
        const auto at = static_cast<std::size_t>(read.attribute);
        const bool first = (met >> at & 1U) == 0;
        if (!first && !stands_before(read.from, from[at], day)) continue;
        met |= 1U << at;
        from[at] = read.from;
        values[at] = read.value;
    }
    return values;
}

std::int64_t Snapshot::attribute(AccountRow account, Attribute attribute, Moment moment) const {
    const std::int64_t known = visible(moment.known_at).value;
    const std::int32_t day = moment.as_of.days();
    const BookStore::AttributeRow* chosen = nullptr;
    BookStore::AttributeRow best{};
    std::uint32_t row = store_->account_attributes.get(static_cast<std::uint32_t>(account));
    while (row != no_row) {
        const BookStore::AttributeRow read = store_->attribute[row];
        row = read.next;
        if (read.attribute != attribute || read.fact > known) continue;
        if (chosen != nullptr && !stands_before(read.from, best.from, day)) continue;
        best = read;
        chosen = &best;
    }
    return chosen == nullptr ? 0 : best.value;
}

std::vector<AttributeFact> Snapshot::attributes(AccountRow account, FactNo known_at) const {
    std::vector<AttributeFact> facts;
    const std::int64_t known = visible(known_at).value;
    for (std::uint32_t at = store_->account_attributes.get(static_cast<std::uint32_t>(account)); at != no_row;
         at = store_->attribute[at].next) {
        const BookStore::AttributeRow row = store_->attribute[at];
        if (row.fact > known) continue;
        facts.push_back({FactNo{row.fact}, customer(account), row.attribute, row.value, Date(row.from)});
    }
    return facts;
}

/// The block's items that are open later than D, and what came since: only additions may have, and none that
/// opens an item again.
std::optional<std::vector<std::uint32_t>> Snapshot::open_rows(AccountRow account, Moment moment) const {
    const BookStore& store = *store_;
    const auto row = static_cast<std::uint32_t>(account);
    const PostingBlock* block = postings_->block_of(row);
    const std::int64_t touched = store.account_touched.peek(row);
    if (block == nullptr) return std::nullopt;
    const std::int64_t held = block->known.value;
    if (touched > held && (store.account_corrected.peek(row) > held || moment.known_at.value < held))
        return std::nullopt;
    if (touched <= held && visible(moment.known_at).value < touched) return std::nullopt;
    std::vector<std::uint32_t> rows;
    if (touched > held) {
        std::uint32_t item = store.account_items.get(row);
        for (; item != no_row && store.item_id[item] > held; item = store.item_next[item])
            rows.push_back(item);
        std::uint32_t part = store.account_allocations.get(row);
        for (; part != no_row && store.allocation_fact[part] > held;
             part = store.allocation_account_next[part]) {
            if (store.allocation_amount[part] < 0) return std::nullopt;
        }
    }
    const auto newer = static_cast<std::ptrdiff_t>(rows.size());
    for (const OpenUntil& one : block->items_of(account)) {
        if (one.day <= moment.as_of.days()) break;
        rows.push_back(one.item);
    }
    std::sort(rows.begin() + newer, rows.end(), std::greater<>());
    return rows;
}

void Snapshot::read_ahead(AccountRow account, Moment moment, Ahead what) const {
    const BookStore& store = *store_;
    const auto row = static_cast<std::uint32_t>(account);
    const PostingBlock* block = postings_->block_of(row);
    if (block == nullptr) return;
    for (const OpenUntil& one : block->items_of(account)) {
        if (one.day <= moment.as_of.days()) break;
        if (what == Ahead::places) {
            store.item_versions.prefetch(one.item);
            store.item_allocations.prefetch(one.item);
            store.item_id.prefetch(one.item);
            store.item_account.prefetch(one.item);
            store.item_type.prefetch(one.item);
            store.item_currency.prefetch(one.item);
            continue;
        }
        const std::uint32_t version = store.item_versions.get(one.item);
        store.version_fact.prefetch(version);
        store.version_amount.prefetch(version);
        store.version_issue.prefetch(version);
        store.version_due.prefetch(version);
        store.version_flags.prefetch(version);
        const std::uint32_t part = store.item_allocations.get(one.item);
        if (part == no_row) continue;
        store.allocation_day.prefetch(part);
        store.allocation_fact.prefetch(part);
        store.allocation_amount.prefetch(part);
        store.allocation_next.prefetch(part);
    }
    const std::uint32_t attribute = store.account_attributes.get(row);
    if (what == Ahead::places && attribute != no_row) store.attribute.prefetch(attribute);
}

std::optional<ItemView> Snapshot::view(ItemRow item, FactNo known_at) const {
    const BookStore& store = *store_;
    const auto index = static_cast<std::uint32_t>(item);
    const std::int64_t known = visible(known_at).value;
    std::uint32_t row = store.item_versions.get(index);
    while (row != no_row && store.version_fact[row] > known) row = store.version_older[row];
    if (row == no_row || (store.version_flags[row] & item_flag::undone) != 0) return std::nullopt;
    return ItemView{item,
                    ItemId{store.item_id[index]},
                    AccountRow{store.item_account[index]},
                    static_cast<ItemType>(store.item_type[index]),
                    Currency::at(store.item_currency[index]),
                    store.version_amount[row],
                    Date(store.version_issue[row]),
                    Date(store.version_due[row]),
                    store.version_flags[row],
                    FactNo{store.version_fact[row]}};
}

std::vector<ItemView> Snapshot::versions(ItemRow item, FactNo known_at) const {
    std::vector<ItemView> found;
    FactNo limit = visible(known_at);
    const auto index = static_cast<std::uint32_t>(item);
    for (std::uint32_t row = store_->item_versions.get(index); row != no_row;
         row = store_->version_older[row]) {
        if (store_->version_fact[row] > limit.value) continue;
        if (const auto version = view(item, FactNo{store_->version_fact[row]})) found.push_back(*version);
    }
    return found;
}

std::int64_t Snapshot::open(const ItemView& item, Moment moment) const {
    if (item.memo() || moment.as_of < item.issue) return 0;
    const BookStore& store = *store_;
    const std::int64_t known = visible(moment.known_at).value;
    const std::int32_t day = moment.as_of.days();
    std::int64_t left = item.amount < 0 ? -item.amount : item.amount;
    std::uint32_t row = store.item_allocations.get(static_cast<std::uint32_t>(item.row));
    for (; row != no_row; row = store.allocation_next[row]) {
        if (store.allocation_day[row] <= day && store.allocation_fact[row] <= known)
            left -= store.allocation_amount[row];
    }
    left = std::max<std::int64_t>(left, 0);
    return item.amount < 0 ? -left : left;
}

std::optional<StandingView> Snapshot::standing_view(std::uint32_t row, FactNo known_at) const {
    const BookStore& store = *store_;
    const std::int64_t known = visible(known_at).value;
    std::uint32_t at = store.standing_versions.get(row);
    while (at != no_row && store.standing_version[at].fact > known) at = store.standing_version[at].older;
    if (at == no_row) return std::nullopt;
    const BookStore::StandingVersion version = store.standing_version[at];
    if (version.cancelled) return std::nullopt;
    StandingView view;
    view.id = StandingId{store.standing_id[row]};
    view.fact = FactNo{version.fact};
    view.account = AccountRow{store.standing_account[row]};
    if (store.standing_item[row] != no_row) view.item = ItemRow{store.standing_item[row]};
    view.kind = static_cast<StandingKind>(store.standing_kind[row]);
    if (version.amount != 0) view.amount = version.amount;
    view.cause = LabelId{version.cause};
    view.source = static_cast<StandingSource>(store.standing_source[row]);
    view.from = Date(version.from);
    if (version.to != open_end) view.to = Date(version.to);
    return view;
}

std::optional<StandingView> Snapshot::standing(StandingId id, FactNo known_at) const {
    const std::uint32_t row = lower(store_->standing_id, standings_, id.value);
    if (row == standings_ || store_->standing_id[row] != id.value) return std::nullopt;
    return standing_view(row, known_at);
}

std::vector<LoadView> Snapshot::loads(FactNo known_at) const {
    const FactNo limit = visible(known_at);
    std::vector<LoadView> found;
    std::vector<LoadId> undone;
    for (std::uint32_t at = loads_; at > 0; --at) {
        const LoadFact fact = store_->load[at - 1];
        if (fact.fact > limit) continue;
        if (fact.undone) {
            undone.push_back(fact.load);
        } else if (std::find(undone.begin(), undone.end(), fact.load) == undone.end()) {
            found.push_back({fact.load, fact.fact, fact.entity, fact.as_of, fact.mode});
        }
    }
    return found;
}

Snapshot::Recorded Snapshot::recorded(FactNo first, FactNo last) const {
    const BookStore& store = *store_;
    Recorded recorded;
    for (std::uint32_t row = lower(store.version_fact, versions_, first.value);
         row < versions_ && store.version_fact[row] <= last.value; ++row) {
        recorded.versions.emplace_back(ItemRow{store.version_item[row]}, FactNo{store.version_fact[row]});
    }
    std::int64_t before = 0;
    for (std::uint32_t row = lower(store.allocation_fact, allocations_, first.value);
         row < allocations_ && store.allocation_fact[row] <= last.value; ++row) {
        if (store.allocation_fact[row] == before) continue;  // the other side
        before = store.allocation_fact[row];
        const ItemRow item{store.allocation_item[row]};
        each_allocation(item, FactNo{before}, [&](const AllocationView& view) {
            if (view.fact.value == before) recorded.allocations.emplace_back(item, view);
        });
    }
    for (std::uint32_t row = lower(store.standing_id, standings_, first.value);
         row < standings_ && store.standing_id[row] <= last.value; ++row) {
        if (const auto standing = standing_view(row, last)) recorded.standings.push_back(*standing);
    }
    for (std::uint32_t account = 0; account < accounts_; ++account) {
        const std::uint32_t newest = store.account_attributes.get(account);
        if (newest == no_row || store.attribute[newest].fact < first.value) continue;
        for (const AttributeFact& fact : attributes(AccountRow{account}, last)) {
            if (fact.fact >= first) recorded.attributes.emplace_back(AccountRow{account}, fact);
        }
    }
    return recorded;
}

Snapshot::Gatekeeper::Gatekeeper(const Snapshot& book, const Perimeter& perimeter, const Selection& selection,
                                 Moment moment)
    : book_(book),
      perimeter_(perimeter),
      selection_(selection),
      moment_(moment),
      all_(perimeter.admits_everything() && selection.entities.empty() && selection.collectors.empty() &&
           selection.segments.empty()) {}

bool Snapshot::Gatekeeper::operator()(AccountRow account) const {
    if (all_) return true;
    const EntityId entity = book_.entity(account);
    if (!perimeter_.admits(entity) || !listed(selection_.entities, entity)) return false;
    if (!perimeter_.all_collectors || !selection_.collectors.empty()) {
        const LabelId collector{book_.attribute(account, Attribute::collector, moment_)};
        if (!perimeter_.admits(entity, collector) || !listed(selection_.collectors, collector)) return false;
    }
    return selection_.segments.empty() ||
           listed(selection_.segments, LabelId{book_.attribute(account, Attribute::segment, moment_)});
}

}  // namespace countback
