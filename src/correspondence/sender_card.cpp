#include "correspondence/sender_card.h"

#include <algorithm>

#include "base/text.h"
#include "correspondence/queries.h"
#include "formats/epc.h"
#include "locale/time_zone.h"
#include "net/address.h"
#include "parties/directory.h"

namespace countback::correspondence {

namespace {

namespace json = boost::json;
constexpr std::size_t logo_letters_max = 280'000;

std::string word(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

tl::unexpected<Refusal> wrong_field(std::string_view field, std::string_view reason,
                                    const std::string& value) {
    return refuse(RefusalCode::field_invalid,
                  {{"field", std::string(field)}, {"reason", std::string(reason)}, {"value", value}});
}

/// Lines end in the address alone.
bool holds_control(std::string_view field, std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [&](char sign) { return is_control(sign) && !(sign == '\n' && field == "address"); });
}

/// What stands in every message's head and is paid to: one sign wrong, and no message leaves, or none is
/// paid.
Result<void> check_card(SenderCard& card) {
    std::erase(card.address, '\r');
    const std::pair<std::string_view, std::string*> fields[] = {{"name", &card.name},
                                                                {"address", &card.address},
                                                                {"registration", &card.registration},
                                                                {"vat_number", &card.vat_number},
                                                                {"phone", &card.phone},
                                                                {"email", &card.email}};
    for (const auto& [field, text] : fields) {
        if (holds_control(field, *text)) return wrong_field(field, "control_character", {});
    }
    if (!card.email.empty() && !net::mail_address(card.email))
        return wrong_field("email", "mail_address", card.email);
    if (!card.iban.empty()) {
        const auto account = formats::iban(card.iban);
        if (!account) return wrong_field("iban", name_of(account.error()), card.iban);
        card.iban = *account;
    }
    if (!card.bic.empty()) {
        const auto bank = formats::bic(card.bic);
        if (!bank) return wrong_field("bic", name_of(bank.error()), card.bic);
        card.bic = *bank;
    }
    return {};
}

}  // namespace

SenderCard sender_card(store::Connection& connection, const Entity& entity) {
    SenderCard card;
    card.entity = entity.id;
    card.country = entity.country;
    if (const auto text = connection.text(newest_card, {entity.id.value})) {
        const json::value value = json::parse(*text);
        const json::object& object = value.as_object();
        card.name = word(object, "name");
        card.address = word(object, "address");
        card.registration = word(object, "registration");
        card.vat_number = word(object, "vat_number");
        card.phone = word(object, "phone");
        card.email = word(object, "email");
        card.iban = word(object, "iban");
        card.bic = word(object, "bic");
        card.logo_png = word(object, "logo_png");
        card.time_zone = word(object, "time_zone");
        const json::value* shown = object.if_contains("penalties_shown");
        card.penalties_shown = !shown || !shown->is_bool() || shown->as_bool();
    }
    if (card.name.empty()) card.name = entity.name.empty() ? entity.code : entity.name;
    return card;
}

Result<SenderCard> read_card(const json::object& object, const Entity& entity) {
    http::BodyReader body(object);
    SenderCard card;
    card.entity = entity.id;
    const auto text = [&](std::string_view field, std::size_t max) {
        return body.optional_text(field, {0, max}).value_or("");
    };
    card.name = text("name", 200);
    card.address = text("address", 500);
    card.registration = text("registration", 200);
    card.vat_number = text("vat_number", 40);
    card.phone = text("phone", 40);
    card.email = text("email", 254);
    card.iban = text("iban", 42);
    card.bic = text("bic", 11);
    card.logo_png = text("logo_png", logo_letters_max);
    const json::value* shown = object.if_contains("penalties_shown");
    card.penalties_shown = !shown || !shown->is_bool() || shown->as_bool();
    card.country = body.optional_text("country", {0, 2}).value_or(entity.country);
    const auto capital = [](char letter) { return letter >= 'A' && letter <= 'Z'; };
    if (!card.country.empty() &&
        (card.country.size() != 2 || !std::all_of(card.country.begin(), card.country.end(), capital)))
        body.refuse_field("country", card.country);
    card.time_zone = text("time_zone", 60);
    if (!locale::local_time({}, card.time_zone)) body.refuse_field("time_zone", card.time_zone);
    if (!card.logo_png.empty() && !card.logo_png.starts_with("iVBORw0KGgo"))
        body.refuse_field("logo_png", "PNG");
    if (body.refusal()) return tl::unexpected(*body.refusal());
    if (const auto good = check_card(card); !good) return tl::unexpected(good.error());
    return card;
}

json::object card_json(const SenderCard& card) {
    return {{"name", card.name},
            {"address", card.address},
            {"registration", card.registration},
            {"vat_number", card.vat_number},
            {"phone", card.phone},
            {"email", card.email},
            {"iban", card.iban},
            {"bic", card.bic},
            {"logo_png", card.logo_png},
            {"country", card.country},
            {"time_zone", card.time_zone},
            {"penalties_shown", card.penalties_shown}};
}

void save_card(store::Connection& connection, const SenderCard& card, UserId author, Instant now) {
    const std::int64_t row = store::allot(connection, row_numbers, 1);
    for (Entity entity : parties::entities(connection)) {
        if (entity.id != card.entity || entity.country == card.country) continue;
        entity.country = card.country;
        parties::update_entity(connection, entity);
    }
    connection.run(add_card,
                   {row, card.entity.value, json::serialize(card_json(card)), author.value, now.micros});
}

}  // namespace countback::correspondence
