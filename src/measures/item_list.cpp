#include "measures/item_list.h"

#include <algorithm>
#include <array>

#include "measures/flows.h"
#include "measures/strand_sums.h"

namespace countback {
namespace {

/// Neighbouring items that one thread takes at a time.
constexpr std::uint32_t piece_items = 1U << 15;
/// Of fewer than one account in so many the items are sought account by account.
constexpr std::size_t few_accounts = 16;

class ItemLister {
public:
    ItemLister(const Snapshot& book, const MeasureQuery& query, const ItemFilter& filter,
               const ItemWalk::Take& row)
        : book_(book), query_(query), filter_(filter), row_(row), splitter_(book, query.moment) {}

    void take(AccountRow account) {
        if (filter_.part) {
            take_parts(account);
            return;
        }
        const auto take_item = [&](const ItemView& item) { take(item); };
        if (filter_.only_open())
            book_.each_open_item(account, query_.moment, take_item);
        else
            book_.each_item(account, query_.moment.known_at, take_item);
    }
    void take(const ItemView& item) {
        if (!might_count(item) || !matches(item)) return;
        const std::int64_t open = book_.open(item, query_.moment);
        if (!counts(item, open)) return;
        row_({item, open, filter_.billed_in ? item.amount : open});
    }

private:
    bool matches(const ItemView& item) const {
        if (!selects(query_.selection, item.currency) || (filter_.type && *filter_.type != item.type))
            return false;
        if (!filter_.found) return true;
        return std::ranges::binary_search(filter_.found->items, item.id) ||
               std::ranges::binary_search(filter_.found->customers, book_.customer(item.account));
    }

    /// What is seen without the allocations, so that those of most items need not be looked up.
    bool might_count(const ItemView& item) const {
        const Date as_of = query_.moment.as_of;
        if (filter_.only_open() && item.issue > as_of) return false;
        if (filter_.billed_in && month_of(item.issue) != *filter_.billed_in) return false;
        switch (filter_.state) {
            case ItemState::overdue:
                return item.amount > 0 && item.due < as_of;
            case ItemState::not_due:
                return item.amount > 0 && item.due >= as_of;
            case ItemState::unapplied:
                return item.amount < 0;
            default:
                return true;
        }
    }

    bool in_state(const ItemView& item, std::int64_t open) const {
        const Date as_of = query_.moment.as_of;
        switch (filter_.state) {
            case ItemState::open:
                return open != 0;
            case ItemState::overdue:
                return open > 0 && item.due < as_of;
            case ItemState::not_due:
                return open > 0 && item.due >= as_of;
            case ItemState::unapplied:
                return open < 0;
            case ItemState::cleared:
                return open == 0 && !item.memo() && item.issue <= as_of;
            case ItemState::all:
                return true;
        }
        return false;
    }

    /// Every condition that was given holds.
    bool counts(const ItemView& item, std::int64_t open) const {
        const Date as_of = query_.moment.as_of;
        if (!in_state(item, open)) return false;
        const AgeingOptions ageing{filter_.bounds, Unapplied::own_column};
        if (filter_.bucket && (open == 0 || ageing_column(item, as_of, ageing) != *filter_.bucket))
            return false;
        if (!filter_.billed_in) return true;
        return item.issue <= as_of && month_of(item.issue) == *filter_.billed_in && counts_in_billings(item);
    }

    void take_parts(AccountRow account) {
        for (const SplitItem& split : splitter_.split(account)) {
            if (!counts_in_dso(split.item) || !matches(split.item) || !counts(split.item, split.open))
                continue;
            std::int64_t counted = 0;
            for (const PartOfItem& share : split.parts) {
                const bool same_cause = !filter_.cause || share.cause == *filter_.cause;
                if (share.part == *filter_.part && same_cause) counted += share.amount;
            }
            if (counted != 0) row_({split.item, split.open, counted});
        }
    }

