// Messages as the desk sees them: always through the perimeter of the customer's account.
#include <span>

#include "correspondence/letters.h"
#include "correspondence/message_json.h"
#include "correspondence/papers.h"
#include "correspondence/post.h"
#include "correspondence/selected.h"

namespace countback::correspondence {

bool admitted(const Post& post, const Snapshot& book, const access::Caller& caller, CustomerId customer,
              const Selection& selection) {
    const auto account = book.account(customer);
    const Moment now{post.ledger.clock().today(), known_now};
    return account && book.admits(caller.perimeter, selection, now, *account);
}

http::Response file_answer(const std::string& name, const std::string& media_type, std::string bytes) {
    http::Response response;
    response.headers = {{"Content-Type", media_type},
                        {"Content-Disposition", "attachment; filename=\"" + name + "\""},
                        {"Cache-Control", "no-store"}};
    response.body = std::move(bytes);
    return response;
}

namespace {

constexpr std::int64_t page_max = 200;

/// The message of the path when the caller may see its customer; else not_found, as if there were none.
Result<Message> asked_message(const Post& post, const access::Caller& caller, store::Connection& connection,
                              const http::Request& request) {
    const auto id = http::parse_id(request.capture("id"));
    auto found = id ? message(connection, MessageId{*id}) : std::nullopt;
    if (!found || !admitted(post, post.ledger.book(), caller, found->customer))
        return refuse(RefusalCode::not_found, {{"what", "message"}});
    return std::move(*found);
}

/// What a list is of: the caller's part of the Book, and of that what she selected.
struct ListPart {
    const access::Caller& caller;
    Snapshot book;
    Selection selection;
};

json::object counts_json(const Post& post, const ListPart& part, store::Connection& connection) {
    json::object object;
    for (int number = 1; number <= message_states; ++number)
        object[name_of(static_cast<MessageState>(number))] = 0;
    std::function<bool(CustomerId)> admits;
    if (!part.caller.perimeter.admits_everything() || names_any(part.selection))
        admits = [&](CustomerId customer) {
            return admitted(post, part.book, part.caller, customer, part.selection);
        };
    for (const auto& [state, count] : counts(connection, admits)) object[name_of(state)] = count;
    return object;
}

json::array story_json(const Post& post, store::Connection& connection, MessageId id) {
    json::array array;
    for (const Event& event : story(connection, id)) {
        const bool person = event.user.value != 0;
        array.emplace_back(
            json::object{{"state", name_of(event.state)},
                         {"at", event.at.rfc3339()},
                         {"by", person ? json::value(post.user_name(event.user)) : json::value(nullptr)},
                         {"detail", event.detail}});
    }
    return array;
}

json::array items_json(const Message& message, ListNames& names) {
    json::array array;
    for (const AskedItem& one : message.items) {
        json::object item = names.item_json(one.item);
        item["amount"] = decimal(one.amount.minor, one.amount.currency);
        item["currency"] = one.amount.currency.code();
        array.push_back(std::move(item));
    }
    return array;
}

/// As frozen; before that, as it would be written now.
struct Seen {
    std::optional<Content> content{};
    bool frozen = false;
    std::optional<Refusal> refusal{};  ///< why it cannot be written now
};

Seen seen_content(const Post& post, store::Connection& connection, const Message& message) {
    Seen seen;
    seen.content = content(connection, message.id);
    seen.frozen = seen.content.has_value();
    if (seen.frozen || is_over(message.state)) return seen;
    auto written = post.composer.compose(connection, post.ledger.book(), message, message.id);
    if (written) {
        seen.content = std::move(*written);
    } else {
        seen.refusal = written.error();
    }
    return seen;
}

json::object whole_json(const Post& post, const Message& message, const access::Caller& caller,
                        ListNames& names) {
    json::object object = message_json(message, names);
    const Seen seen = seen_content(post, names.connection(), message);
    object["content"] = seen.content ? json::value(content_json(*seen.content)) : json::value(nullptr);
    object["content_frozen"] = seen.frozen;
    object["content_refusal"] =
        seen.refusal ? json::value(http::refusal_json(*seen.refusal, caller.language)) : json::value(nullptr);
    object["own_words"] = words_json(message.edit);
    object["item_rows"] = items_json(message, names);
    object["story"] = story_json(post, names.connection(), message.id);
    return object;
}

}  // namespace

Answer messages_page(const Post& post, const access::Caller& caller, const http::Request& request) {
    http::QueryReader query(request);
    ListWish wish;
    if (const auto customer = query.id("customer")) wish.customer = CustomerId{*customer};
    if (const auto before = query.id("before")) wish.before = MessageId{*before};
    const auto state = query.text("state");
    if (state) wish.state = parse_state(*state);
    if (state && !wish.state) query.refuse_field("state", *state);
    const std::int64_t limit = query.whole("limit", 50, 1, page_max);
    const ListPart part{caller, post.ledger.book(), selected(query)};
    if (query.refusal()) return tl::unexpected(*query.refusal());
    ListNames names(post.ledger.database());
    json::array rows;
    json::value next = nullptr;
    each_message(names.connection(), wish, [&](const Listed& listed) {
        if (!admitted(post, part.book, caller, listed.customer, part.selection)) return true;
        if (wish.customer && wish.state && listed.state != *wish.state) return true;
        if (static_cast<std::int64_t>(rows.size()) == limit) return false;
        const auto whole = message(names.connection(), listed.id);
        if (whole) rows.push_back(message_json(*whole, names));
        next = listed.id.value;
        return true;
    });
    if (static_cast<std::int64_t>(rows.size()) < limit) next = nullptr;
    return http::json_answer(json::object{
        {"rows", std::move(rows)}, {"next", next}, {"counts", counts_json(post, part, names.connection())}});
}

Answer message_page(const Post& post, const access::Caller& caller, const http::Request& request) {
    ListNames names(post.ledger.database());
    const auto found = asked_message(post, caller, names.connection(), request);
    if (!found) return tl::unexpected(found.error());
    return http::json_answer(whole_json(post, *found, caller, names));
}

Answer attachment_page(const Post& post, const access::Caller& caller, const http::Request& request) {
    const auto connection = post.ledger.database().lease();
    const auto found = asked_message(post, caller, *connection, request);
    if (!found) return tl::unexpected(found.error());
    const auto place = http::parse_id(request.capture("place"));
    const auto written = seen_content(post, *connection, *found).content;
    if (!written || !place || static_cast<std::size_t>(*place) > written->attachments.size())
        return refuse(RefusalCode::not_found, {{"what", "attachment"}});
    const Attachment& one = written->attachments[static_cast<std::size_t>(*place) - 1];
    return file_answer(one.name, one.media_type, one.bytes);
}

Answer document_page(const Post& post, const access::Caller& caller, const http::Request& request) {
    const auto id = http::parse_id(request.capture("id"));
    const Snapshot book = post.ledger.book();
    const auto row = id ? book.item(ItemId{*id}) : std::nullopt;
    const auto item = row ? book.view(*row, known_now) : std::nullopt;
    if (!item || !admitted(post, book, caller, book.customer(item->account)))
        return refuse(RefusalCode::not_found, {{"what", "item"}});
    ListNames names(post.ledger.database());
    const std::string number = names.item_number(ItemId{*id});
    const Entity& entity = names.entity(book.entity(item->account));
    const bool own = document_is_own(book, names, ItemId{*id}, number);
    auto bytes = read_document(post.documents.folder, entity.code, number, document_bytes_max);
    if (!own || (!bytes && bytes.error() == DocumentProblem::missing))
        return refuse(RefusalCode::not_found, {{"what", "document"}});
    if (!bytes) return refuse(RefusalCode::file_unreadable, {{"file", document_name(number) + ".pdf"}});
    return file_answer(document_file_name(number), "application/pdf", std::move(*bytes));
}

namespace {

/// What the message is now, or why nothing was done.
using Acted = Result<MessageState>;

/// A letter, on a day that she names, else today where its entity is.
Acted act_posted(const Post& post, const access::Caller& caller, store::Connection& connection,
                 const Message& message, std::optional<Date> named) {
    const Instant now = post.ledger.clock().now();
    const Date today = post.day_of(message.entity, now);
    const Date day = named.value_or(today);
    if (day > today)
        return refuse(RefusalCode::field_invalid, {{"field", "day"}, {"reason", "> " + today.iso()}});
    if (const auto good = check_postable(post, caller, connection, message.id); !good)
        return tl::unexpected(good.error());
    store::Transaction transaction(connection);
    const auto noted = note_posted(post, caller, connection, message.id, {day, caller.user, now});
    if (!noted) return tl::unexpected(noted.error());
    transaction.commit();
    return MessageState::sent;
}

/// It arrived on the day it was sent, whenever that is said.
Date day_of_sending(const Post& post, store::Connection& connection, const Message& message, Instant now) {
    for (const Event& event : story(connection, message.id)) {
        if (event.state == MessageState::sending) now = event.at;
    }
    return post.day_of(message.entity, now);
}

Acted act_other(const Post& post, store::Connection& connection, const Message& message, Act what,
                const Happening& by) {
    const Instant now = post.ledger.clock().now();
    store::Transaction transaction(connection);
    const auto state = act(connection, message.id, what, by, now);
    if (!state) return state;
    if (*state == MessageState::sent)
        post.completed(connection, message, {day_of_sending(post, connection, message, now), now});
    transaction.commit();
    return state;
}

}  // namespace

Answer act_page(const Post& post, const access::Caller& caller, const http::Request& request) {
    const auto object = http::read_object(request, {"what", "reason", "day"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    const auto what =
        static_cast<Act>(body.choice("what", {"cancel", "retry", "arrived", "not_arrived", "posted"}));
    const std::string reason = body.optional_text("reason", {0, 500}).value_or("");
    const auto day = body.optional_date("day");
    if (body.refusal()) return tl::unexpected(*body.refusal());
    ListNames names(post.ledger.database());
    store::Connection& connection = names.connection();
    const auto found = asked_message(post, caller, connection, request);
    if (!found) return tl::unexpected(found.error());
    const Acted acted = what == Act::posted ? act_posted(post, caller, connection, *found, day)
                                            : act_other(post, connection, *found, what,
                                                        {MessageState::cancelled, reason, caller.user, {}});
    if (!acted) return tl::unexpected(acted.error());
    post.wake();
    return http::json_answer(whole_json(post, *message(connection, found->id), caller, names));
}

Answer act_on_many_page(const Post& post, const access::Caller& caller, const http::Request& request) {
    const auto object =
        http::read_object(request, {"what", "state", "up_to", "reason", "entity", "collector", "segment"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    const auto what = static_cast<Act>(body.choice("what", {"cancel", "retry"}));
    ListWish wish;
    wish.state = parse_state(body.text("state", {1, 20}));
    if (!wish.state) body.refuse_field("state", "waiting, failed");
    const MessageId last{body.id("up_to")};
    const std::string reason = body.optional_text("reason", {0, 500}).value_or("");
    const ListPart part{caller, post.ledger.book(), selected(body)};
    if (body.refusal()) return tl::unexpected(*body.refusal());
    const auto connection = post.ledger.database().lease();
    std::vector<MessageId> meant;
    each_message(*connection, wish, [&](const Listed& one) {
        if (one.id.value <= last.value && admitted(post, part.book, caller, one.customer, part.selection))
            meant.push_back(one.id);
        return true;
    });
    constexpr std::size_t together = 500;
    std::int64_t done = 0;
    for (std::size_t at = 0; at < meant.size(); at += together) {
        store::Transaction transaction(*connection);
        const Instant now = post.ledger.clock().now();
        for (const MessageId id : std::span(meant).subspan(at, std::min(together, meant.size() - at)))
            done +=
                act(*connection, id, what, {MessageState::cancelled, reason, caller.user, {}}, now) ? 1 : 0;
        transaction.commit();
    }
    post.wake();
    return http::json_answer(
        json::object{{"done", done}, {"left", static_cast<std::int64_t>(meant.size()) - done}});
}

}  // namespace countback::correspondence
