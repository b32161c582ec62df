// Named SQL of specific actions, snoozes and notices; rows share the numbering of collections.
#pragma once
#include "store/database.h"

namespace countback::collections {

using store::Sql;

constexpr Sql add_specific{
    "collections_add_specific",
    "insert into specific_action (row_no, customer_id, day, channel, template, user_id, recorded_at)"
    " values ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Sql add_specific_item{
    "collections_add_specific_item",
    "insert into specific_action_item (row_no, action, item_id) values ($1, $2, $3)"};
constexpr Sql add_specific_text{"collections_add_specific_text",
                                "insert into specific_action_text (row_no, title) values ($1, $2)"};
constexpr Sql add_specific_end{
    "collections_add_specific_end",
    "insert into specific_action_end (row_no, action, done_day, user_id, recorded_at)"
    " values ($1, $2, $3, $4, $5)"};
constexpr Sql specific_open{
    "collections_specific_open",
    "select count(*) from specific_action a where a.row_no = $1 and a.customer_id = $2"
    " and not exists (select 1 from specific_action_end e where e.action = a.row_no)"};
/// The day of an action, not ended, that has the item.
constexpr Sql specific_with_item{
    "collections_specific_with_item",
    "select a.day from specific_action_item i join specific_action a on a.row_no = i.action"
    " where i.item_id = $1 and not exists (select 1 from specific_action_end e where e.action = a.row_no)"
    " order by a.day limit 1"};
constexpr Sql specific_after{
    "collections_specific_after",
    "select a.row_no, a.customer_id, a.day, a.channel, a.template, t.title from specific_action a"
    " left join specific_action_text t on t.row_no = a.row_no where a.row_no > $1 order by a.row_no"};
constexpr Sql specific_items_after{
    "collections_specific_items_after",
    "select i.action, a.customer_id, i.item_id from specific_action_item i"
    " join specific_action a on a.row_no = i.action where i.row_no > $1 order by i.row_no"};
constexpr Sql specific_ends_after{
    "collections_specific_ends_after",
    "select e.action, a.customer_id, e.done_day from specific_action_end e"
    " join specific_action a on a.row_no = e.action where e.row_no > $1 order by e.row_no"};
constexpr Sql add_snooze{"collections_add_snooze",
                         "insert into snooze (row_no, customer_id, until_day, user_id, recorded_at)"
                         " values ($1, $2, $3, $4, $5)"};
constexpr Sql snoozes_after{"collections_snoozes_after",
                            "select customer_id, until_day from snooze where row_no > $1 order by row_no"};
constexpr Sql add_notice_done{
    "collections_add_notice_done",
    "insert into notice_done (row_no, customer_id, item_id, notice, done_day, user_id, recorded_at)"
    " values ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Sql notices_after{
    "collections_notices_after",
    "select item_id, notice, customer_id, done_day from notice_done where row_no > $1 order by row_no"};

}  // namespace countback::collections
