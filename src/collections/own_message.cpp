#include "collections/own_message.h"

#include <algorithm>

#include "base/text.h"
#include "collections/holds.h"
#include "correspondence/group.h"
#include "correspondence/queries.h"
#include "crypto/hash.h"

namespace countback::collections {

using correspondence::Content;
using correspondence::MessageKind;
using correspondence::NewMessage;

bool Askable::holds(const correspondence::AskedItem& wanted) const {
    const auto covers = [&](const correspondence::AskedItem& one) {
        return one.item == wanted.item && one.amount.currency == wanted.amount.currency &&
               one.amount.minor >= wanted.amount.minor;
    };
    return std::any_of(overdue.begin(), overdue.end(), covers) ||
           std::any_of(others.begin(), others.end(), covers);
}

Askable askable(Collections& service, const Perimeter& perimeter, CustomerId customer) {
    DecideQuery query;
    query.selection.customers = {customer};
    query.moment = {service.today(customer), known_now};
    query.whole = true;
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
        if (one.state == ItemOutcome::State::excluded || !one.reasons.empty()) continue;
        const auto view = view_of(one.item);
        const std::int64_t open = view ? run.book.open(*view, query.moment) : 0;
        if (open > 0) add(one.item, view->due, {open, view->currency});
    }
    return found;
}

bool still_asked(Collections& service, const Perimeter& perimeter, const Askable& own,
                 const std::vector<correspondence::AskedItem>& items) {
    const Askable judged = own.head ? askable(service, perimeter, *own.head) : own;
    return std::all_of(items.begin(), items.end(),
                       [&](const correspondence::AskedItem& one) { return judged.holds(one); });
}

bool asks_for_items(const NewMessage::Edit& words) {
    for (const std::string& text : {words.subject, words.text}) {
        for (auto at = text.find("{{"); at != std::string::npos; at = text.find("{{", at + 2)) {
            std::string_view tag = std::string_view(text).substr(at + 2, text.find("}}", at) - at - 2);
            while (!tag.empty() && std::string_view("#^{& \t").find(tag.front()) != std::string_view::npos)
                tag.remove_prefix(1);
            const std::string_view name = trim(tag);
            if (name == "items_table" || name == "items" || name == "total") return true;
        }
    }
    return false;
}

std::optional<Refusal> too_soon(Collections& service, CustomerId customer) {
    const auto policy = service.policy();
    const auto state = service.state();
    const Snapshot book = service.ledger().book();
    const auto row = book.account(customer);
    if (!row) return std::nullopt;
    Run run = make_run(book, *policy, *state, {service.today(customer), known_now});
    run.whole = true;
    Account account;
    read_account(run, *row, account);
    if (auto cap = contact_cap_hold(run, account)) {
        auto data = std::move(cap->note.data);
        data.insert(data.begin(), {"reason", "contact_cap"});
        return Refusal{RefusalCode::step_not_due, std::move(data)};
    }
    if (account.contacts.empty()) return std::nullopt;
    const Date until = account.contacts.back() + policy->min_gap_days;
    if (until <= run.today()) return std::nullopt;
    return Refusal{
        RefusalCode::step_not_due,
        {{"reason", "minimum_gap"}, {"last", account.contacts.back().iso()}, {"until", until.iso()}}};
}

namespace {

constexpr std::string_view statement_code = "statement", thanks_code = "thank_you";

/// The same customer, day, text, items and words.
std::string key_of(const NewMessage& message) {
    crypto::Sha256 hash;
    const auto part = [&](const std::string& text) { hash.add(std::to_string(text.size()) + ':' + text); };
    part(message.template_code);
    for (const correspondence::AskedItem& one : message.items) part(std::to_string(one.item.value));
    if (message.edit) part(message.edit->subject);
    if (message.edit) part(message.edit->text);
    return "single:" + std::to_string(message.customer.value) + ':' + message.day.iso() + ':' +
           hash.hex().substr(0, 32);
}

Result<void> check_asks(const NewMessage& message, const Content& content) {
    // Thanks are for what the ledger says was paid: a notice knows, a person's own message does not.
    if (message.template_code == thanks_code)
        return refuse(RefusalCode::step_not_due, {{"reason", "nothing_to_thank_for"}});
    const bool asks =
        message.template_code != statement_code && content.words && asks_for_items(*content.words);
    if (message.items.empty() && asks)
        return refuse(RefusalCode::step_not_due, {{"reason", "nothing_to_ask"}});
    return {};
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
    const Askable own = askable(service_, perimeter, wish.customer);
    message.items =
        wish.items.empty() ? own.overdue : named_items(book, *account, {today, known_now}, wish.items);
    if (!wish.items.empty() && message.items.size() != wish.items.size())
        return refuse(RefusalCode::item_unknown);
    if (!still_asked(service_, perimeter, own, message.items))
        return refuse(RefusalCode::content_changed, {{"reason", "items_changed"}});
    message.live_key = key_of(message);
    return message;
}

Result<Content> Reminders::preview_single(const Perimeter& perimeter, const SingleMessage& wish) {
    const auto message = single(perimeter, wish);
    if (!message) return tl::unexpected(message.error());
    const auto connection = service_.ledger().database().lease();
    auto written = composer_.compose(*connection, service_.ledger().book(), *message, {});
    if (!written) return written;
    if (const auto asks = check_asks(*message, *written); !asks) return tl::unexpected(asks.error());
    return written;
}

Result<Content> Reminders::preview_text(const Perimeter& perimeter, const SingleMessage& wish,
                                        const correspondence::TemplateText& text) {
    auto message = single(perimeter, wish);
    if (!message) return tl::unexpected(message.error());
    // A text is looked at on any customer: with nothing late it shows what will be.
    if (message->items.empty()) message->items = askable(service_, perimeter, wish.customer).others;
    const auto connection = service_.ledger().database().lease();
    return composer_.compose_with(*connection, service_.ledger().book(), *message, text);
}

Result<SingleAsked> Reminders::send_single(const Perimeter& perimeter, const Author& author,
                                           const SingleMessage& wish) {
    const auto message = single(perimeter, wish);
    if (!message) return tl::unexpected(message.error());
    const auto connection = service_.ledger().database().lease();
    const auto stands = [&]() -> std::optional<SingleAsked> {
        const auto id = connection->integer(correspondence::live_with_key, {message->live_key});
        return id ? std::optional(SingleAsked{MessageId{*id}, true}) : std::nullopt;
    };
    if (const auto first = stands()) return *first;
    const auto written = composer_.compose(*connection, service_.ledger().book(), *message, {});
    if (!written) return tl::unexpected(written.error());
    if (const auto asks = check_asks(*message, *written); !asks) return tl::unexpected(asks.error());
    const auto soon = too_soon(service_, wish.customer);
    if (soon && !wish.overrule) return tl::unexpected(*soon);
    const Instant now = service_.ledger().clock().now();
    store::Transaction transaction(*connection);
    const auto id = correspondence::request(*connection, *message, author.user, now);
    if (!id) {
        if (const auto first = stands()) return *first;  // pressed twice at the same moment
        return tl::unexpected(id.error());
    }
    if (soon) {
        using correspondence::MessageState;
        const std::string told = "overruled " + soon->data.front().second;
        correspondence::note(*connection, *id, {MessageState::requested, told, author.user, {}}, now);
    }
    transaction.commit();
    return SingleAsked{*id, false};
}

}  // namespace countback::collections
