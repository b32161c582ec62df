#include "collections/own_message.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "collections/objections.h"
#include "correspondence/group.h"
#include "correspondence/queries.h"
#include "crypto/hash.h"

namespace countback::collections {

using correspondence::Content;
using correspondence::MessageKind;
using correspondence::MessageState;
using correspondence::NewMessage;

bool Askable::holds(const correspondence::AskedItem& wanted) const {
    const auto covers = [&](const correspondence::AskedItem& one) {
        return one.item == wanted.item && one.amount.currency == wanted.amount.currency &&
               one.amount.minor >= wanted.amount.minor;
    };
    const auto any = [&](const auto& items) { return std::any_of(items.begin(), items.end(), covers); };
    return any(overdue) || any(others) || any(put_off);
}

namespace {

constexpr std::string_view action_mark = "action:";

/// Held back by nothing but what a person may overrule.
bool is_put_off(const ItemOutcome& item) {
    const auto may_be = [](const Note& note) {
        return note.code == "snoozed" || note.code == "message_waiting" || note.code == "specific_action";
    };
    return item.state == ItemOutcome::State::excluded && !item.reasons.empty() &&
           std::all_of(item.reasons.begin(), item.reasons.end(), may_be);
}

}  // namespace

Askable askable(Collections& service, const Perimeter& perimeter, CustomerId customer, MessageId own) {
    DecideQuery query = query_of(service, customer);
    query.detail = Detail::whole;
    query.own = own;
    const DecidedRun run = service.decide(perimeter, query);
    Askable found;
    if (run.decisions.rows.empty()) return found;
    const Decision& decision = run.decisions.rows.front();
    found.head = decision.head;
    // Late, whether a step asks for it today or all are done: then the words of a reminder are true of it.
    const auto add = [&](ItemId item, Date due, Money amount) {
        (due < query.moment.as_of ? found.overdue : found.others).push_back({item, amount});
    };
    const auto view_of = [&](ItemId item) {
        const auto row = run.book.item(item);
        return row ? run.book.view(*row, known_now) : std::nullopt;
    };
    for (const AskedItem& one : decision.asked) {
        if (const auto view = view_of(one.item)) add(one.item, view->due, {one.amount, one.currency});
    }
    for (const ItemOutcome& one : decision.items) {
        const auto same = [&](const AskedItem& asked) { return asked.item == one.item; };
        if (std::any_of(decision.asked.begin(), decision.asked.end(), same)) continue;
        const bool put_off = is_put_off(one);
        const bool held = one.state == ItemOutcome::State::excluded || !one.reasons.empty();
        if (held && !put_off) continue;
        const auto view = view_of(one.item);
        const std::int64_t open = view ? run.book.open(*view, query.moment) : 0;
        if (open <= 0) continue;
        if (put_off) {
            found.put_off.push_back({one.item, {open, view->currency}});
        } else {
            add(one.item, view->due, {open, view->currency});
        }
    }
    return found;
}

bool still_asked(Collections& service, const Askable& judged_alone,
                 const std::vector<correspondence::AskedItem>& items, MessageId own) {
    const Perimeter whole = Perimeter::whole();
    const Askable judged =
        judged_alone.head ? askable(service, whole, *judged_alone.head, own) : judged_alone;
    return std::all_of(items.begin(), items.end(),
                       [&](const correspondence::AskedItem& one) { return judged.holds(one); });
}

bool calls_late(std::string_view template_code) {
    constexpr std::array<std::string_view, 6> of_late{"reminder_1",    "reminder_2",
                                                      "firm_reminder", "formal_notice",
                                                      "final_notice",  "public_buyer_reminder"};
    return std::find(of_late.begin(), of_late.end(), template_code) != of_late.end();
}

std::optional<Date> not_yet_due(const Snapshot& book, const NewMessage& message) {
    std::optional<Date> first;
    for (const correspondence::AskedItem& one : message.items) {
        const auto row = book.item(one.item);
        const auto view = row ? book.view(*row, known_now) : std::nullopt;
        if (view && view->due >= message.day && (!first || view->due < *first)) first = view->due;
    }
    return first;
}

std::string step_of_action(std::int64_t action) { return std::string(action_mark) + std::to_string(action); }

std::int64_t action_of(const NewMessage& message) {
    const std::string_view step = message.step;
    if (message.kind != MessageKind::single || !step.starts_with(action_mark)) return 0;
    std::int64_t number = 0;
    std::from_chars(step.data() + action_mark.size(), step.data() + step.size(), number);
    return number;
}

bool asks_for_items(const NewMessage::Edit& words) {
    constexpr std::array<std::string_view, 13> asking{
        "items_table", "items",     "total",           "totals",    "count",     "several",      "delay",
        "days_late",   "documents", "oldest_due_date", "reference", "penalties", "penalty_lines"};
    for (const std::string& text : {words.subject, words.text}) {
        for (auto at = text.find("{{"); at != std::string::npos; at = text.find("{{", at + 2)) {
            std::string_view tag = std::string_view(text).substr(at + 2, text.find("}}", at) - at - 2);
            while (!tag.empty() && std::string_view("#^{& \t").find(tag.front()) != std::string_view::npos)
                tag.remove_prefix(1);
            const std::string_view name = trim(tag.substr(0, tag.find('.')));
            if (name.starts_with("penalty_") || std::find(asking.begin(), asking.end(), name) != asking.end())
                return true;
        }
    }
    return false;
}

namespace {

constexpr std::string_view thanks_code = "thank_you";

/// The same customer, day, text, items and words.
std::string key_of(const NewMessage& message) {
    crypto::Sha256 hash;
    hash.add_part(message.template_code);
    for (const correspondence::AskedItem& one : message.items) hash.add_part(std::to_string(one.item.value));
    if (message.edit) hash.add_part(message.edit->subject);
    if (message.edit) hash.add_part(message.edit->text);
    return "single:" + std::to_string(message.customer.value) + ':' + message.day.iso() + ':' +
           hash.hex().substr(0, 32);
}

Result<void> check_asks(const NewMessage& message, const Content& content) {
    // Thanks are for what the ledger says was paid: a notice knows, a person's own message does not.
    if (message.template_code == thanks_code)
        return refuse(RefusalCode::step_not_due, {{"reason", "nothing_to_thank_for"}});
    // Only the statement in its own words asks for nothing; a person's may ask under any name.
    const bool statement = message.template_code == statement_code && !message.edit;
    const bool asks = !statement && content.words && asks_for_items(*content.words);
    if (message.items.empty() && asks)
        return refuse(RefusalCode::step_not_due, {{"reason", "nothing_to_ask"}});
    return {};
}

/// What its words call late, or reminded of in vain, is. Words of a person's own are hers to answer for
/// (objections.h).
Result<void> check_late(const Snapshot& book, const NewMessage& message) {
    if (message.edit || !calls_late(message.template_code)) return {};
    const auto due = not_yet_due(book, message);
    if (!due) return {};
    return refuse(RefusalCode::step_not_due, {{"reason", "called_late"}, {"due", due->iso()}});
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

const SpecificAction* find_action(const DunningState& state, CustomerId customer, std::int64_t number) {
    const auto found = state.specific.find(customer);
    if (found == state.specific.end()) return nullptr;
    const auto one = std::find_if(found->second.begin(), found->second.end(),
                                  [&](const SpecificAction& action) { return action.number == number; });
    return one == found->second.end() ? nullptr : &*one;
}

}  // namespace

struct Reminders::Single {
    NewMessage message;
    Askable own;
};

Result<void> Reminders::take_action(const SingleMessage& wish, const Askable& own, NewMessage& message) {
    const auto state = service_.state();
    const SpecificAction* action = find_action(*state, wish.customer, wish.action);
    if (!action) return refuse(RefusalCode::not_found, {{"what", "action"}});
    if (action->day > message.day)
        return refuse(RefusalCode::step_not_due,
                      {{"reason", "specific_action"}, {"date", action->day.iso()}});
    if (!needs_recipient(action->channel))
        return refuse(RefusalCode::field_invalid,
                      {{"field", "action"}, {"reason", std::string(name_of(action->channel))}});
    message.channel = name_of(action->channel);
    message.template_code = action->template_code;
    message.step = step_of_action(action->number);
    message.live_key = "single:" + message.step;
    const Snapshot book = service_.ledger().book();
    const Moment moment{message.day, known_now};
    if (const auto account = book.account(wish.customer))
        message.items = named_items(book, *account, moment, action->items);
    // Of its items those that are paid, promised or disputed by now are not asked for.
    std::erase_if(message.items,
                  [&](const correspondence::AskedItem& one) { return !still_asked(service_, own, {one}); });
    if (message.items.empty()) return refuse(RefusalCode::step_not_due, {{"reason", "nothing_to_ask"}});
    return check_late(book, message);
}

Result<Reminders::Single> Reminders::single(const Perimeter& perimeter, const SingleMessage& wish) {
    const Snapshot book = service_.ledger().book();
    const Date today = service_.today(wish.customer);
    const auto account = admitted_account(perimeter, book, wish.customer, today);
    if (!account) return tl::unexpected(account.error());
    NewMessage message;
    message.kind = MessageKind::single;
    message.customer = wish.customer;
    message.entity = book.entity(*account);
    message.channel = "email";
    message.template_code = wish.template_code;
    message.to = {"payables"};
    message.day = today;
    message.edit = wish.edit;
    if (wish.undoable) message.delay_seconds = undo_seconds;
    Askable own = askable(service_, perimeter, wish.customer);
    if (wish.action != 0) {
        if (const auto taken = take_action(wish, own, message); !taken) return tl::unexpected(taken.error());
        return Single{std::move(message), std::move(own)};
    }
    message.items =
        wish.items.empty() ? own.overdue : named_items(book, *account, {today, known_now}, wish.items);
    if (!wish.items.empty() && message.items.size() != wish.items.size())
        return refuse(RefusalCode::item_unknown);
    if (!still_asked(service_, own, message.items)) return tl::unexpected(items_changed());
    if (const auto late = check_late(book, message); !late) return tl::unexpected(late.error());
    message.live_key = key_of(message);
    return Single{std::move(message), std::move(own)};
}

Result<Content> Reminders::preview_single(const Perimeter& perimeter, const SingleMessage& wish) {
    const auto made = single(perimeter, wish);
    if (!made) return tl::unexpected(made.error());
    const auto connection = service_.ledger().database().lease();
    auto written = composer_.compose(*connection, service_.ledger().book(), made->message, {});
    if (!written) return written;
    if (const auto asks = check_asks(made->message, *written); !asks) return tl::unexpected(asks.error());
    return written;
}

Result<Content> Reminders::preview_text(const Perimeter& perimeter, const SingleMessage& wish,
                                        const correspondence::TemplateText& text) {
    auto made = single(perimeter, wish);
    if (!made) return tl::unexpected(made.error());
    // A text is looked at on any customer: with nothing late it shows what will be.
    if (made->message.items.empty()) made->message.items = std::move(made->own.others);
    const auto connection = service_.ledger().database().lease();
    return composer_.compose_with(*connection, service_.ledger().book(), made->message, text);
}

Result<SingleAsked> Reminders::send_single(const Perimeter& perimeter, const Author& author,
                                           const SingleMessage& wish) {
    const auto made = single(perimeter, wish);
    if (!made) return tl::unexpected(made.error());
    const NewMessage& message = made->message;
    const auto connection = service_.ledger().database().lease();
    const auto stands = [&]() -> std::optional<SingleAsked> {
        const auto id = connection->integer(correspondence::live_with_key, {message.live_key});
        return id ? std::optional(SingleAsked{MessageId{*id}, true}) : std::nullopt;
    };
    if (const auto first = stands()) return *first;
    const auto written = composer_.compose(*connection, service_.ledger().book(), message, {});
    if (!written) return tl::unexpected(written.error());
    if (const auto asks = check_asks(message, *written); !asks) return tl::unexpected(asks.error());
    if (const auto same = check_seen(wish.seen, message, *written); !same)
        return tl::unexpected(same.error());
    auto against = objections(service_, message, {});
    if (!against.empty() && !wish.overrule) {
        if (const auto first = stands()) return *first;  // asked for while this was looked at
        return tl::unexpected(against.front());
    }
    const Instant now = service_.ledger().clock().now();
    store::Transaction transaction(*connection);
    const auto id = correspondence::request(*connection, message, author.user, now);
    if (!id) {
        if (const auto first = stands()) return *first;  // pressed twice at the same moment
        return tl::unexpected(id.error());
    }
    // Somebody else's, asked for in the same moment.
    if (auto other = asked_before(*connection, wish.customer, *id); other && against.empty()) {
        if (!wish.overrule) return tl::unexpected(*other);
        against.push_back(std::move(*other));
    }
    note_overruled(*connection, *id, against, {MessageState::requested, {}, author.user, {}}, now);
    transaction.commit();
    return SingleAsked{*id, false};
}

Verdict Reminders::single_right(const correspondence::Message& message) {
    // Who has paid, promised or disputed since is not written to, whoever asked for the message (MSG-1).
    const Askable own = askable(service_, Perimeter::whole(), message.customer, message.id);
    const std::int64_t action = action_of(message);
    if (action != 0 && !find_action(*service_.state(), message.customer, action))
        return {Verdict::What::wrong, {RefusalCode::content_changed, {{"reason", "action_ended"}}}};
    if (!still_asked(service_, own, message.items, message.id))
        return {Verdict::What::wrong, items_changed()};
    const auto story = correspondence::story(*service_.ledger().database().lease(), message.id);
    for (Refusal& one : objections(service_, message, message.id)) {
        if (!is_overruled(story, one)) return {Verdict::What::wrong, std::move(one)};
    }
    return {};
}

}  // namespace countback::collections
