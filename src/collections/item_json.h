// One item as the pages of collections show it (ItemRow of the contract).
#pragma once
#include "collections/page_names.h"
#include "measures/item_list.h"

namespace countback::collections {

json::object item_row_json(const Snapshot& book, const ItemView& item, Moment moment, PageNames& names);

}  // namespace countback::collections
