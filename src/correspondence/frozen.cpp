// What exactly is written, once frozen (MSG-1): kept with its hashes, set aside where it gives way to
// another.
#include "base/ensure.h"
#include "base/text.h"
#include "correspondence/outbox.h"
#include "correspondence/queries.h"
#include "crypto/hash.h"

namespace countback::correspondence {

namespace {

/// `name \t address` a line: neither may hold a tab or a line end.
std::string mailboxes_text(const std::vector<Mailbox>& boxes) {
    std::string text;
    for (const Mailbox& box : boxes) text += box.name + '\t' + box.address + '\n';
    return text;
}

std::vector<Mailbox> mailboxes_of(std::string_view text) {
    std::vector<Mailbox> boxes;
    for (const std::string_view line : split(text, '\n')) {
        const auto tab = line.find('\t');
        if (tab == std::string_view::npos) continue;
        boxes.push_back({std::string(line.substr(0, tab)), std::string(line.substr(tab + 1))});
    }
    return boxes;
}

}  // namespace

namespace {

constexpr std::size_t half = 32;

std::string words_digest(const NewMessage::Edit& words) {
    crypto::Sha256 hash;
    hash.add_part(words.subject);
    hash.add_part(words.text);
    return hash.hex();
}

}  // namespace

std::string asked_digest(const NewMessage& message, const std::vector<Money>& to_pay) {
    crypto::Sha256 hash;
    const auto add = [&](std::int64_t number, const Money& amount) {
        hash.add_part(std::to_string(number));
        hash.add_part(std::to_string(amount.minor));
        hash.add_part(amount.currency.code());
    };
    for (const AskedItem& one : message.items) add(one.item.value, one.amount);
    for (const Money& one : to_pay) add(0, one);
    return hash.hex();
}

std::string seen_digest(const Content& content) {
    if (!content.words) return {};
    return words_digest(*content.words).substr(0, half) + content.asked_digest.substr(0, half);
}

std::string_view changed_since(std::string_view seen, const Content& content) {
    const std::string now = seen_digest(content);
    if (seen.substr(half) != std::string_view(now).substr(half)) return "asked_changed";
    return seen == now ? "" : "text_changed";
}

std::string digest_of(const Content& content) {
    crypto::Sha256 hash;
    hash.add_part(content.language);
    hash.add_part(mailboxes_text(content.to));
    hash.add_part(mailboxes_text(content.cc));
    hash.add_part(mailboxes_text({content.from}));
    hash.add_part(content.reply_to);
    hash.add_part(content.message_id);
    hash.add_part(content.subject);
    hash.add_part(content.text);
    hash.add_part(content.html);
    for (const Attachment& one : content.attachments) {
        hash.add_part(one.name);
        hash.add_part(one.media_type);
        hash.add_part(one.digest.empty() ? crypto::sha256_hex(one.bytes) : one.digest);
    }
    return hash.hex();
}

std::optional<Instant> frozen_at(store::Connection& connection, MessageId message) {
    const auto at = connection.integer(content_frozen_at, {message.value});
    return at ? std::optional(Instant{*at}) : std::nullopt;
}

void freeze(store::Connection& connection, MessageId message, Content content, Instant now) {
    for (Attachment& one : content.attachments) one.digest = crypto::sha256_hex(one.bytes);
    connection.run(add_content,
                   {message.value, content.language, mailboxes_text(content.to), mailboxes_text(content.cc),
                    content.from.name, content.from.address, content.reply_to, content.message_id,
                    content.subject, content.text, content.html, digest_of(content), now.micros});
    if (!content.to_pay.empty()) connection.run(drop_to_pay, {message.value});
    for (const Money& one : content.to_pay)
        connection.run(add_to_pay, {message.value, std::string(one.currency.code()), one.minor});
    int place = 0;
    for (const Attachment& one : content.attachments) {
        connection.run(add_attachment, {message.value, place++, one.name, one.media_type, one.digest,
                                        store::Bytes{one.bytes}});
    }
}

bool may_be_set_aside(store::Connection& connection, MessageId message) {
    const auto never = [&](MessageState state) {
        return connection.integer(times_in_state, {message.value, static_cast<int>(state)}).value_or(0) == 0;
    };
    // What came back uncertain once may lie in a mailbox: the same words, or none.
    return never(MessageState::ambiguous) && never(MessageState::sent);
}

std::optional<std::string> set_aside(store::Connection& connection, MessageId message) {
    auto digest = connection.text(digest_of_content, {message.value});
    if (!digest) return digest;
    ensure(may_be_set_aside(connection, message), "what a server may have taken is kept");
    const std::int64_t place = 1 + connection.integer(contents_set_aside, {message.value}).value_or(0);
    connection.run(keep_past_content, {message.value, place});
    connection.run(keep_past_attachments, {message.value, place});
    connection.run(drop_attachments, {message.value});
    connection.run(drop_content, {message.value});
    return digest;
}

std::optional<Content> content(store::Connection& connection, MessageId id) {
    std::optional<Content> found;
    connection.each(read_content, {id.value}, [&](const store::Row& row) {
        Content content;
        content.language = row.text(0);
        content.to = mailboxes_of(row.text(1));
        content.cc = mailboxes_of(row.text(2));
        content.from = {std::string(row.text(3)), std::string(row.text(4))};
        content.reply_to = row.text(5);
        content.message_id = row.text(6);
        content.subject = row.text(7);
        content.text = row.text(8);
        content.html = row.text(9);
        content.digest = row.text(10);
        found = std::move(content);
    });
    if (!found) return found;
    connection.each(read_attachments, {id.value}, [&](const store::Row& row) {
        found->attachments.push_back({std::string(row.text(0)), std::string(row.text(1)),
                                      std::string(row.text(3)), std::string(row.text(2))});
    });
    return found;
}

}  // namespace countback::correspondence
