// Drill-down: the items behind a figure (AGE-1, DSO-4, LED-5). For every filter, Σ counted = the figure it
// opens.
#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "measures/ageing.h"
#include "measures/parts.h"

namespace countback {

enum class ItemState : std::uint8_t { open, overdue, not_due, cleared, unapplied, all };

/// Every condition given must hold.
struct ItemFilter {
    ItemState state = ItemState::open;
    std::optional<AgeingColumn> bucket;
    AgeingBounds bounds;           ///< of `bucket`
    std::optional<Part> part;      ///< of the waterfall: without late fees, as DSO
    std::optional<LabelId> cause;  ///< with part = disputed
    std::optional<ItemType> type;
    std::optional<Month> billed_in;  ///< counts in Billings of that month, up to D; with state all
    /// Text search: items found by number, or of customers found; absent = no search. Both ascending.
    struct Found {
        std::vector<ItemId> items;
        std::vector<CustomerId> customers;
    };
    std::optional<Found> found;

    /// Whether it is about items with an open amount only.
    bool only_open() const { return state != ItemState::cleared && state != ItemState::all; }
};

struct ListedItem {
    ItemView item;
    std::int64_t open = 0;     ///< signed minor units
    std::int64_t counted = 0;  ///< what counts in the figure: the part's share; billed: the amount; else open
};

/// The rows piece by piece, for callers that keep what they need of them: pieces are independent
/// (in_parallel) and come in the same order each time. A question about many accounts reads the Book's items
/// one after the other as they rest, which is many times faster than account by account; one about parts, or
/// about named customers, goes by account. What is passed in must outlive it.
class ItemWalk {
public:
    using Take = std::function<void(const ListedItem&)>;
    ItemWalk(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
             const ItemFilter& filter);
    std::size_t pieces() const;
    void walk(std::size_t piece, const Take& take) const;
    /// The rows of one account that the perimeter admits.
    void walk_account(AccountRow account, const Take& take) const;

private:
    const Perimeter& perimeter_;
    const Snapshot& book_;
    const MeasureQuery& query_;
    const ItemFilter& filter_;
    void walk_rows(std::size_t piece, const Take& take) const;

    std::vector<AccountSpan> spans_;      ///< by account; else empty
    std::vector<std::uint8_t> admitted_;  ///< by account row
};

std::vector<ListedItem> list_items(const Perimeter& perimeter, const Snapshot& book,
                                   const MeasureQuery& query, const ItemFilter& filter);

/// The standing that explains the item first, in the order of the waterfall; none without.
std::optional<StandingKind> reason_of(const Snapshot& book, const ItemView& item, Moment moment);

std::string_view name_of(ItemType type);
std::string_view name_of(StandingKind kind);
std::string_view name_of(Part part);
std::string_view name_of(AgeingColumn column);

}  // namespace countback
