// Named SQL of lists, item sheets and histories: texts by primary key, and the search that returns ids.
#pragma once
#include "store/database.h"

namespace countback::receivables {

using store::Sql;

constexpr Sql list_item_number{"list_item_number", "select number from item_fact where fact_no = $1"};
constexpr Sql list_items_numbered{
    "list_items_numbered",
    "select item_id from item_fact where number >= $1 and number < $2 order by number limit $3"};
constexpr Sql list_fact_origin{
    "list_fact_origin",
    "select user_id, source from journal where last_fact_no >= $1 order by last_fact_no limit 1"};
constexpr Sql list_item_texts{
    "list_item_texts",
    "select source_id, order_reference, document_link, vat_amount, custom from item_text where item_id = $1"};
constexpr Sql list_fact_load{"list_fact_load", "select load_id from item_fact where fact_no = $1"};
constexpr Sql list_allocation_load{"list_allocation_load",
                                   "select load_id from allocation_fact where fact_no = $1"};
constexpr Sql list_standing_reason{"list_standing_reason",
                                   "select reason from standing_text where fact_no = $1"};

}  // namespace countback::receivables
