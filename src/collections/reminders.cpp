#include "collections/reminders.h"

#include <algorithm>

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

Refusal items_changed() { return {RefusalCode::content_changed, {{"reason", "items_changed"}}}; }

/// What stands of one customer today.
DecideQuery query_of(const Collections& service, CustomerId customer) {
    DecideQuery query;
    query.selection.customers = {customer};
    query.moment = {service.today(), known_now};
    return query;
}

Refusal not_due(const Decision& decision) {
    return {RefusalCode::step_not_due, {{"reason", first_reason(decision)}}};
}

}  // namespace

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
    const DecideQuery query = query_of(service_, message.customer);
    const auto policy = service_.policy();
    const auto state = service_.state();
    const Snapshot book = service_.ledger().book();
    for (const DueNotice& due : decide_notices(Perimeter::whole(), book, query, {*policy, *state})) {
        if (due.notice->code == message.step && same_items(due.items, message.items)) return {};
    }
    return {Verdict::What::wrong, items_changed()};
}

Decisions Reminders::decided(const Perimeter& perimeter, CustomerId customer, MessageId own) {
    DecideQuery query = query_of(service_, customer);
    query.own = own;
    DecidedRun run = service_.decide(perimeter, query);
    return std::move(run.decisions);
}

Result<NewMessage> Reminders::due_message(const Perimeter& perimeter, CustomerId customer) {
    DecideQuery query = query_of(service_, customer);
    const DecidedRun run = service_.decide(perimeter, query);
    if (run.decisions.rows.empty()) return refuse(RefusalCode::not_found, {{"what", "customer"}});
    const Decision& decision = run.decisions.rows.front();
    auto message = message_of(decision, service_.today(), *run.state);
    if (!message) return tl::unexpected(not_due(decision));
    return std::move(*message);
}

Result<NewMessage> Reminders::due_notice(const Perimeter& perimeter, CustomerId customer,
                                         const std::string& notice) {
    DecideQuery query = query_of(service_, customer);
    const auto policy = service_.policy();
    const auto state = service_.state();
    const Snapshot book = service_.ledger().book();
    const auto account = admitted_account(perimeter, book, customer, service_.today());
    if (!account) return tl::unexpected(account.error());
    for (const DueNotice& due : decide_notices(perimeter, book, query, {*policy, *state})) {
        if (due.notice->code == notice) return message_of(due, service_.today());
    }
    return refuse(RefusalCode::step_not_due, {{"reason", notice}});
}

Result<Content> Reminders::preview(const Perimeter& perimeter, CustomerId customer,
                                   const std::string& notice) {
    const auto message =
        notice.empty() ? due_message(perimeter, customer) : due_notice(perimeter, customer, notice);
    if (!message) return tl::unexpected(message.error());
    const auto connection = service_.ledger().database().lease();
    return composer_.compose(*connection, service_.ledger().book(), *message, {});
}

std::vector<Asked> Reminders::confirm(const Perimeter& perimeter, const Author& author,
                                      const std::vector<Yes>& all) {
    std::vector<Asked> answers;
    for (const Yes& yes : all) {
        Asked answer{yes.customer, std::nullopt, std::nullopt};
        auto message = yes.notice.empty() ? due_message(perimeter, yes.customer)
                                          : due_notice(perimeter, yes.customer, yes.notice);
        if (message) {
            message->edit = yes.edit;
            const auto connection = service_.ledger().database().lease();
            const auto written = composer_.compose(*connection, service_.ledger().book(), *message, {});
            if (!written) message = tl::unexpected(written.error());
        }
        if (message) {
            const auto connection = service_.ledger().database().lease();
            store::Transaction transaction(*connection);
            const auto id =
                correspondence::request(*connection, *message, author.user, service_.ledger().clock().now());
            if (id) {
                transaction.commit();
                answer.message = *id;
            } else {
                answer.refusal = id.error();
            }
        } else {
            answer.refusal = message.error();
        }
        answers.push_back(std::move(answer));
    }
    return answers;
}

namespace {

/// What may be asked of a customer (COL-6): held back by no promise, dispute, stop or payment.
struct Askable {
    std::vector<correspondence::AskedItem> overdue;  ///< what `decide` asks for
    std::vector<correspondence::AskedItem> others;   ///< open, due or not
    std::optional<CustomerId> head;                  ///< with whom it is chased

