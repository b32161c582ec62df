// One item as the pages of collections show it (ItemRow of the contract).
#pragma once
#include "collections/page_names.h"

namespace countback::collections {

json::object item_row_json(const Snapshot& book, const ItemView& item, Moment moment, PageNames& names);

std::string_view name_of(ItemType type);
std::string_view name_of(StandingKind kind);

}  // namespace countback::collections
