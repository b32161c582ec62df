// MSG-2: the letters that wait for the printer and the post, and what a person does about many at once. Each
// number she names is looked at anew: its customer within what she may see, its state, whether it is still
// right.
#include <unordered_set>

#include "correspondence/group.h"
#include "correspondence/letters.h"
#include "correspondence/message_json.h"
#include "correspondence/post.h"
#include "correspondence/selected.h"
#include "formats/pdf_join.h"
#include "locale/texts.h"

namespace countback::correspondence {

namespace {

constexpr std::size_t letters_max = 2000;

/// Of whom the letter goes to: a payment centre's letters lie one behind the other, for one envelope.
std::string country_of(ListNames& names, const Snapshot& book, Date today, CustomerId customer) {
    const auto account = book.account(customer);
    const Moment moment{today, known_now};
    const Customer& known =
        names.customer(account ? book.customer(recipient_of(book, *account, moment)) : customer);
    return known.country.empty() && account ? names.entity(book.entity(*account)).country : known.country;
}

/// All that the caller may see, in the order of the post.
std::vector<WaitingLetter> letters_for(const Post& post, const access::Caller& caller, ListNames& names,
                                       const Selection& selection = {}) {
    const Snapshot book = post.ledger.book();
    std::vector<WaitingLetter> letters;
    each_waiting_letter(names.connection(), [&](WaitingLetter letter) {
        if (admitted(post, book, caller, letter.customer, selection)) letters.push_back(std::move(letter));
    });
    const Date today = post.ledger.clock().today();
    for (WaitingLetter& one : letters) one.country = country_of(names, book, today, one.customer);
    sort_for_post(letters);
    return letters;
}

json::object letter_json(const Post& post, const WaitingLetter& letter, const Message& message,
                         ListNames& names) {
    json::object object = message_json(message, names);
    json::array address;
    for (const std::string& line : letter.address) address.emplace_back(line);
    const std::string why = post.no_longer_right(message);
    object["name"] = letter.name;
    object["address"] = std::move(address);
    object["country"] = letter.country;
    object["postcode"] = letter.to.postcode;
    object["town"] = letter.to.town;
    const bool printed = letter.printed.micros > 0;
    object["printed_at"] = printed ? json::value(letter.printed.rfc3339()) : json::value(nullptr);
    object["no_longer_right"] = why.empty() ? json::value(nullptr) : json::value(why);
    return object;
}

/// The numbers of the body, each once. Refuses field_invalid: none, or too many for one file.
Result<std::vector<MessageId>> asked_letters(http::BodyReader& body) {
    std::vector<MessageId> ids;
    std::unordered_set<std::int64_t> seen;
    for (const std::int64_t id : body.ids("ids")) {
        if (seen.insert(id).second) ids.push_back(MessageId{id});
    }
    if (ids.empty() || ids.size() > letters_max) body.refuse_field("ids", "1-" + std::to_string(letters_max));
    if (body.refusal()) return tl::unexpected(*body.refusal());
    return ids;
}

/// The letter when it is the caller's to handle. Refuses not_found, message_over (its state).
Result<Message> asked_letter(const Post& post, const Snapshot& book, const access::Caller& caller,
                             store::Connection& connection, MessageId id) {
    auto found = message(connection, id);
    const std::string number = std::to_string(id.value);
    if (!found || !admitted(post, book, caller, found->customer))
        return refuse(RefusalCode::not_found, {{"what", "message"}, {"message", number}});
    if (found->state != MessageState::to_post)
        return refuse(RefusalCode::message_over,
                      {{"state", std::string(name_of(found->state))}, {"message", number}});
    return std::move(*found);
}

/// Every letter asked for is there, waits, and is still right; else the first that is not.
Result<void> check_printable(const Post& post, const access::Caller& caller, store::Connection& connection,
                             const std::vector<MessageId>& ids) {
    const Snapshot book = post.ledger.book();
    for (const MessageId id : ids) {
        const auto letter = asked_letter(post, book, caller, connection, id);
        if (!letter) return tl::unexpected(letter.error());
        if (const std::string why = post.no_longer_right(*letter); !why.empty())
            return refuse(RefusalCode::content_changed,
                          {{"reason", why}, {"message", std::to_string(id.value)}});
    }
    return {};
}

/// Whether what was frozen may say something else now: it is another day, or the ledger learnt a fact since.
bool may_differ(const Post& post, store::Connection& connection, const Message& letter) {
    const auto at = frozen_at(connection, letter.id);
    return !at || moved_since(post.ledger.book(), *at) || post.day_of(letter.entity, *at) != letter.day;
}

/// What is printed is kept as it was printed. Until then a letter is written as of the day it is printed;
/// what stood before is set aside, and the story says why. Refuses what composing refuses, message_over.
Result<void> write_anew(const Post& post, store::Connection& connection, MessageId id) {
    auto letter = message(connection, id);
    const auto frozen = content(connection, id);
    if (!letter || !frozen || was_printed(connection, id)) return {};
    const Instant now = post.ledger.clock().now();
    const std::string number = std::to_string(id.value);
    letter->day = std::max(letter->day, post.day_of(letter->entity, now));
    const bool addressed = post.composer.still_addressed(connection, post.ledger.book(), *letter, *frozen);
    if (addressed && !may_differ(post, connection, *letter)) return {};
    auto written = post.composer.compose(connection, post.ledger.book(), *letter, id);
    if (!written) {
        written.error().data.emplace_back("message", number);
        return tl::unexpected(written.error());
    }
    if (digest_of(*written) == frozen->digest) return {};
    const std::string why = std::string(addressed ? "figures_changed " : "recipients_changed ");
    const std::vector<std::string> notes = std::move(written->notes);
    store::Transaction transaction(connection);
    if (!note(connection, id, {MessageState::to_post, why + frozen->digest, {}, {}}, now))
        return refuse(RefusalCode::message_over, {{"state", "sent"}, {"message", number}});
    if (was_printed(connection, id)) return {};  // somebody was quicker; nothing is committed
    set_aside(connection, id);
    freeze(connection, id, std::move(*written), now);
    for (const std::string& told : notes) note(connection, id, {MessageState::to_post, told, {}, {}}, now);
    transaction.commit();
    return {};
}

/// One letter after the other, each let go once it is in the file. Refuses file_unreadable.
Result<std::string> joined_file(ListNames& names, const std::vector<WaitingLetter>& letters,
                                const std::string& title) {
    formats::PdfJoiner joiner(title);
    for (const WaitingLetter& one : letters) {
        const auto written = content(names.connection(), one.id);
        const bool whole =
            written && !written->attachments.empty() && joiner.add(written->attachments.front().bytes);
        if (!whole)
            return refuse(RefusalCode::file_unreadable,
                          {{"reason", "letter"}, {"message", std::to_string(one.id.value)}});
    }
    return joiner.finish();
}

/// Told in the story of each. Refuses message_over when somebody was quicker.
Result<void> note_printed(store::Connection& connection, const std::vector<WaitingLetter>& letters,
                          UserId user, Instant now) {
    store::Transaction transaction(connection);
    for (const WaitingLetter& one : letters) {
        if (!note(connection, one.id, {MessageState::to_post, std::string(printed_detail), user, {}}, now))
            return refuse(RefusalCode::message_over,
                          {{"state", "sent"}, {"message", std::to_string(one.id.value)}});
    }
    transaction.commit();
    return {};
}

}  // namespace

Result<void> check_postable(const Post& post, const access::Caller& caller, store::Connection& connection,
                            MessageId id) {
    const auto letter = asked_letter(post, post.ledger.book(), caller, connection, id);
    if (!letter) return tl::unexpected(letter.error());
    const std::string number = std::to_string(id.value);
    if (!was_printed(connection, id))
        return refuse(RefusalCode::field_invalid,
                      {{"field", "ids"}, {"reason", "letter_not_printed"}, {"message", number}});
    if (const std::string why = post.no_longer_right(*letter); !why.empty())
        return refuse(RefusalCode::content_changed, {{"reason", why}, {"message", number}});
    return {};
}

Result<void> note_posted(const Post& post, const access::Caller& caller, store::Connection& connection,
                         MessageId id, const Posting& posting) {
    const auto letter = asked_letter(post, post.ledger.book(), caller, connection, id);
    if (!letter) return tl::unexpected(letter.error());
    if (posting.day < letter->day)
        return refuse(RefusalCode::field_invalid, {{"field", "day"}, {"reason", "< " + letter->day.iso()}});
    const std::string detail = std::string(posted_detail) + ' ' + posting.day.iso();
    const auto state =
        act(connection, id, Act::posted, {MessageState::sent, detail, posting.user, {}}, posting.now);
    if (!state) return tl::unexpected(state.error());
    post.completed(connection, *letter, {posting.day, posting.now});
    return {};
}

Answer letters_page(const Post& post, const access::Caller& caller, const http::Request& request) {
    http::QueryReader query(request);
    const std::size_t channel = query.choice("channel", {"all", "letter", "registered_letter"});
    const std::int64_t limit = query.whole("limit", 1000, 1, static_cast<std::int64_t>(letters_max));
    const Selection selection = selected(query);
    if (query.refusal()) return tl::unexpected(*query.refusal());
    ListNames names(post.ledger.database());
    json::array rows;
    std::int64_t total = 0;
    for (const WaitingLetter& one : letters_for(post, caller, names, selection)) {
        const bool wanted = channel == 0 || (channel == 2) == (one.channel == "registered_letter");
        if (!wanted) continue;
        ++total;
        if (total > limit) continue;
        const auto whole = message(names.connection(), one.id);
        if (whole) rows.push_back(letter_json(post, one, *whole, names));
    }
    return http::json_answer(json::object{{"rows", std::move(rows)}, {"total", total}});
}

Answer print_letters_page(const Post& post, const access::Caller& caller, const http::Request& request) {
    const auto object = http::read_object(request, {"ids"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    const auto ids = asked_letters(body);
    if (!ids) return tl::unexpected(ids.error());
    ListNames names(post.ledger.database());
    store::Connection& connection = names.connection();
    if (const auto good = check_printable(post, caller, connection, *ids); !good)
        return tl::unexpected(good.error());
    std::unordered_set<std::int64_t> asked;
    for (const MessageId id : *ids) {
        if (const auto anew = write_anew(post, connection, id); !anew) return tl::unexpected(anew.error());
        asked.insert(id.value);
    }
    auto letters = letters_for(post, caller, names);
    std::erase_if(letters, [&](const WaitingLetter& one) { return !asked.contains(one.id.value); });
    const std::string title = locale::text(caller.language, "message.letters_title");
    auto file = joined_file(names, letters, title);
    if (!file) return tl::unexpected(file.error());
    const auto noted = note_printed(connection, letters, caller.user, post.ledger.clock().now());
    if (!noted) return tl::unexpected(noted.error());
    const std::string name = "letters-" + post.ledger.clock().today().iso() + ".pdf";
    return file_answer(name, "application/pdf", std::move(*file));
}

Answer letters_posted_page(const Post& post, const access::Caller& caller, const http::Request& request) {
    const auto object = http::read_object(request, {"ids", "day"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    const Date today = post.ledger.clock().today();
    const Posting posting{body.optional_date("day").value_or(today), caller.user, post.ledger.clock().now()};
    if (posting.day > today) body.refuse_field("day", "> " + today.iso());
    const auto ids = asked_letters(body);
    if (!ids) return tl::unexpected(ids.error());
    const auto connection = post.ledger.database().lease();
    std::vector<Result<void>> postable;  // decided before anything is locked
    for (const MessageId id : *ids) postable.push_back(check_postable(post, caller, *connection, id));
    store::Transaction transaction(*connection);
    json::array rows;
    for (std::size_t place = 0; place < ids->size(); ++place) {
        const MessageId id = (*ids)[place];
        const Result<void> done =
            postable[place] ? note_posted(post, caller, *connection, id, posting) : postable[place];
        rows.emplace_back(
            json::object{{"message", id.value},
                         {"refusal", done ? json::value(nullptr)
                                          : json::value(http::refusal_json(done.error(), caller.language))}});
    }
    transaction.commit();
    post.wake();
    return http::json_answer(json::object{{"rows", std::move(rows)}});
}

}  // namespace countback::correspondence
