// What a list of items is sorted by, as one whole number a row: a figure of its own, or the place of its word
// among the few there are. Numbers and customers are spelled in the database and are another matter
// (item_spellings.h).
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "measures/item_amounts.h"
#include "measures/query.h"
#include "receivables/lists.h"
#include "receivables/lists_names.h"

namespace countback {

enum class ItemSort : std::uint8_t {
    due_date,
    issue_date,
    amount,
    open,
    days_late,
    id,
    type,
    currency,
    entity,
    reason,
    number,
    customer
};

/// By the name of its column, `due_date` where none is named. Refuses `field_invalid`.
Result<ItemSort> parse_item_sort(std::string_view name);

class ItemOrder {
public:
    /// For sorts that stand before `number`. `request` and `rates` outlive it.
    ItemOrder(ItemSort sort, const MeasureRequest& request, const RowRates& rates, ListNames& names);

    /// Safe on several threads.
    std::int64_t key(const ListedItem& row) const;
    Cursor cursor(std::int64_t key, ItemId id) const;
    /// Where a cursor stands among the keys, also when its word is no longer there.
    std::int64_t key(const Cursor& cursor) const;
    /// The converted figure it sorts by, whose largest row may be shown otherwise than it was rounded.
    std::optional<Figure> figure() const;

private:
    bool by_word() const { return sort_ >= ItemSort::type; }
    std::size_t word_of(const ListedItem& row) const;

    ItemSort sort_;
    const MeasureRequest& request_;
    const RowRates& rates_;
    std::vector<std::string> words_;                          ///< ascending; a word's key is twice its place
    std::vector<std::size_t> places_;                         ///< by what the word is of
    std::unordered_map<EntityId, std::size_t> entity_words_;  ///< only by entity
};

/// What of a text is compared and stands in a cursor: its first 120 bytes.
std::string sort_text(std::string_view text);

/// 0 unless open on the date and due before it.
std::int64_t days_late(const ListedItem& listed, Date as_of);

}  // namespace countback
