// Named SQL of correspondence: one text for both databases. Messages are numbered "message", events and the
// other rows "correspondence".
#pragma once
#include "store/database.h"

namespace countback::correspondence {

using store::Sql;

inline constexpr std::string_view message_numbers = "message";
inline constexpr std::string_view row_numbers = "correspondence";

inline constexpr int list_chunk = 500;

using store::BulkColumn;
using store::ColumnKind;
constexpr BulkColumn message_columns[] = {{"message_no"},
                                          {"kind"},
                                          {"customer_id"},
                                          {"entity_id"},
                                          {"run_no"},
                                          {"scenario"},
                                          {"step", ColumnKind::text},
                                          {"leader_id"},
                                          {"channel", ColumnKind::text},
                                          {"template_code", ColumnKind::text},
                                          {"to_functions", ColumnKind::text},
                                          {"cc_functions", ColumnKind::text},
                                          {"day"},
                                          {"user_id"},
                                          {"recorded_at"}};
constexpr BulkColumn item_columns[] = {
    {"message_no"}, {"item_id"}, {"currency", ColumnKind::text}, {"amount"}};
constexpr BulkColumn to_pay_columns[] = {{"message_no"}, {"currency", ColumnKind::text}, {"amount"}};
constexpr BulkColumn queue_columns[] = {{"message_no"},    {"customer_id"},
                                        {"state"},         {"live_key", ColumnKind::text},
                                        {"not_before"},    {"claimed_by", ColumnKind::text},
                                        {"claimed_until"}, {"attempts"}};
constexpr BulkColumn event_columns[] = {{"row_no"}, {"message_no"}, {"state"},
                                        {"at"},     {"user_id"},    {"detail", ColumnKind::text}};
constexpr Sql add_message_edit{
    "add_message_edit", "insert into message_edit (message_no, subject, body_text) values ($1, $2, $3)"};
constexpr Sql live_with_key{"live_message_with_key",
                            "select message_no from message_queue where live_key = $1"};
/// Of steps and of persons, neither sent nor cancelled.
constexpr Sql live_before_message{
    "live_message_before",
    "select q.message_no from message_queue q join message m on m.message_no = q.message_no where "
    "q.customer_id = $1 and q.message_no < $2 and q.state not in (5, 8) and m.kind in (1, 3) "
    "order by q.message_no limit 1"};
constexpr Sql add_event{"add_message_event",
                        "insert into message_event (row_no, message_no, state, at, user_id, detail) values "
                        "($1, $2, $3, $4, $5, $6)"};
constexpr Sql set_state{
    "set_message_state",
    "update message_queue set state = $2, not_before = $3, attempts = attempts + $4, claimed_by = '', "
    "claimed_until = 0 where message_no = $1"};
constexpr Sql keep_claim_in_state{
    "set_message_state_claimed",
    "update message_queue set state = $2, attempts = attempts + $3 where message_no = $1"};
constexpr Sql renew_claim{
    "renew_message_claim",
    "update message_queue set claimed_until = $2 where message_no = $1 and claimed_until < $2"};
constexpr Sql drop_live_key{"drop_live_key",
                            "update message_queue set live_key = null where message_no = $1"};
constexpr Sql claimable{"claimable_messages",
                        "select message_no from message_queue where state in (1, 2, 4) and not_before <= $1 "
                        "and claimed_until < $1 "
                        "order by not_before, message_no limit $2"};
constexpr Sql claim_message{
    "claim_message", "update message_queue set claimed_by = $2, claimed_until = $3 where message_no = $1"};
constexpr Sql abandoned{"abandoned_messages",
                        "select message_no from message_queue where state = 3 and claimed_until < $1"};
constexpr Sql claim_holders{"message_claim_holders",
                            "select distinct claimed_by from message_queue where claimed_until > $1"};
constexpr Sql end_claims_of{"end_message_claims_of",
                            "update message_queue set claimed_until = 0 where claimed_by = $1"};
constexpr Sql release_of{"release_message",
                         "update message_queue set claimed_by = '', claimed_until = 0, "
                         "not_before = $2 where message_no = $1"};

constexpr Sql read_message{
    "read_message",
    "select m.kind, m.customer_id, m.entity_id, m.run_no, m.scenario, m.step, m.leader_id, m.channel, "
    "m.template_code, m.to_functions, m.cc_functions, m.day, m.user_id, m.recorded_at, q.state, q.attempts, "
    "q.not_before, e.subject, e.body_text, (select v.detail from message_event v where v.message_no = "
    "m.message_no "
    "order by v.row_no desc limit 1) from message m join message_queue q on q.message_no = m.message_no "
    "left join message_edit e on e.message_no = m.message_no where m.message_no = $1"};
constexpr Sql state_of_message{"state_of_message", "select state from message_queue where message_no = $1"};
constexpr Sql items_of_message{
    "items_of_message",
    "select item_id, currency, amount from message_item where message_no = $1 order by item_id"};
constexpr Sql to_pay_of_message{
    "to_pay_of_message",
    "select currency, amount from message_to_pay where message_no = $1 order by currency"};
constexpr Sql drop_to_pay{"drop_message_to_pay", "delete from message_to_pay where message_no = $1"};
constexpr Sql add_to_pay{"add_message_to_pay",
                         "insert into message_to_pay (message_no, currency, amount) values ($1, $2, $3)"};
constexpr Sql events_of_message{
    "events_of_message",
    "select state, at, user_id, detail from message_event where message_no = $1 order by row_no"};

constexpr Sql add_content{
    "add_message_content",
    "insert into message_content (message_no, language, to_list, cc_list, from_name, from_address, reply_to, "
    "message_id, subject, body_text, body_html, digest, frozen_at) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"};
constexpr Sql add_attachment{
    "add_message_attachment",
    "insert into message_attachment (message_no, place, name, media_type, digest, bytes) "
    "values ($1, $2, $3, $4, $5, $6)"};
constexpr Sql read_content{
    "read_message_content",
    "select language, to_list, cc_list, from_name, from_address, reply_to, message_id, subject, body_text, "
    "body_html, digest from message_content where message_no = $1"};
constexpr Sql read_attachments{
    "read_message_attachments",
    "select name, media_type, digest, bytes from message_attachment where message_no = $1 order by place"};

/// A content that no server took gives way to one for other recipients; $2 counts those set aside, from 1.
constexpr Sql contents_set_aside{"message_contents_set_aside",
                                 "select count(*) from message_content_past where message_no = $1"};
constexpr Sql keep_past_content{
    "keep_past_message_content",
    "insert into message_content_past (message_no, place, language, to_list, cc_list, from_name, "
    "from_address, reply_to, message_id, subject, body_text, body_html, digest, frozen_at) "
    "select message_no, $2, language, to_list, cc_list, from_name, from_address, reply_to, message_id, "
    "subject, body_text, body_html, digest, frozen_at from message_content where message_no = $1"};
constexpr Sql keep_past_attachments{
    "keep_past_message_attachments",
    "insert into message_attachment_past (message_no, content_place, place, name, media_type, digest, bytes) "
    "select message_no, $2, place, name, media_type, digest, bytes from message_attachment "
    "where message_no = $1"};
constexpr Sql digest_of_content{"digest_of_message_content",
                                "select digest from message_content where message_no = $1"};
constexpr Sql content_frozen_at{"message_content_frozen_at",
                                "select frozen_at from message_content where message_no = $1"};
constexpr Sql drop_content{"drop_message_content", "delete from message_content where message_no = $1"};
constexpr Sql drop_attachments{"drop_message_attachments",
                               "delete from message_attachment where message_no = $1"};
/// How often the message was in the state $2.
constexpr Sql times_in_state{"message_times_in_state",
                             "select count(*) from message_event where message_no = $1 and state = $2"};

/// What the customer's messages that were sent asked for, each with its day: steps and persons' own messages,
/// but for those that go before the due date or ask for nothing.
constexpr Sql reminded_items{
    "reminded_items",
    "select i.item_id, m.day from message_queue q join message m on m.message_no = q.message_no join "
    "message_item i on i.message_no = q.message_no where q.customer_id = $1 and q.state = 5 and m.kind in "
    "(1, 3) and m.template_code not in ('pre_reminder', 'new_invoice', 'statement', 'thank_you')"};

// Lists, newest first. `$1` is the message to go on before (a very high number at first).
constexpr Sql messages_before{
    "messages_before",
    "select message_no, customer_id, state from message_queue where message_no < $1 order by message_no desc "
    "limit $2"};
constexpr Sql messages_of_customer{
    "messages_of_customer",
    "select message_no, customer_id, state from message_queue where customer_id = $3 and message_no < $1 "
    "order by message_no desc limit $2"};
constexpr Sql state_counts{"message_state_counts",
                           "select state, count(*) from message_queue group by state order by state"};
constexpr Sql state_counts_of_customers{"message_state_counts_of_customers",
                                        "select customer_id, state, count(*) from message_queue "
                                        "group by customer_id, state order by customer_id"};
constexpr Sql in_state{
    "messages_in_state",
    "select message_no, customer_id, state from message_queue where state = $3 and message_no < $1 "
    "order by message_no desc limit $2"};
/// Letters in the state $1, each with when it was last printed: the newest event whose detail is $2.
constexpr Sql waiting_letters{
    "waiting_letters",
    "select q.message_no, q.customer_id, m.channel, c.to_list, (select max(e.at) from message_event e where "
    "e.message_no = q.message_no and e.detail = $2) from message_queue q "
    "join message m on m.message_no = q.message_no join message_content c on c.message_no = q.message_no "
    "where q.state = $1 order by q.message_no"};
/// How many events of the message have the detail $2.
constexpr Sql times_of_detail{"message_times_of_detail",
                              "select count(*) from message_event where message_no = $1 and detail = $2"};
/// What became of messages since a row: collections keeps its picture of open messages from it.
constexpr Sql events_after{
    "message_events_after",
    "select e.row_no, e.message_no, e.state, m.customer_id, m.kind, m.scenario, m.leader_id, m.step, "
    "m.day, e.user_id, e.at from message_event e join message m on m.message_no = e.message_no where "
    "e.row_no > $1 order by "
    "e.row_no"};

constexpr Sql add_template{"add_template_version",
                           "insert into template_version (row_no, code, language, subject, body_text, "
                           "body_html, user_id, recorded_at) "
                           "values ($1, $2, $3, $4, $5, $6, $7, $8)"};
/// Of the versions before the row $3, but for those that were withdrawn by then.
constexpr Sql newest_template{
    "newest_template",
    "select row_no, subject, body_text from template_version where code = $1 and language = $2 "
    "and row_no < $3 and row_no > coalesce((select max(w.row_no) from template_withdrawn w where "
    "w.code = $1 and w.language = $2 and w.row_no < $3), 0) order by row_no desc limit 1"};
constexpr Sql versions_of_text{
    "versions_of_text",
    "select row_no, subject, body_text, user_id, recorded_at from template_version where code = $1 and "
    "language = $2 order by row_no desc"};
constexpr Sql add_withdrawal{"add_template_withdrawn",
                             "insert into template_withdrawn (row_no, code, language, user_id, recorded_at) "
                             "values ($1, $2, $3, $4, $5)"};
constexpr Sql add_text_name{"add_template_name",
                            "insert into template_name (row_no, code, name, user_id, recorded_at) values "
                            "($1, $2, $3, $4, $5)"};
constexpr Sql names_of_texts{"template_names", "select code, name from template_name order by row_no"};
/// What the language of the message's frozen content is, and the row of its request: both are numbered like
/// the versions of texts.
constexpr Sql language_of_content{"language_of_message_content",
                                  "select language from message_content where message_no = $1"};
constexpr Sql row_of_request{"row_of_message_request",
                             "select min(row_no) from message_event where message_no = $1"};
constexpr Sql number_of_instalment{
    "number_of_instalment",
    "select customer_id || ' ' || number from item_fact where item_id = $1 and instalment > 0"
    " order by fact_no desc limit 1"};
constexpr Sql template_codes{"template_codes", "select distinct code from template_version order by code"};
constexpr Sql add_card{"add_sender_card",
                       "insert into sender_card (row_no, entity_id, document, user_id, recorded_at) "
                       "values ($1, $2, $3, $4, $5)"};
constexpr Sql newest_card{
    "newest_sender_card",
    "select document from sender_card where entity_id = $1 order by row_no desc limit 1"};

}  // namespace countback::correspondence
