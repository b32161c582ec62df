// Items as the API tells them: the list behind every total, and one item with its facts (LED-3, LED-4).
#pragma once
#include "measures/answers.h"
#include "measures/item_list.h"

namespace countback {

/// A listed item with the amounts that are shown: its own currency's, or converted.
struct ShownItem {
    ListedItem listed;
    Currency currency;
    std::int64_t amount = 0, counted = 0;  ///< minor units of `currency`
};

struct ShownItems {
    std::vector<ShownItem> rows;
    struct Total {
        Currency currency;
        std::int64_t amount = 0, counted = 0;
    };
    std::vector<Total> totals;  ///< Σ rows = total in each currency
    ConversionNote conversion;
};

/// Items of the filter, converted where a reporting currency is asked.
ShownItems shown_items(const MeasureRequest& request, const ItemFilter& filter, const RateTable& rates);

/// Sort values by a field of the row; refuses `field_invalid` for an unknown one.
Result<std::vector<Cursor>> item_sort_keys(const ShownItems& items, const MeasureRequest& request,
                                           const std::string& sort, ListNames& names);

/// What marks an item at the moment, as the contract names it: due_before_issue, changed, estimated_clearing…
json::array item_flags_json(const Snapshot& book, const ItemView& item, Moment moment);
json::object item_row_json(const MeasureRequest& request, const ShownItem& item, ListNames& names);
json::object item_totals_json(const ShownItems::Total& total);

/// One item: row, texts, versions, allocations. `standings` are another room's and stay empty here.
Result<json::object> item_sheet_json(const MeasureRequest& request, ItemId item,
                                     const MeasureServices& services, ListNames& names);

/// Who recorded a fact, as others may read it.
std::string author_of(FactNo fact, const MeasureServices& services, ListNames& names);

}  // namespace countback
