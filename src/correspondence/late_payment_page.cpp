// GET and PUT /api/settings/late-payment (LAW-1): the rates as they stand, and what the company chose.
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

json::array countries_json() {
    json::array rows;
    for (const CountryRule& rule : country_rules()) {
        rows.emplace_back(json::object{{"country", rule.country},
                                       {"series", rule.series},
                                       {"points", rule.points},
                                       {"public_points", rule.public_points},
                                       {"floor", rule.floor}});
    }
    return rows;
}

json::array entities_json(store::Connection& connection, const access::Caller& caller) {
    json::array rows;
    for (const Entity& entity : parties::entities(connection)) {
        if (!caller.perimeter.admits(entity.id)) continue;
        rows.emplace_back(
            json::object{{"id", entity.id.value}, {"code", entity.code}, {"country", entity.country}});
    }
    return rows;
}

json::object whole_json(store::Connection& connection, const access::Caller& caller) {
    const LatePayment chosen = late_payment(connection);
    json::object object = late_payment_json(chosen);
    json::array segments;
    for (const Label& one : parties::labels(connection, LabelKind::segment))
        segments.emplace_back(json::object{{"id", one.id.value}, {"text", one.text}});
    object["entered"] = std::move(object["rates"]);
    object["rates"] = rates_json(chosen);
    object["countries"] = countries_json();
    object["entities"] = entities_json(connection, caller);
    object["segments"] = std::move(segments);
    return object;
}

}  // namespace

Answer late_payment_page(const Post& post, const access::Caller& caller, const http::Request& /*request*/) {
    const auto connection = post.ledger.database().lease();
    return http::json_answer(whole_json(*connection, caller));
}

Answer save_late_payment_page(const Post& post, const access::Caller& caller, const http::Request& request) {
    const auto object = http::read_object(request);
    if (!object) return tl::unexpected(object.error());
    const auto chosen = read_late_payment(*object);
    if (!chosen) return tl::unexpected(chosen.error());
    const auto connection = post.ledger.database().lease();
    access::save_setting(*connection, post.audit,
                         {late_payment_setting,
                          late_payment_json(*chosen),
                          {caller.user, request.remote_address},
                          post.ledger.clock().now()});
    return http::json_answer(whole_json(*connection, caller));
}

}  // namespace countback::correspondence
