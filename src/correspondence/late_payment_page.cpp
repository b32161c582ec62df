// GET and PUT /api/settings/late-payment (LAW-1): the rates as they stand, what the company chose, and what a
// customer is claimed by them today.
#include <algorithm>

#include "access/settings.h"
#include "base/ratio.h"
#include "correspondence/late_payment.h"
#include "correspondence/post.h"
#include "parties/directory.h"

namespace countback::correspondence {

namespace {

namespace json = boost::json;

json::array rates_json(const LatePayment& chosen) {
    const auto own = [&](const SemesterRate& row) {
        return std::any_of(chosen.rates.begin(), chosen.rates.end(), [&](const SemesterRate& one) {
            return one.series == row.series && one.from == row.from;
        });
    };
    json::array rows;
    const LateRateTable table = chosen.table();
    for (const SemesterRate& row : table.rows()) {
        rows.emplace_back(json::object{{"series", row.series},
                                       {"from", row.from.iso()},
                                       {"percent", Hundredths{row.hundredths}.text()},
                                       {"source", row.source},
                                       {"entered", own(row)}});
    }
    return rows;
}

/// The newest semester up to today's whose rate is known.
std::optional<Date> newest_known(const LateRateTable& table, std::string_view series, Date today) {
    std::optional<Date> newest;
    for (const SemesterRate& row : table.rows()) {
        if (row.series == series && row.from <= today && (!newest || *newest < row.from)) newest = row.from;
    }
    return newest;
}

/// The rate that the day bears, or null where none is known.
json::value claimed(const LateRateTable& table, const LateTerms& terms, Date day) {
    const auto rates = late_rates(table, terms, day, day);
    return rates ? json::value(Hundredths{rates->front().hundredths}.text()) : json::value(nullptr);
}

json::array countries_json(const LateRateTable& table, Date today) {
    json::array rows;
    for (const CountryRule& rule : country_rules()) {
        const auto known = newest_known(table, rule.series, today);
        const Date day = known.value_or(today);
        const auto rate = table.of(rule.series, semester_of(day));
        rows.emplace_back(
            json::object{{"country", rule.country},
                         {"series", rule.series},
                         {"points", rule.points},
                         {"public_points", rule.public_points},
                         {"floor", rule.floor},
                         {"from", known ? json::value(known->iso()) : json::value(nullptr)},
                         {"rate", rate ? json::value(Hundredths{*rate}.text()) : json::value(nullptr)},
                         {"company", claimed(table, {rule.country, Debtor::business, {}}, day)},
                         {"public_buyer", claimed(table, {rule.country, Debtor::public_buyer, {}}, day)}});
    }
    return rows;
}

json::array entities_json(store::Connection& connection, const access::Caller& caller,
                          const LatePayment& chosen, Date today) {
    json::array rows;
    const LateRateTable table = chosen.table();
    for (const Entity& entity : parties::entities(connection)) {
        if (!caller.perimeter.admits(entity.id)) continue;
        const auto agreed = chosen.agreed_with(entity.id);
        rows.emplace_back(json::object{
            {"id", entity.id.value},
            {"code", entity.code},
            {"country", entity.country},
            {"company", claimed(table, {entity.country, Debtor::business, agreed}, today)},
            {"public_buyer", claimed(table, {entity.country, Debtor::public_buyer, agreed}, today)}});
    }
    return rows;
}

Refusal unfit(std::string_view field, const std::string& reason) {
    return {RefusalCode::field_invalid, {{"field", std::string(field)}, {"reason", reason}}};
}

template <class All, class Same>
auto twice(const All& all, Same same) {
    for (auto one = all.begin(); one != all.end(); ++one) {
        if (std::any_of(all.begin(), one, [&](const auto& other) { return same(*one, other); })) return one;
    }
    return all.end();
}

/// What is known, and each once: two rates for one thing would leave it to chance which holds.
std::optional<Refusal> unfit_choice(store::Connection& connection, const LatePayment& chosen) {
    const auto row = twice(chosen.rates, [](const SemesterRate& a, const SemesterRate& b) {
        return a.series == b.series && a.from == b.from;
    });
    if (row != chosen.rates.end()) return unfit("rates", "twice: " + row->series + ' ' + row->from.iso());
    const auto agreed = twice(chosen.agreed, [](const auto& a, const auto& b) { return a.first == b.first; });
    if (agreed != chosen.agreed.end())
        return unfit("agreed", "twice: " + std::to_string(agreed->first.value));
    const auto entities = parties::entities(connection);
    for (const auto& [entity, hundredths] : chosen.agreed) {
        const auto same = [&, id = entity](const Entity& one) { return one.id == id; };
        if (std::none_of(entities.begin(), entities.end(), same))
            return unfit("agreed", "entity " + std::to_string(entity.value));
    }
    const auto segments = parties::labels(connection, LabelKind::segment);
    for (const auto& [field, all] : {std::pair{"public_segments", &chosen.public_segments},
                                     {"consumer_segments", &chosen.consumer_segments}}) {
        for (const LabelId id : *all) {
            const auto same = [&](const Label& one) { return one.id == id; };
            if (std::none_of(segments.begin(), segments.end(), same))
                return unfit(field, "segment " + std::to_string(id.value));
        }
    }
    return std::nullopt;
}

json::object whole_json(store::Connection& connection, const access::Caller& caller, Date today) {
    const LatePayment chosen = late_payment(connection);
    json::object object = late_payment_json(chosen);
    json::array segments;
    for (const Label& one : parties::labels(connection, LabelKind::segment))
        segments.emplace_back(json::object{{"id", one.id.value}, {"text", one.text}});
    object["entered"] = std::move(object["rates"]);
    object["rates"] = rates_json(chosen);
    object["countries"] = countries_json(chosen.table(), today);
    object["entities"] = entities_json(connection, caller, chosen, today);
    object["semester"] = semester_of(today).iso();
    object["version"] = access::setting_version(connection, late_payment_setting);
    object["segments"] = std::move(segments);
    return object;
}

}  // namespace

Answer late_payment_page(const Post& post, const access::Caller& caller, const http::Request& /*request*/) {
    const auto connection = post.ledger.database().lease();
    return http::json_answer(whole_json(*connection, caller, post.ledger.clock().today()));
}

Answer save_late_payment_page(const Post& post, const access::Caller& caller, const http::Request& request) {
    const auto object =
        http::read_object(request, {"version", "rates", "agreed", "public_segments", "consumer_segments"});
    if (!object) return tl::unexpected(object.error());
    const auto chosen = read_late_payment(*object);
    if (!chosen) return tl::unexpected(chosen.error());
    const json::value* version = object->if_contains("version");
    if (!version) return refuse(RefusalCode::field_missing, {{"field", "version"}});
    if (!version->is_int64()) return tl::unexpected(unfit("version", "0, 1, 2 …"));
    const auto connection = post.ledger.database().lease();
    if (auto refusal = unfit_choice(*connection, *chosen)) return tl::unexpected(std::move(*refusal));
    const auto saved = access::save_setting(*connection, post.audit,
                                            {late_payment_setting,
                                             late_payment_json(*chosen),
                                             {caller.user, request.remote_address},
                                             post.ledger.clock().now(),
                                             version->get_int64()});
    if (!saved) return tl::unexpected(saved.error());
    return http::json_answer(whole_json(*connection, caller, post.ledger.clock().today()));
}

}  // namespace countback::correspondence
