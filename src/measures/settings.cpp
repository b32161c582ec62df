#include "measures/settings.h"

#include <algorithm>
#include <array>

#include "access/settings.h"
#include "base/ensure.h"
#include "http/json.h"
#include "measures/answers_json.h"

namespace countback {
namespace {

constexpr int bound_max = 3650, rate_ppm_max = 1'000'000;

/// A percentage with at most four decimals as parts per million: "8.5" = 85 000. Nothing when it is none.
std::optional<std::int64_t> ppm_of(std::string_view text) {
    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    std::string decimals(point == std::string_view::npos ? "" : text.substr(point + 1));
    const bool point_without_decimals = point != std::string_view::npos && decimals.empty();
    if (whole.empty() || whole.size() > 3 || decimals.size() > 4 || point_without_decimals)
        return std::nullopt;
    decimals.resize(4, '0');
    std::int64_t ppm = 0;
    for (const char digit : std::string(whole) + decimals) {
        if (digit < '0' || digit > '9') return std::nullopt;
        ppm = ppm * 10 + (digit - '0');
    }
    return ppm <= rate_ppm_max ? std::optional(ppm) : std::nullopt;
}

std::string percent_of(std::int64_t ppm) {
    std::string decimals = std::to_string(10'000 + ppm % 10'000).substr(1);
    while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
    return std::to_string(ppm / 10'000) + (decimals.empty() ? "" : "." + decimals);
}

/// Four whole days that ascend, the first at least `least`.
std::optional<std::array<int, 4>> four_days(const json::value* value, int least) {
    if (!value || !value->is_array() || value->as_array().size() != 4) return std::nullopt;
    std::array<int, 4> days{};
    for (std::size_t i = 0; i < days.size(); ++i) {
        const json::value& one = value->as_array()[i];
        if (!one.is_int64() || one.as_int64() < least || one.as_int64() > bound_max) return std::nullopt;
        days[i] = static_cast<int>(one.as_int64());
        least = days[i] + 1;
    }
    return days;
}

/// One of the numbers allowed.
int one_of(const json::object& object, http::BodyReader& body, const char* field,
           std::initializer_list<int> allowed) {
    const json::value* value = object.if_contains(field);
    for (const int one : allowed) {
        if (value && value->is_int64() && value->as_int64() == one) return one;
    }
    std::string reason;
    for (const int one : allowed) reason += (reason.empty() ? "" : ", ") + std::to_string(one);
    body.refuse_field(field, reason);
    return *allowed.begin();
}

json::array days_array(const std::array<int, 4>& days) { return {days[0], days[1], days[2], days[3]}; }

}  // namespace

IndicatorOptions MeasureSettings::indicator_options(JudgePromise judge_promise) const {
    IndicatorOptions options;
    options.late_days_above = late_days_above;
    options.cei_months = cei_months;
    options.behaviour = behaviour;
    options.judge_promise = std::move(judge_promise);
    return options;
}

MeasureSettings measure_settings(store::Connection& connection) {
    const auto document = access::setting(connection, measure_settings_name);
    if (!document) return {};
    auto settings = read_measure_settings(*document);
    ensure(settings.has_value(), "saved settings of the measures can be read");
    return *settings;
}

Result<MeasureSettings> read_measure_settings(const json::object& object) {
    http::BodyReader body(object);
    MeasureSettings settings;
    if (const auto rate = body.optional_text("internal_rate", {1, 8})) {
        settings.internal_rate_ppm = ppm_of(*rate);
        if (!settings.internal_rate_ppm) body.refuse_field("internal_rate", "0 to 100, like 8.5");
    }
    const auto ageing = four_days(object.if_contains("ageing_bounds"), 1);
    if (ageing) settings.ageing.days = *ageing;
    if (!ageing) body.refuse_field("ageing_bounds", "four days that ascend, like 30, 60, 90, 120");
    settings.late_days_above = one_of(object, body, "late_days_above", {0, 30, 60, 90});
    settings.cei_months = one_of(object, body, "cei_months", {1, 3, 6, 12});
    settings.behaviour.months = one_of(object, body, "behaviour_months", {6, 12});
    const auto classes = four_days(object.if_contains("payer_bounds"), 0);
    if (classes) settings.behaviour.bounds = *classes;
    if (!classes) body.refuse_field("payer_bounds", "four days that ascend, like 0, 5, 30, 60");
    const json::value* least = object.if_contains("settled_items_min");
    if (!least || !least->is_int64() || least->as_int64() < 1 || least->as_int64() > 100)
        body.refuse_field("settled_items_min", "1 to 100");
    else
        settings.behaviour.settled_items_min = static_cast<int>(least->as_int64());
    if (body.refusal()) return tl::unexpected(*body.refusal());
    return settings;
}

json::object measure_settings_json(const MeasureSettings& settings) {
    return {
        {"internal_rate", settings.internal_rate_ppm ? json::value(percent_of(*settings.internal_rate_ppm))
                                                     : json::value(nullptr)},
        {"ageing_bounds", days_array(settings.ageing.days)},
        {"late_days_above", settings.late_days_above},
        {"cei_months", settings.cei_months},
        {"behaviour_months", settings.behaviour.months},
        {"payer_bounds", days_array(settings.behaviour.bounds)},
        {"settled_items_min", settings.behaviour.settled_items_min}};
}

}  // namespace countback
