// Items as the API tells them: the list behind every total, and one item with its facts (LED-3, LED-4).
#pragma once
#include "measures/answers.h"
#include "measures/item_amounts.h"

namespace countback {

/// What marks an item at the moment, as the contract names it: due_before_issue, changed, estimated_clearing…
json::array item_flags_json(const Snapshot& book, const ItemView& item, Moment moment);
json::object item_row_json(const MeasureRequest& request, const ShownItem& item, ListNames& names);
json::object item_totals_json(const ItemTotal& total);

/// One item: row, texts, versions, allocations. `standings` are another room's and stay empty here.
Result<json::object> item_sheet_json(const MeasureRequest& request, ItemId item,
                                     const MeasureServices& services, ListNames& names);

/// Who recorded a fact, as others may read it.
std::string author_of(FactNo fact, const MeasureServices& services, ListNames& names);

}  // namespace countback
