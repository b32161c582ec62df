// Named SQL of the imports: one text for both databases.
#pragma once
#include "store/database.h"

namespace countback::imports {

using store::Sql;

constexpr Sql insert_import_file{
    "insert_import_file",
    "insert into import_file (file_id, name, size, sha256, user_id) values ($1, $2, $3, $4, $5)"};
constexpr Sql find_import_file{
    "find_import_file", "select file_id, name, size, sha256, user_id from import_file where file_id = $1"};

#define COUNTBACK_LOAD_COLUMNS                                                                            \
    "load_id, recorded_at, author, file_name, sha256, kind, mode, as_of_day, lines, new_items, changed, " \
    "unchanged, cleared, refused, new_customers, notices, refusals, reconciled, differences"

constexpr Sql insert_import_load{
    "insert_import_load",
    "insert into import_load (" COUNTBACK_LOAD_COLUMNS
    ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0, 0)"};
// The load's facts are those of its transaction: from the one after the transaction before, to its own last.
#define COUNTBACK_LOAD_READ                                                                            \
    "select " COUNTBACK_LOAD_COLUMNS                                                                   \
    ", undone_at, (select coalesce(max(j.last_fact_no), 0) + 1 from journal j where j.last_fact_no < " \
    "load_id), "                                                                                       \
    "(select min(j.last_fact_no) from journal j where j.last_fact_no >= load_id)"
constexpr Sql find_import_load{"find_import_load",
                               COUNTBACK_LOAD_READ " from import_load where load_id = $1"};
constexpr Sql import_loads_before{"import_loads_before", COUNTBACK_LOAD_READ
                                  " from import_load where load_id < $1 order by load_id desc limit $2"};
constexpr Sql count_import_loads{"count_import_loads", "select count(*) from import_load"};
constexpr Sql same_import_load{
    "same_import_load", "select max(load_id) from import_load where sha256 = $1 and undone_at is null"};
constexpr Sql mark_import_undone{
    "mark_import_undone",
    "update import_load set undone_at = $2, undone_reason = $3, undone_fact = $4 where load_id = $1"};
// The facts of a load that was undone, and those that undid it.
constexpr Sql undone_facts{
    "undone_facts",
    "select (select coalesce(max(j.last_fact_no), 0) + 1 from journal j where j.last_fact_no < f.fact_no), "
    "(select min(j.last_fact_no) from journal j where j.last_fact_no >= f.fact_no) from "
    "(select load_id as fact_no from import_load where undone_fact is not null and load_id > $1 union all "
    "select undone_fact from import_load where undone_fact is not null and undone_fact > $1) f "
    "order by 1"};
constexpr Sql text_changes_of{"text_changes_of",
                              "select customer_id, contact_id, field, was, became from import_text_change "
                              "where load_id = $1 order by place desc"};
constexpr Sql text_changed_later{
    "text_changed_later",
    "select min(b.load_id) from import_text_change a join import_text_change b on b.customer_id = "
    "a.customer_id and b.contact_id = a.contact_id and b.field = a.field and b.load_id > a.load_id "
    "join import_load l on l.load_id = b.load_id and l.undone_at is null where a.load_id = $1"};
constexpr Sql mark_import_reconciled{
    "mark_import_reconciled", "update import_load set reconciled = 1, differences = $2 where load_id = $1"};
constexpr Sql insert_reconciliation{"insert_reconciliation",
                                    "insert into import_reconciliation (load_id, entity, currency, "
                                    "customer_id, in_file, in_ledger) values ($1, $2, $3, $4, $5, $6)"};
constexpr Sql reconciliation_of{
    "reconciliation_of",
    "select r.entity, r.currency, r.customer_id, r.in_file, r.in_ledger, c.code, t.name from "
    "import_reconciliation r "
    "left join customer c on c.customer_id = r.customer_id left join customer_text t on t.customer_id = "
    "r.customer_id "
    "where r.load_id = $1 order by r.customer_id is not null, r.entity, r.currency, r.customer_id"};
constexpr Sql number_of_item{"number_of_item", "select number from item_fact where fact_no = $1"};
constexpr Sql insert_item_reason{"insert_item_reason",
                                 "insert into item_reason (fact_no, user_id, reason) values ($1, $2, $3)"};
constexpr Sql insert_replacement{
    "insert_replacement",
    "insert into payment_replacement (item_id, replaced_by, load_id) values ($1, $2, $3)"};
constexpr Sql forget_replacements{"forget_replacements",
                                  "delete from payment_replacement where load_id = $1"};
constexpr Sql find_replacement{"find_replacement",
                               "select replaced_by from payment_replacement where item_id = $1"};
constexpr Sql insert_unreplaced{"insert_unreplaced",
                                "insert into import_unreplaced (load_id, item_id) values ($1, $2)"};
constexpr Sql unreplaced_of{
    "unreplaced_of",
    "select u.item_id, i.number, i.currency, i.amount, i.issue_day, c.customer_id, c.code, t.name "
    "from import_unreplaced u join item_fact i on i.fact_no = u.item_id "
    "join customer c on c.customer_id = i.customer_id "
    "join customer_text t on t.customer_id = i.customer_id where u.load_id = $1 order by u.item_id"};
constexpr Sql forget_mapping{"forget_mapping", "delete from import_mapping where header_shape = $1"};
constexpr Sql keep_mapping{"keep_mapping",
                           "insert into import_mapping (header_shape, kind, mapping, date_format, "
                           "decimal_mark) values ($1, $2, $3, $4, $5)"};
constexpr Sql find_mapping{
    "find_mapping",
    "select kind, mapping, date_format, decimal_mark from import_mapping where header_shape = $1"};

}  // namespace countback::imports
