#include "collections/reminders.h"

#include <algorithm>

#include "collections/holds.h"
#include "collections/objections.h"
#include "collections/own_message.h"
#include "collections/queries.h"
#include "collections/specific_queries.h"
#include "correspondence/group.h"

namespace countback::collections {

using correspondence::Content;
using correspondence::Message;
using correspondence::MessageKind;
using correspondence::NewMessage;

namespace {

/// How often the step was done on the leader, and the time at hand: part of the key that makes a reminder
/// unique.
std::size_t time_of(const Decision& decision, const DunningState& state) {
    const auto found = state.done.find({decision.scenario->number, decision.leader->item});
    if (found == state.done.end()) return 1;
    const std::string& code = decision.step()->code;
    return 1 + static_cast<std::size_t>(std::count_if(found->second.begin(), found->second.end(),
                                                      [&](const StepDone& one) { return one.step == code; }));
}

std::string first_reason(const Decision& decision) {
    return decision.reasons.empty() ? std::string(name_of(decision.outcome))
                                    : std::string(decision.reasons.front().code);
}

bool same_items(const std::vector<AskedItem>& now, const std::vector<correspondence::AskedItem>& then) {
    if (now.size() != then.size()) return false;
    for (const AskedItem& one : now) {
        const auto same = [&](const correspondence::AskedItem& other) {
            return other.item == one.item && other.amount == Money{one.amount, one.currency};
        };
        if (std::none_of(then.begin(), then.end(), same)) return false;
    }
    return true;
}

Refusal not_due(const Decision& decision) {
    Refusal refusal{RefusalCode::step_not_due, {{"reason", first_reason(decision)}}};
    if (decision.reasons.empty()) return refusal;
    const auto& told = decision.reasons.front().data;
    refusal.data.insert(refusal.data.end(), told.begin(), told.end());
    return refusal;
}

}  // namespace

Result<void> check_seen(const std::string& seen, const NewMessage& message, const Content& content) {
    if (seen.empty() || !content.words) return {};
    const std::string_view changed = correspondence::changed_since(seen, content);
    // Her own words stand; what they ask for may have changed all the same.
    if (changed.empty() || (message.edit && changed == "text_changed")) return {};
    return refuse(RefusalCode::content_changed, {{"reason", std::string(changed)}});
}

Refusal items_changed() { return {RefusalCode::content_changed, {{"reason", "items_changed"}}}; }

DecideQuery query_of(Collections& service, CustomerId customer) {
    DecideQuery query;
    query.selection.customers = {customer};
    query.moment = {service.today(customer), known_now};
    return query;
}

std::optional<NewMessage> message_of(const Decision& decision, Date day, const DunningState& state) {
    if (decision.outcome != Outcome::due || !decision.next_step_due || !decision.step()) return std::nullopt;
    const Step& step = *decision.step();
    if (!needs_recipient(step.channel) || step.template_code.empty()) return std::nullopt;
    NewMessage message;
    message.kind = MessageKind::step;
    message.customer = decision.customer;
    message.entity = decision.entity;
    message.scenario = decision.scenario->number;
    message.step = step.code;
    message.leader = decision.leader->item;
    message.channel = name_of(step.channel);
    message.template_code = step.template_code;
    message.to = step.to;
    message.cc = step.cc;
    message.day = day;
    for (const AskedItem& one : decision.asked)
        message.items.push_back({one.item, {one.amount, one.currency}});
    message.to_pay = decision.to_pay;
    message.live_key = "step:" + std::to_string(decision.customer.value) + ':' +
                       std::to_string(message.scenario) + ':' + std::to_string(message.leader.value) + ':' +
                       message.step + ':' + std::to_string(time_of(decision, state));
    return message;
}

NewMessage message_of(const DueNotice& due, Date day) {
    NewMessage message;
    message.kind = MessageKind::notice;
    message.customer = due.customer;
    message.entity = due.entity;
    message.scenario = due.scenario->number;
    message.step = due.notice->code;
    message.channel = name_of(due.notice->channel);
    message.template_code = due.notice->template_code;
    message.to = due.notice->to;
    message.cc = due.notice->cc;
    message.day = day;
    for (const AskedItem& one : due.items) message.items.push_back({one.item, {one.amount, one.currency}});
    message.live_key = "notice:" + std::to_string(due.customer.value) + ':' + message.step + ':' +
                       std::to_string(due.items.front().item.value);
    return message;
}

Verdict Reminders::notice_right(const Message& message) {
    DecideQuery query = query_of(service_, message.customer);
    query.own = message.id;
    const auto policy = service_.policy();
    const auto state = service_.state();
    const Snapshot book = service_.ledger().book();
    for (const DueNotice& due : decide_notices(Perimeter::whole(), book, query, {*policy, *state})) {
        if (!due.notice || due.notice->code != message.step || !same_items(due.items, message.items))
            continue;
        if (due.waits.empty()) return {};
        return {Verdict::What::later,
                {RefusalCode::step_not_due, {{"reason", std::string(due.waits.front().code)}}}};
    }
    const Date today = query.moment.as_of;
    const auto account = book.account(message.customer);
    if (account && message.day < today && !working_days_of(book, *account, query.moment).works(today))
        return {Verdict::What::later, {RefusalCode::step_not_due, {{"reason", "not_a_working_day"}}}};
    return {Verdict::What::wrong, items_changed()};
}

Result<NewMessage> Reminders::due_message(const Perimeter& perimeter, CustomerId customer) {
    DecideQuery query = query_of(service_, customer);
    const DecidedRun run = service_.decide(perimeter, query);
    if (run.decisions.rows.empty()) return refuse(RefusalCode::not_found, {{"what", "customer"}});
    const Decision& decision = run.decisions.rows.front();
    auto message = message_of(decision, query.moment.as_of, *run.state);
    if (!message) return tl::unexpected(not_due(decision));
    return std::move(*message);
}

Result<NewMessage> Reminders::due_notice(const Perimeter& perimeter, CustomerId customer,
                                         const std::string& notice) {
    DecideQuery query = query_of(service_, customer);
    const auto policy = service_.policy();
    const auto state = service_.state();
    const Snapshot book = service_.ledger().book();
    const Date today = query.moment.as_of;
    const auto account = admitted_account(perimeter, book, customer, today);
    if (!account) return tl::unexpected(account.error());
    std::string why = notice;
    for (const DueNotice& due : decide_notices(perimeter, book, query, {*policy, *state})) {
        if (!due.notice || due.notice->code != notice) continue;
        if (due.waits.empty()) return message_of(due, today);
        why = due.waits.front().code;
    }
    return refuse(RefusalCode::step_not_due, {{"reason", why}});
}

Result<NewMessage> Reminders::wanted(const Perimeter& perimeter, const Yes& yes) {
    auto message = yes.notice.empty() ? due_message(perimeter, yes.customer)
                                      : due_notice(perimeter, yes.customer, yes.notice);
    if (message) message->edit = yes.edit;
    if (message && yes.undoable) message->delay_seconds = undo_seconds;
    return message;
}

std::optional<SingleMessage> Reminders::action_meant(const Yes& yes) {
    if (!yes.notice.empty()) return std::nullopt;
    SingleMessage wish{yes.customer, {}, {}, yes.edit, false, yes.action, yes.seen, yes.undoable};
    if (yes.action != 0) return wish;
    if (!service_.state()->specific.contains(yes.customer)) return std::nullopt;
    const DecidedRun run = service_.decide(Perimeter::whole(), query_of(service_, yes.customer));
    if (run.decisions.rows.empty()) return std::nullopt;
    const Decision& decision = run.decisions.rows.front();
    const bool only_own = decision.outcome == Outcome::due && !decision.next_step_due &&
                          first_reason(decision) == "specific_action_due";
    const auto own = run.state->specific.find(yes.customer);
    if (!only_own || own == run.state->specific.end()) return std::nullopt;
    for (const SpecificAction& one : own->second) {
        if (one.day > run.decisions.date || !needs_recipient(one.channel)) continue;
        wish.action = one.number;
        return wish;
    }
    return std::nullopt;
}

Result<Content> Reminders::preview(const Perimeter& perimeter, const Yes& yes) {
    if (const auto action = action_meant(yes)) return preview_single(perimeter, *action);
    const auto message = wanted(perimeter, yes);
    if (!message) return tl::unexpected(message.error());
    const auto connection = service_.ledger().database().lease();
    return composer_.compose(*connection, service_.ledger().book(), *message, {});
}

Result<MessageId> Reminders::asked_for(const Perimeter& perimeter, const Author& author, const Yes& yes) {
    if (const auto action = action_meant(yes)) {
        const auto asked = send_single(perimeter, author, *action);
        if (!asked) return tl::unexpected(asked.error());
        return asked->message;
    }
    const auto message = wanted(perimeter, yes);
    if (!message) return tl::unexpected(message.error());
    const auto connection = service_.ledger().database().lease();
    const auto written = composer_.compose(*connection, service_.ledger().book(), *message, {});
    if (!written) return tl::unexpected(written.error());
    if (const auto same = check_seen(yes.seen, *message, *written); !same)
        return tl::unexpected(same.error());
    store::Transaction transaction(*connection);
    const auto id =
        correspondence::request(*connection, *message, author.user, service_.ledger().clock().now());
    if (!id) return id;
    // Somebody else's, asked for in the same moment.
    if (const auto other = asked_before(*connection, yes.customer, *id)) return tl::unexpected(*other);
    transaction.commit();
    return id;
}

std::vector<Asked> Reminders::confirm(const Perimeter& perimeter, const Author& author,
                                      const std::vector<Yes>& all) {
    std::vector<Asked> answers;
    for (const Yes& yes : all) {
        const auto id = asked_for(perimeter, author, yes);
        answers.push_back({yes.customer, id ? std::optional(*id) : std::nullopt,
                           id ? std::nullopt : std::optional(id.error())});
    }
    return answers;
}

Verdict Reminders::still_right(const Message& message) {
    Verdict verdict = message.kind == MessageKind::notice   ? notice_right(message)
                      : message.kind == MessageKind::single ? single_right(message)
                                                            : step_right(message);
    if (verdict.what != Verdict::What::right) return verdict;
    const auto connection = service_.ledger().database().lease();
    if (correspondence::text_stands(*connection, message)) return verdict;
    return {Verdict::What::wrong, {RefusalCode::content_changed, {{"reason", "text_changed"}}}};
}

Verdict Reminders::step_right(const Message& message) {
    DecideQuery query = query_of(service_, message.customer);
    query.own = message.id;
    // The run is kept: its decisions point into its policy, and another may be saved meanwhile.
    const DecidedRun run = service_.decide(Perimeter::whole(), query);
    const Decisions& decisions = run.decisions;
    if (decisions.rows.empty())
        return {Verdict::What::wrong, {RefusalCode::not_found, {{"what", "customer"}}}};
    const Decision& decision = decisions.rows.front();
    const bool same_step = decision.step() && decision.leader && decision.leader->item == message.leader &&
                           decision.step()->code == message.step &&
                           decision.scenario->number == message.scenario;
    const Date today = decisions.date;
    const bool days_off = same_step && decision.outcome == Outcome::waiting && message.day < today;
    if (days_off && !decisions.works(today)) return {Verdict::What::later, not_due(decision)};
    if (!same_step || decision.outcome != Outcome::due) return {Verdict::What::wrong, not_due(decision)};
    if (!same_items(decision.asked, message.items)) return {Verdict::What::wrong, items_changed()};
    // The step was changed since: another way or text, or what the run sends by itself needs a person's yes
    // now.
    const Step& step = *decision.step();
    const bool same_way =
        name_of(step.channel) == message.channel && step.template_code == message.template_code;
    if (!same_way || (message.run != 0 && decision.mode != Mode::automatic))
        return {Verdict::What::wrong, {RefusalCode::content_changed, {{"reason", "scenario_changed"}}}};
    return {};
}

void Reminders::completed(store::Connection& connection, const Message& message, Date today, Instant now) {
    if (message.kind == MessageKind::notice) {
        std::int64_t row =
            store::allot(connection, row_numbers, static_cast<std::int64_t>(message.items.size()));
        for (const correspondence::AskedItem& one : message.items) {
            connection.run(add_notice_done,
                           {row++, message.customer.value, one.item.value, message.step,
                            static_cast<std::int64_t>(today.days()), message.author.value, now.micros});
        }
        return;
    }
    const std::int64_t row = store::allot(connection, row_numbers, 1);
    const std::int64_t action = action_of(message);
    // The action is done, which is a contact as a step done is; one that a person ended meanwhile is not done
    // twice.
    if (action != 0 && connection.integer(specific_open, {action, message.customer.value}).value_or(0) > 0) {
        connection.run(add_specific_end, {row, action, static_cast<std::int64_t>(today.days()),
                                          message.author.value, now.micros});
        return;
    }
    connection.run(add_step_done,
                   {row, message.customer.value, message.scenario, message.leader.value, message.step,
                    static_cast<std::int64_t>(today.days()), 0, 1, message.author.value, now.micros});
}

}  // namespace countback::collections