    /// What a person's own message asks for when she names nothing.
    const std::vector<correspondence::AskedItem>& unnamed() const {
        return overdue.empty() ? others : overdue;
    }
    bool holds(const correspondence::AskedItem& wanted) const {
        const auto covers = [&](const correspondence::AskedItem& one) {
            return one.item == wanted.item && one.amount.currency == wanted.amount.currency &&
                   one.amount.minor >= wanted.amount.minor;
        };
        return std::any_of(overdue.begin(), overdue.end(), covers) ||
               std::any_of(others.begin(), others.end(), covers);
    }
};

Askable askable(Collections& service, const Perimeter& perimeter, CustomerId customer) {
    DecideQuery query = query_of(service, customer);
    query.whole = true;
    const DecidedRun run = service.decide(perimeter, query);
    Askable found;
    if (run.decisions.rows.empty()) return found;
    const Decision& decision = run.decisions.rows.front();
    found.head = decision.head;
    for (const AskedItem& one : decision.asked)
        found.overdue.push_back({one.item, {one.amount, one.currency}});
    for (const ItemOutcome& one : decision.items) {
        const auto same = [&](const AskedItem& asked) { return asked.item == one.item; };
        if (std::any_of(decision.asked.begin(), decision.asked.end(), same)) continue;
        if (one.state == ItemOutcome::State::excluded || !one.reasons.empty()) continue;
        const auto row = run.book.item(one.item);
        const auto view = row ? run.book.view(*row, known_now) : std::nullopt;
        const std::int64_t open = view ? run.book.open(*view, query.moment) : 0;
        if (open > 0) found.others.push_back({one.item, {open, view->currency}});
    }
    return found;
}

/// Whether each item may still be asked for, and for as much. A member of a group is judged with its head.
bool still_asked(Collections& service, const Perimeter& perimeter, const Askable& own,
                 const std::vector<correspondence::AskedItem>& items) {
    const Askable judged = own.head ? askable(service, perimeter, *own.head) : own;
    return std::all_of(items.begin(), items.end(),
                       [&](const correspondence::AskedItem& one) { return judged.holds(one); });
}

/// Those of the account, or of its group when it heads one, that are open.
std::vector<correspondence::AskedItem> named_items(const Snapshot& book, AccountRow account, Moment moment,
                                                   const std::vector<ItemId>& wanted) {
    std::vector<correspondence::AskedItem> items;
    for (const AccountRow one : correspondence::chased_together(book, account, moment)) {
        for (const StatementLine& line : make_statement(book, one, moment).lines) {
            const bool named = std::find(wanted.begin(), wanted.end(), line.item) != wanted.end();
            if (named && line.open.minor > 0) items.push_back({line.item, line.open});
        }
    }
    return items;
}

}  // namespace

Result<NewMessage> Reminders::single(const Perimeter& perimeter, const SingleMessage& wish) {
    const Snapshot book = service_.ledger().book();
    const auto account = admitted_account(perimeter, book, wish.customer, service_.today());
    if (!account) return tl::unexpected(account.error());
    NewMessage message;
    message.kind = MessageKind::single;
    message.customer = wish.customer;
    message.entity = book.entity(*account);
    message.channel = "email";
    message.template_code = wish.template_code;
    message.to = {"payables"};
    message.day = service_.today();
    message.edit = wish.edit;
    const Askable own = askable(service_, perimeter, wish.customer);
    message.items = wish.items.empty()
                        ? own.unnamed()
                        : named_items(book, *account, {service_.today(), known_now}, wish.items);
    if (!wish.items.empty() && message.items.size() != wish.items.size())
        return refuse(RefusalCode::item_unknown);
    if (!still_asked(service_, perimeter, own, message.items)) return tl::unexpected(items_changed());
    return message;
}

Result<Content> Reminders::preview_single(const Perimeter& perimeter, const SingleMessage& wish) {
    const auto message = single(perimeter, wish);
    if (!message) return tl::unexpected(message.error());
    const auto connection = service_.ledger().database().lease();
    return composer_.compose(*connection, service_.ledger().book(), *message, {});
}

Result<Content> Reminders::preview_text(const Perimeter& perimeter, const SingleMessage& wish,
                                        const correspondence::TemplateText& text) {
    const auto message = single(perimeter, wish);
    if (!message) return tl::unexpected(message.error());
    const auto connection = service_.ledger().database().lease();
    return composer_.compose_with(*connection, service_.ledger().book(), *message, text);
}

Result<MessageId> Reminders::send_single(const Perimeter& perimeter, const Author& author,
                                         const SingleMessage& wish) {
    const auto message = single(perimeter, wish);
    if (!message) return tl::unexpected(message.error());
    const auto connection = service_.ledger().database().lease();
    const auto written = composer_.compose(*connection, service_.ledger().book(), *message, {});
    if (!written) return tl::unexpected(written.error());
    store::Transaction transaction(*connection);
    const auto id =
        correspondence::request(*connection, *message, author.user, service_.ledger().clock().now());
    if (!id) return tl::unexpected(id.error());
    transaction.commit();
    return *id;
}

Verdict Reminders::still_right(const Message& message) {
    if (message.kind == MessageKind::notice) return notice_right(message);
    if (message.kind == MessageKind::single) {
        // Who has paid, promised or disputed since is not written to, whoever asked for the message (MSG-1).
        const Perimeter whole = Perimeter::whole();
        const bool right =
            still_asked(service_, whole, askable(service_, whole, message.customer), message.items);
        return right ? Verdict{} : Verdict{Verdict::What::wrong, items_changed()};
    }
    if (message.kind != MessageKind::step) return {};
    const Decisions decisions = decided(Perimeter::whole(), message.customer, message.id);
    if (decisions.rows.empty())
        return {Verdict::What::wrong, {RefusalCode::not_found, {{"what", "customer"}}}};
    const Decision& decision = decisions.rows.front();
    const bool same_step = decision.step() && decision.leader && decision.leader->item == message.leader &&
                           decision.step()->code == message.step &&
                           decision.scenario->number == message.scenario;
    const bool days_off = same_step && decision.outcome == Outcome::waiting && message.day < service_.today();
    if (days_off && !decisions.works(service_.today())) return {Verdict::What::later, not_due(decision)};
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
    if (message.kind == MessageKind::test) return;
    const std::int64_t row = store::allot(connection, row_numbers, 1);
    connection.run(add_step_done,
                   {row, message.customer.value, message.scenario, message.leader.value, message.step,
                    static_cast<std::int64_t>(today.days()), 0, 1, message.author.value, now.micros});
}

}  // namespace countback::collections
