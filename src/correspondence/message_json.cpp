#include "correspondence/message_json.h"

#include <map>

#include "correspondence/outbox.h"

namespace countback::correspondence {

namespace {

std::map<Currency, std::int64_t> sums_of_items(const Message& message) {
    std::map<Currency, std::int64_t> sums;
    for (const AskedItem& one : message.items)
        sums[one.amount.currency] = checked_add(sums[one.amount.currency], one.amount.minor);
    return sums;
}

/// What it asks to be paid (COL-7); where that is not known, the items' sum.
json::array totals_json(const Message& message) {
    std::map<Currency, std::int64_t> sums;
    for (const Money& one : message.to_pay) sums[one.currency] = one.minor;
    if (sums.empty()) sums = sums_of_items(message);
    json::array totals;
    for (const auto& [currency, minor] : sums) {
        totals.emplace_back(
            json::object{{"currency", currency.code()}, {"amount", decimal(minor, currency)}});
    }
    return totals;
}

json::array mailboxes_json(const std::vector<Mailbox>& boxes) {
    json::array array;
    for (const Mailbox& box : boxes)
        array.emplace_back(json::object{{"name", box.name}, {"address", box.address}});
    return array;
}

}  // namespace

json::object message_json(const Message& message, ListNames& names) {
    const bool timed = message.not_before.micros > 0;
    return {{"id", message.id.value},
            {"kind", name_of(message.kind)},
            {"state", name_of(message.state)},
            {"customer", names.customer_json(message.customer)},
            {"entity", names.entity_json(message.entity)},
            {"channel", message.channel},
            {"template", message.template_code},
            {"step", message.step.empty() ? json::value(nullptr) : json::value(message.step)},
            {"run", message.run == 0 ? json::value(nullptr) : json::value(message.run)},
            {"day", message.day.iso()},
            {"requested_at", message.requested.rfc3339()},
            {"attempts", message.attempts},
            {"not_before", timed ? json::value(message.not_before.rfc3339()) : json::value(nullptr)},
            {"detail", message.detail},
            {"items", message.items.size()},
            {"totals", totals_json(message)}};
}

json::value words_json(const std::optional<NewMessage::Edit>& words) {
    if (!words) return nullptr;
    return json::object{{"subject", words->subject}, {"text", words->text}};
}

json::object content_json(const Content& content) {
    json::array attachments;
    for (const Attachment& one : content.attachments) {
        attachments.emplace_back(json::object{{"name", one.name},
                                              {"media_type", one.media_type},
                                              {"bytes", one.bytes.size()},
                                              {"digest", one.digest}});
    }
    json::array notes;
    for (const std::string& one : content.notes) notes.emplace_back(one);
    return {{"language", content.language},
            {"words", words_json(content.words)},
            {"words_digest", content.words ? json::value(seen_digest(content)) : json::value(nullptr)},
            {"to", mailboxes_json(content.to)},
            {"cc", mailboxes_json(content.cc)},
            {"from", json::object{{"name", content.from.name}, {"address", content.from.address}}},
            {"reply_to", content.reply_to},
            {"subject", content.subject},
            {"text", content.text},
            {"html", content.html},
            {"digest", content.digest},
            {"attachments", std::move(attachments)},
            {"notes", std::move(notes)}};
}

}  // namespace countback::correspondence
