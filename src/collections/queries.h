// Named SQL of collections: one text for both databases. Rows of its tables share one numbering,
// "collections".
#pragma once
#include "store/database.h"

namespace countback::collections {

using store::Sql;

inline constexpr std::string_view row_numbers = "collections";

constexpr Sql add_step_done{"collections_add_step_done",
                            "insert into step_done (row_no, customer_id, scenario, leader_id, step, "
                            "done_day, skipped, contact, user_id,"
                            " recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
constexpr Sql add_step_reason{"collections_add_step_reason",
                              "insert into step_done_text (row_no, reason) values ($1, $2)"};
constexpr Sql steps_after{"collections_steps_after",
                          "select row_no, customer_id, scenario, leader_id, step, done_day, skipped, contact"
                          " from step_done where row_no > $1 order by row_no"};
constexpr Sql step_of_mark{"collections_step_of_mark",
                           "select customer_id, user_id, recorded_at, (select count(*) from step_taken_back b"
                           " where b.mark = $1) from step_done where row_no = $1"};
constexpr Sql add_taken_back{
    "collections_add_taken_back",
    "insert into step_taken_back (row_no, mark, user_id, recorded_at) values ($1, $2, $3, $4)"};
constexpr Sql taken_back_after{
    "collections_taken_back_after",
    "select d.row_no, d.customer_id, d.scenario, d.leader_id from step_taken_back b"
    " join step_done d on d.row_no = b.mark where b.row_no > $1 order by b.row_no"};
constexpr Sql add_item_scenario{"collections_add_item_scenario",
                                "insert into item_scenario (row_no, item_id, scenario, user_id, recorded_at) "
                                "values ($1, $2, $3, $4, $5)"};
constexpr Sql item_scenarios_after{
    "collections_item_scenarios_after",
    "select item_id, scenario from item_scenario where row_no > $1 order by row_no"};
constexpr Sql add_standing_group{
    "collections_add_standing_group",
    "insert into standing_group (row_no, standing_id, first_id) values ($1, $2, $3)"};
constexpr Sql standing_groups_after{
    "collections_standing_groups_after",
    "select standing_id, first_id from standing_group where row_no > $1 order by row_no"};

constexpr Sql add_policy_version{"collections_add_policy_version",
                                 "insert into policy_version (row_no, document, user_id, recorded_at, reason)"
                                 " values ($1, $2, $3, $4, $5)"};
constexpr Sql policy_of_version{"collections_policy_of_version",
                                "select document from policy_version where row_no = $1"};

constexpr Sql item_number{"collections_item_number",
                          "select number from item_fact where item_id = $1 order by fact_no desc limit 1"};
constexpr Sql standing_reason{"collections_standing_reason",
                              "select reason from standing_text where fact_no = $1"};

constexpr Sql add_run{"collections_add_run",
                      "insert into run (run_no, day, source, once, user_id, known_at, started_at) "
                      "values ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Sql run_with_word{"collections_run_with_word", "select run_no from run where once = $1"};
constexpr Sql end_run{
    "collections_end_run",
    "insert into run_end (run_no, finished_at, requested, to_do, waiting, held, idle, failed) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Sql take_run{
    "collections_take_run",
    "insert into run_taken (run_no, holder, held_until, perimeter) values ($1, $2, $3, $4)"};
constexpr Sql hold_run{"collections_hold_run",
                       "update run_taken set holder = $2, held_until = $3 where run_no = $1"};
/// Only by who holds it: whoever was taken for gone meanwhile has lost it and writes nothing more.
constexpr Sql keep_run{"collections_keep_run",
                       "update run_taken set holder = $3, held_until = $4 where run_no = $1 and holder = $2"};
constexpr Sql holder_of_run{"collections_holder_of_run",
                            "select holder, held_until from run_taken where run_no = $1"};
constexpr Sql open_runs{
    "collections_open_runs",
    "select r.run_no, r.day, r.source, r.user_id, r.started_at, t.holder, t.held_until, t.perimeter from run "
    "r "
    "join run_taken t on t.run_no = r.run_no where not exists (select 1 from run_end e where e.run_no = "
    "r.run_no) order by r.run_no"};
/// $1 = the state `sent`.
constexpr Sql messages_sent{
    "collections_messages_sent",
    "select m.kind, m.customer_id, m.scenario, m.leader_id, m.step, m.channel, m.run_no, e.at from "
    "message_event e join message m on m.message_no = e.message_no where e.state = $1 order by e.row_no"};
constexpr Sql add_night{"collections_add_night",
                        "insert into run_night (entity_id, day, run_no) values ($1, $2, $3)"};
constexpr Sql night_of{"collections_night_of",
                       "select run_no from run_night where entity_id = $1 and day = $2"};
constexpr Sql outcome_customers{"collections_outcome_customers",
                                "select customer_id from run_outcome where run_no = $1"};
/// Of each outcome: lines with a message, lines that could not be read, all lines.
constexpr Sql outcome_counts{
    "collections_outcome_counts",
    "select outcome, sum(case when message_no > 0 then 1 else 0 end), sum(case when why like 'unreadable%' "
    "then 1 else 0 end), count(*) from run_outcome where run_no = $1 group by outcome"};
constexpr Sql outcomes_in_short{
    "collections_outcomes_in_short",
    "select customer_id, outcome, message_no, case when why like 'unreadable%' then 1 else 0 end "
    "from run_outcome where run_no = $1"};
constexpr store::BulkColumn run_outcome_columns[] = {{"run_no"},
                                                     {"customer_id"},
                                                     {"outcome", store::ColumnKind::text},
                                                     {"step", store::ColumnKind::text},
                                                     {"message_no"},
                                                     {"why", store::ColumnKind::text}};
constexpr Sql runs_before{
    "collections_runs_before",
    "select r.run_no, r.day, r.source, r.user_id, r.started_at, e.finished_at, e.requested, e.to_do, "
    "e.waiting, "
    "e.held, e.idle, e.failed from run r left join run_end e on e.run_no = r.run_no where r.run_no < $1 "
    "order by r.run_no desc limit $2"};
constexpr Sql outcomes_of_run{"collections_outcomes_of_run",
                              "select customer_id, outcome, step, message_no, why from run_outcome where "
                              "run_no = $1 and customer_id > $2 "
                              "order by customer_id limit $3"};

}  // namespace countback::collections
