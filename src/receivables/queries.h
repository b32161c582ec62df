// Named SQL of the ledger: one text for both databases.
#pragma once
#include "store/database.h"

namespace countback::receivables {

using store::BulkColumn;
using store::ColumnKind;
using store::Sql;

constexpr BulkColumn item_columns[] = {{"fact_no"},
                                       {"item_id"},
                                       {"customer_id"},
                                       {"type"},
                                       {"currency", ColumnKind::text},
                                       {"amount"},
                                       {"issue_day"},
                                       {"due_day"},
                                       {"flags"},
                                       {"item_key"},
                                       {"instalment"},
                                       {"number", ColumnKind::text},
                                       {"load_id"}};
constexpr BulkColumn allocation_columns[] = {{"fact_no"},  {"item_id"},   {"counter_id"},    {"cause"},
                                             {"amount"},   {"given_day"}, {"effective_day"}, {"estimated"},
                                             {"reverses"}, {"load_id"}};
constexpr BulkColumn standing_columns[] = {{"fact_no"},  {"standing_id"}, {"customer_id"}, {"item_id"},
                                           {"kind"},     {"amount"},      {"cause_id"},    {"source"},
                                           {"from_day"}, {"to_day"},      {"cancelled"}};
constexpr BulkColumn standing_text_columns[] = {{"fact_no"}, {"reason", ColumnKind::text}};
constexpr BulkColumn attribute_columns[] = {
    {"fact_no"}, {"customer_id"}, {"attribute"}, {"value"}, {"from_day"}};
constexpr BulkColumn load_columns[] = {{"fact_no"},   {"load_id"}, {"entity_id"},
                                       {"as_of_day"}, {"mode"},    {"undone"}};

constexpr Sql items_after{"items_after",
                          "select fact_no, item_id, customer_id, type, currency, amount, issue_day, due_day, "
                          "flags, item_key, instalment "
                          "from item_fact where fact_no > $1 and fact_no <= $2 order by fact_no"};
constexpr Sql allocations_after{
    "allocations_after",
    "select fact_no, item_id, counter_id, cause, amount, effective_day, estimated, reverses "
    "from allocation_fact where fact_no > $1 and fact_no <= $2 order by fact_no"};
constexpr Sql standings_after{
    "standings_after",
    "select fact_no, standing_id, customer_id, item_id, kind, amount, cause_id, source, from_day, "
    "to_day, cancelled from standing_fact where fact_no > $1 and fact_no <= $2 order by fact_no"};
constexpr Sql attributes_after{"attributes_after",
                               "select fact_no, customer_id, attribute, value, from_day from attribute_fact "
                               "where fact_no > $1 and fact_no <= $2 order by fact_no"};
constexpr Sql loads_after{"loads_after",
                          "select fact_no, load_id, entity_id, as_of_day, mode, undone from load_fact "
                          "where fact_no > $1 and fact_no <= $2 order by fact_no"};
constexpr Sql journal_links{"journal_links",
                            "select last_fact_no, first_fact_no, chain from journal order by last_fact_no"};
constexpr Sql journal_after{
    "journal_after",
    "select last_fact_no, recorded_at from journal where last_fact_no > $1 order by last_fact_no"};
constexpr Sql last_chain{"last_chain", "select chain from journal order by last_fact_no desc limit 1"};
constexpr Sql chain_at{"chain_at", "select chain from journal where last_fact_no = $1"};
constexpr Sql add_journal{
    "add_journal",
    "insert into journal (last_fact_no, first_fact_no, recorded_at, user_id, source, chain) "
    "values ($1, $2, $3, $4, $5, $6)"};

}  // namespace countback::receivables
