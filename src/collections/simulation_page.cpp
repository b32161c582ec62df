// COL-12: a replay asked for, beside what was really done and beside another scenario.
#include "collections/fields.h"
#include "collections/pages.h"
#include "collections/policy_edit.h"
#include "collections/policy_json.h"
#include "collections/simulate.h"

namespace countback::collections {

namespace {

constexpr int days_max = 1'100;

json::object actions_json(const std::array<std::int64_t, channel_count>& counts) {
    json::object object;
    for (std::size_t channel = 0; channel < channel_count; ++channel)
        object[name_of(static_cast<Channel>(channel))] = counts[channel];
    return object;
}

json::array weeks_json(const Replay& replay) {
    json::array weeks;
    for (const auto& [week, counts] : replay.actions)
        weeks.emplace_back(json::object{{"week", week.iso()}, {"actions", actions_json(counts)}});
    return weeks;
}

json::array workload_json(const Replay& replay, PageNames& names) {
    json::array rows;
    for (const auto& [key, work] : replay.workload) {
        rows.emplace_back(json::object{{"week", key.first.iso()},
                                       {"collector", names.label_json(key.second)},
                                       {"confirm", work.confirm},
                                       {"manual", work.manual}});
    }
    return rows;
}

json::object replay_json(const Replay& replay, PageNames& names) {
    std::array<std::int64_t, channel_count> totals{};
    for (const auto& [week, counts] : replay.actions) {
        for (std::size_t channel = 0; channel < channel_count; ++channel) totals[channel] += counts[channel];
    }
    const bool measured = replay.of == Replay::Of::policy;
    const auto known = [&](std::int64_t count) {
        return measured ? json::value(count) : json::value(nullptr);
    };
    json::array suppressed;
    for (const auto& [code, count] : replay.suppressed) {
        suppressed.emplace_back(
            json::object{{"reason", code}, {"customers", count.customers}, {"days", count.days}});
    }
    json::object modes;
    for (int mode = 0; mode < 3; ++mode)
        modes[name_of(static_cast<Mode>(mode))] = replay.by_mode[static_cast<std::size_t>(mode)];
    return {{"actions", actions_json(totals)},
            {"weeks", weeks_json(replay)},
            {"modes", std::move(modes)},
            {"customers_touched", replay.customers_touched},
            {"contacts", replay.contacts},
            {"clashes", known(replay.clashes)},
            {"caps_hit", known(replay.caps_hit)},
            {"broken_promises", known(replay.broken_promises)},
            {"suppressed", measured ? json::value(std::move(suppressed)) : json::value(nullptr)},
            {"workload", workload_json(replay, names)}};
}

Result<SimulationQuery> read_query(const json::object& object, Date today) {
    http::BodyReader body(object);
    SimulationQuery query;
    query.from = body.date("from");
    query.to = body.date("to");
    query.known_at = known_now;
    if (object.contains("recipients") && body.choice("recipients", {"assumed", "known"}) == 1)
        query.recipients = SimulationQuery::Recipients::known;
    if (body.refusal()) return tl::unexpected(*body.refusal());
    const auto wrong = [](const char* field, const std::string& reason) {
        return refuse(RefusalCode::field_invalid, {{"field", field}, {"reason", reason}});
    };
    if (query.to < query.from || query.to > today) return wrong("to", query.to.iso());
    if (query.to - query.from >= days_max) return wrong("from", "≤ " + std::to_string(days_max));
    return query;
}

/// null: the policy as it stands. A code, or a whole scenario that need not be saved: everyone follows it.
Result<Policy> policy_of(const Policy& stands, const json::object& body, std::string_view field) {
    const json::value* value = body.if_contains(field);
    if (!value || value->is_null()) return stands;
    Policy policy = stands;
    if (const json::string* code = value->if_string()) {
        const Scenario* found = policy.scenario(std::string_view(*code));
        if (!found) return refuse(RefusalCode::not_found, {{"what", "scenario"}});
        policy.everyone = found->number;
        return policy;
    }
    if (!value->is_object())
        return refuse(RefusalCode::field_invalid, {{"field", std::string(field)}, {"reason", "object"}});
    auto scenario = read_scenario(value->get_object());
    if (!scenario) return tl::unexpected(scenario.error());
    scenario->state = Scenario::State::active;
    const std::string code = scenario->code;
    auto edited = with_scenario(std::move(policy), std::move(*scenario));
    if (edited) edited->everyone = edited->scenario(code)->number;
    return edited;
}

}  // namespace

Answer simulation_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto body = http::read_object(request, {"from", "to", "scenario", "other", "recipients"});
    if (!body) return tl::unexpected(body.error());
    const auto query = read_query(*body, pages.service.today());
    if (!query) return tl::unexpected(query.error());
    const auto stands = pages.service.policy();
    const auto first = policy_of(*stands, *body, "scenario");
    if (!first) return tl::unexpected(first.error());
    const auto second = policy_of(*stands, *body, "other");
    if (!second) return tl::unexpected(second.error());
    const auto state = pages.service.state();
    const Snapshot book = pages.service.ledger().book();
    PageNames names(pages.service.ledger().database(), caller.language, pages.user_name);
    const auto replayed = [&](const Policy& policy) {
        return replay_json(simulate(caller.perimeter, book, *query, {policy, *state}), names);
    };
    const json::value* other = body->if_contains("other");
    return http::json_answer(json::object{
        {"from", query->from.iso()},
        {"to", query->to.iso()},
        {"simulated", replayed(*first)},
        {"other", other && !other->is_null() ? json::value(replayed(*second)) : json::value(nullptr)},
        {"really", replay_json(really_done(caller.perimeter, book, *query, {*stands, *state},
                                           sent_messages(names.connection())),
                               names)}});
}

}  // namespace countback::collections
