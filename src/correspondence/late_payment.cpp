#include "correspondence/late_payment.h"

#include <algorithm>

#include "access/settings.h"
#include "base/ensure.h"
#include "base/ratio.h"

namespace countback::correspondence {

namespace {

namespace json = boost::json;
using http::BodyReader;

std::string percent_text(std::int64_t hundredths) { return Hundredths{hundredths}.text(); }

/// The objects of a list; anything else in it is refused.
std::vector<json::object> objects_of(const json::object& object, std::string_view field, BodyReader& body) {
    std::vector<json::object> all;
    const json::value* value = object.if_contains(field);
    if (!value || value->is_null()) return all;
    const bool good = value->is_array() && value->get_array().size() <= rates_entered_max;
    if (!good) {
        body.refuse_field(field, "0-" + std::to_string(rates_entered_max));
        return all;
    }
    for (const json::value& one : value->get_array()) {
        if (one.is_object()) {
            all.push_back(one.get_object());
        } else {
            body.refuse_field(field, "object");
        }
    }
    return all;
}

void read_rates(const json::object& object, LatePayment& chosen, BodyReader& body) {
    for (const json::object& row : objects_of(object, "rates", body)) {
        BodyReader line(row);
        SemesterRate rate{line.text("series", {1, 40}), line.date("from"), 0, line.text("source", {1, 200})};
        const std::string percent = line.text("percent", {1, 6});
        if (line.refusal()) return body.refuse_field("rates", line.refusal()->data.front().second);
        const auto value = parse_percent(percent);
        if (!LateRateTable::shipped().has_series(rate.series)) body.refuse_field("series", rate.series);
        if (semester_of(rate.from) != rate.from) body.refuse_field("from", rate.from.iso());
        if (!value) body.refuse_field("percent", percent);
        rate.hundredths = value.value_or(0);
        chosen.rates.push_back(std::move(rate));
    }
}

void read_agreed(const json::object& object, LatePayment& chosen, BodyReader& body) {
    for (const json::object& row : objects_of(object, "agreed", body)) {
        BodyReader line(row);
        const EntityId entity{line.id("entity")};
        const std::string percent = line.text("percent", {1, 5});
        if (line.refusal()) return body.refuse_field("agreed", line.refusal()->data.front().second);
        const auto value = parse_percent(percent);
        if (!value || *value < 0) body.refuse_field("percent", percent);
        chosen.agreed.emplace_back(entity, value.value_or(0));
    }
}

bool contains(const std::vector<LabelId>& all, LabelId one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

json::array ids_json(const std::vector<LabelId>& all) {
    json::array array;
    for (const LabelId one : all) array.emplace_back(one.value);
    return array;
}

}  // namespace

LateRateTable LatePayment::table() const {
    LateRateTable table = LateRateTable::shipped();
    for (const SemesterRate& one : rates) table.put(one);
    return table;
}

std::optional<std::int64_t> LatePayment::agreed_with(EntityId entity) const {
    for (const auto& [one, hundredths] : agreed) {
        if (one == entity) return hundredths;
    }
    return std::nullopt;
}

LatePayment late_payment(store::Connection& connection) {
    const auto document = access::setting(connection, late_payment_setting);
    if (!document) return {};
    auto chosen = read_late_payment(*document);
    ensure(chosen.has_value(), "a setting that was saved can be read");
    return std::move(*chosen);
}

Result<LatePayment> read_late_payment(const json::object& object) {
    BodyReader body(object);
    LatePayment chosen;
    read_rates(object, chosen, body);
    read_agreed(object, chosen, body);
    for (const std::int64_t id : body.ids("public_segments")) chosen.public_segments.push_back(LabelId{id});
    for (const std::int64_t id : body.ids("consumer_segments")) {
        if (contains(chosen.public_segments, LabelId{id}))
            body.refuse_field("consumer_segments", "public_segments");
        chosen.consumer_segments.push_back(LabelId{id});
    }
    if (body.refusal()) return tl::unexpected(*body.refusal());
    return chosen;
}

json::object late_payment_json(const LatePayment& chosen) {
    json::array rates, agreed;
    for (const SemesterRate& one : chosen.rates) {
        rates.emplace_back(json::object{{"series", one.series},
                                        {"from", one.from.iso()},
                                        {"percent", percent_text(one.hundredths)},
                                        {"source", one.source}});
    }
    for (const auto& [entity, hundredths] : chosen.agreed)
        agreed.emplace_back(json::object{{"entity", entity.value}, {"percent", percent_text(hundredths)}});
    return {{"rates", std::move(rates)},
            {"agreed", std::move(agreed)},
            {"public_segments", ids_json(chosen.public_segments)},
            {"consumer_segments", ids_json(chosen.consumer_segments)}};
}

bool names_penalties(std::string_view text) { return text.find("penalt") != std::string_view::npos; }

}  // namespace countback::correspondence
