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

/// One page of a list, with what is said of all its rows.
struct ItemPage {
    std::vector<ShownItem> rows;  ///< in the order asked
    std::optional<Cursor> next;
    std::size_t count = 0;  ///< of all rows
    struct Total {
        Currency currency;
        std::int64_t amount = 0, counted = 0;
    };
    std::vector<Total> totals;  ///< Σ rows = total in each currency
};

/// Items of the filter, converted where a reporting currency is asked. A page in order of a number keeps its
/// own rows only, whatever the list's length; an order of words and a conversion (whose residual goes to the
/// largest row) need all. Refuses `field_invalid` for an unknown order.
Result<ItemPage> item_page(const MeasureRequest& request, const ItemFilter& filter, const RowsRequest& wish,
                           const RateTable& rates, ListNames& names);

/// What marks an item at the moment, as the contract names it: due_before_issue, changed, estimated_clearing…
json::array item_flags_json(const Snapshot& book, const ItemView& item, Moment moment);
json::object item_row_json(const MeasureRequest& request, const ShownItem& item, ListNames& names);
json::object item_totals_json(const ItemPage::Total& total);

/// One item: row, texts, versions, allocations. `standings` are another room's and stay empty here.
Result<json::object> item_sheet_json(const MeasureRequest& request, ItemId item,
                                     const MeasureServices& services, ListNames& names);

/// Who recorded a fact, as others may read it.
std::string author_of(FactNo fact, const MeasureServices& services, ListNames& names);

}  // namespace countback