    const Snapshot& book_;
    const MeasureQuery& query_;
    const ItemFilter& filter_;
    const ItemWalk::Take& row_;
    AccountSplitter splitter_;
};

}  // namespace

ItemWalk::ItemWalk(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
                   const ItemFilter& filter)
    : perimeter_(perimeter), book_(book), query_(query), filter_(filter) {
    if (!filter.part && query.selection.customers.empty()) {
        admitted_.resize(book.account_count());
        std::size_t count = 0;
        book.each_account(perimeter, query.selection, query.moment, [&](AccountRow account) {
            admitted_[static_cast<std::uint32_t>(account)] = 1;
            ++count;
        });
        if (count * few_accounts >= admitted_.size()) return;
    }
    spans_ = book.spans(query.selection);
}

std::size_t ItemWalk::pieces() const {
    return spans_.empty() ? (book_.item_count() + piece_items - 1) / piece_items : spans_.size();
}

void ItemWalk::walk(std::size_t piece, const Take& take) const {
    if (spans_.empty()) return walk_rows(piece, take);
    ItemLister lister(book_, query_, filter_, take);
    book_.each_account(spans_[piece], perimeter_, query_.selection, query_.moment,
                       [&](AccountRow account) { lister.take(account); });
}

void ItemWalk::walk_rows(std::size_t piece, const Take& take) const {
    ItemLister lister(book_, query_, filter_, take);
    const auto first = static_cast<std::uint32_t>(piece) * piece_items;
    const std::uint32_t last = std::min(first + piece_items, book_.item_count());
    for (std::uint32_t row = first; row < last; ++row) {
        const auto item = book_.view(ItemRow{row}, query_.moment.known_at);
        if (item && admitted_[static_cast<std::uint32_t>(item->account)] != 0) lister.take(*item);
    }
}

void ItemWalk::walk_account(AccountRow account, const Take& take) const {
    ItemLister(book_, query_, filter_, take).take(account);
}

std::vector<ListedItem> list_items(const Perimeter& perimeter, const Snapshot& book,
                                   const MeasureQuery& query, const ItemFilter& filter) {
    const ItemWalk walk(perimeter, book, query, filter);
    std::vector<std::vector<ListedItem>> rows(walk.pieces());
    in_parallel(rows.size(), [&](std::size_t piece) {
        walk.walk(piece, [&](const ListedItem& row) { rows[piece].push_back(row); });
    });
    return joined(std::move(rows));
}

std::optional<StandingKind> reason_of(const Snapshot& book, const ItemView& item, Moment moment) {
    constexpr std::array order{
        StandingKind::litigation, StandingKind::insolvency, StandingKind::dispute,
        StandingKind::plan,       StandingKind::promise,    StandingKind::payment_in_progress,
        StandingKind::proposal,   StandingKind::processing, StandingKind::stop};
    std::size_t best = order.size();
    book.each_standing(item.account, moment.known_at, [&](const StandingView& standing) {
        if (!standing.holds_on(moment.as_of) || (standing.item && *standing.item != item.row)) return;
        const auto place = std::ranges::find(order, standing.kind) - order.begin();
        best = std::min(best, static_cast<std::size_t>(place));
    });
    return best == order.size() ? std::nullopt : std::optional(order[best]);
}

std::string_view name_of(ItemType type) {
    constexpr std::array<std::string_view, 8> names{"",     "invoice", "credit_note", "payment",
                                                    "misc", "draft",   "late_fee",    "down_payment_request"};
    return names[static_cast<std::size_t>(type)];
}

std::string_view name_of(StandingKind kind) {
    constexpr std::array<std::string_view, 10> names{
        "",         "processing",          "promise", "plan",      "dispute", "litigation",
        "proposal", "payment_in_progress", "stop",    "insolvency"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(Part part) {
    constexpr std::array<std::string_view, part_count> names{
        "unapplied", "not_due", "litigation", "disputed", "plan", "promised", "processing", "no_reason"};
    return names[static_cast<std::size_t>(part)];
}

std::string_view name_of(AgeingColumn column) {
    constexpr std::array<std::string_view, ageing_column_count> names{
        "not_due", "d1_30", "d31_60", "d61_90", "d91_120", "d120_plus", "unapplied"};
    return names[static_cast<std::size_t>(column)];
}

}  // namespace countback
