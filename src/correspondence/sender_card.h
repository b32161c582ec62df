// What an entity of ours says of itself in its messages: name, address, bank, logo. One document an entity,
// the newest stands, every version is kept.
#pragma once
#include <string>

#include "base/clock.h"
#include "base/refusal.h"
#include "http/json.h"
#include "parties/types.h"
#include "store/database.h"

namespace countback::correspondence {

struct SenderCard {
    EntityId entity;
    std::string name{};          ///< as registered; the entity's name when not given
    std::string address{};       ///< lines
    std::string registration{};  ///< SIREN, register and number
    std::string vat_number{};
    std::string phone{}, email{};
    std::string iban{}, bic{};  ///< checked (ISO 13616); empty = no bank details are shown
    std::string logo_png{};     ///< base64 of a PNG, at most 200 KB; empty = none
    std::string country{};      ///< of the entity, ISO 3166; empty = not known: no law to claim penalties by
    std::string time_zone{};    ///< `Europe/Paris`: hours and days of its reminders; empty = the machine's
    bool penalties_shown = true;  ///< late penalties are told in messages
};

/// Of an entity that has none yet: its name alone.
SenderCard sender_card(store::Connection& connection, const Entity& entity);
/// Refuses field_invalid (logo_png, country, time_zone; iban_invalid, bic_invalid; control_character: a line
/// end outside the address). A country that is not given stays as it is.
Result<SenderCard> read_card(const http::json::object& object, const Entity& entity);
http::json::object card_json(const SenderCard& card);
/// The country is the entity's own: it is written there.
void save_card(store::Connection& connection, const SenderCard& card, UserId author, Instant now);

}  // namespace countback::correspondence
