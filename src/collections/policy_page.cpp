// The scenarios and rules as the editor sees and saves them (COL-2 to COL-8), and what an edit would change.
#include <algorithm>
#include <set>

#include "collections/pages.h"
#include "collections/policy_edit.h"
#include "collections/policy_json.h"
#include "collections/preview_json.h"
#include "correspondence/templates.h"
#include "parties/directory.h"

namespace countback::collections {

namespace {

json::array labels_json(store::Connection& connection, LabelKind kind) {
    json::array array;
    for (const Label& label : parties::labels(connection, kind))
        array.emplace_back(json::object{{"id", label.id.value}, {"name", label.text}});
    return array;
}

json::object policy_json(const Pages& pages, const Policy& policy) {
    const auto connection = pages.service.ledger().database().lease();
    json::array scenarios;
    for (const Scenario& scenario : policy.scenarios) scenarios.push_back(scenario_json(scenario));
    json::array entities;
    for (const Entity& entity : parties::entities(*connection)) {
        entities.emplace_back(
            json::object{{"id", entity.id.value}, {"code", entity.code}, {"name", entity.name}});
    }
    return {{"version", policy.version},
            {"scenarios", std::move(scenarios)},
            {"rules", rules_json(policy)},
            {"entities", std::move(entities)},
            {"segments", labels_json(*connection, LabelKind::segment)},
            {"risk_classes", labels_json(*connection, LabelKind::risk_class)}};
}

/// Every template that a scenario names has a text.
Result<void> check_templates(store::Connection& connection, const Policy& policy) {
    std::set<std::string> codes;
    for (const Scenario& scenario : policy.scenarios) {
        for (const Step& step : scenario.steps) codes.insert(step.template_code);
        for (const Notice& notice : scenario.notices) codes.insert(notice.template_code);
    }
    codes.erase("");
    for (const std::string& code : codes) {
        if (!correspondence::template_text(connection, code, "en"))
            return refuse(RefusalCode::template_unknown, {{"template", code}});
    }
    return {};
}

/// Rules may only name entities and labels that there are, steps only templates that there are.
Result<void> check_references(const Pages& pages, const Policy& policy) {
    const auto connection = pages.service.ledger().database().lease();
    const auto entities = parties::entities(*connection);
    const auto entity_known = [&](EntityId id) {
        return !id ||
               std::any_of(entities.begin(), entities.end(), [&](const auto& one) { return one.id == id; });
    };
    const auto label_known = [&](LabelId id, LabelKind kind) {
        const auto label = id ? parties::label(*connection, id) : std::nullopt;
        return !id || (label && label->kind == kind);
    };
    const auto unknown = [](const char* field, std::int64_t id) {
        return refuse(RefusalCode::field_invalid, {{"field", field}, {"reason", std::to_string(id)}});
    };
    for (const auto& [entity, scenario] : policy.entity_defaults) {
        if (!entity || !entity_known(entity)) return unknown("entity", entity.value);
    }
    for (const AssignmentRule& rule : policy.rules) {
        if (!entity_known(rule.entity)) return unknown("entity", rule.entity.value);
        if (!label_known(rule.segment, LabelKind::segment)) return unknown("segment", rule.segment.value);
        if (!label_known(rule.risk_class, LabelKind::risk_class))
            return unknown("risk_class", rule.risk_class.value);
    }
    return check_templates(*connection, policy);
}

struct Edit {
    std::int64_t version = 0;
    std::string reason;
};

/// The version that the author saw: 0 is the shipped policy.
Result<std::int64_t> version_of(const json::object& object) {
    const json::value* version = object.if_contains("version");
    if (!version) return refuse(RefusalCode::field_missing, {{"field", "version"}});
    if (version->is_int64() && version->get_int64() >= 0) return version->get_int64();
    return refuse(RefusalCode::field_invalid, {{"field", "version"}, {"reason", "≥ 0"}});
}

Result<Edit> read_edit(const json::object& object) {
    const auto version = version_of(object);
    if (!version) return tl::unexpected(version.error());
    http::BodyReader body(object);
    Edit edit{*version, body.optional_text("reason", {0, 500}).value_or("")};
    if (body.refusal()) return tl::unexpected(*body.refusal());
    return edit;
}

/// Saves and answers the whole policy as it stands now.
Answer saved(const Pages& pages, const access::Caller& caller, const http::Request& request,
             const Result<Policy>& policy, const Edit& edit) {
    if (!policy) return tl::unexpected(policy.error());
    if (const auto checked = check_references(pages, *policy); !checked)
        return tl::unexpected(checked.error());
    const auto version = pages.service.policies().save(
        {{caller.user, request.remote_address}, *policy, edit.version, edit.reason});
    if (!version) return tl::unexpected(version.error());
    return http::json_answer(policy_json(pages, *pages.service.policy()));
}

Result<json::object> object_of(const json::object& body, std::string_view field) {
    const json::value* value = body.if_contains(field);
    if (!value) return refuse(RefusalCode::field_missing, {{"field", std::string(field)}});
    if (value->is_object()) return value->get_object();
    return refuse(RefusalCode::field_invalid, {{"field", std::string(field)}, {"reason", "object"}});
}

/// The policy with the scenario (as if active) and the rules of the body in place.
Result<Policy> candidate(Policy policy, const json::object& body) {
    if (body.contains("scenario")) {
        const auto object = object_of(body, "scenario");
        if (!object) return tl::unexpected(object.error());
        auto scenario = read_scenario(*object);
        if (!scenario) return tl::unexpected(scenario.error());
        if (scenario->state == Scenario::State::draft) scenario->state = Scenario::State::active;
        auto edited = with_scenario(std::move(policy), std::move(*scenario));
        if (!edited) return edited;
        policy = std::move(*edited);
    }
    if (!body.contains("rules")) return policy;
    const auto object = object_of(body, "rules");
    if (!object) return tl::unexpected(object.error());
    return with_rules(std::move(policy), *object);
}

}  // namespace

Answer policy_page(const Pages& pages, const access::Caller&, const http::Request&) {
    return http::json_answer(policy_json(pages, *pages.service.policy()));
}

Answer save_scenario_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto body = http::read_object(request, {"version", "scenario", "reason"});
    if (!body) return tl::unexpected(body.error());
    const auto edit = read_edit(*body);
    if (!edit) return tl::unexpected(edit.error());
    auto object = object_of(*body, "scenario");
    if (!object) return tl::unexpected(object.error());
    const std::string code(request.capture("code"));
    if (!object->contains("code")) (*object)["code"] = code;
    const auto scenario = read_scenario(*object);
    if (!scenario) return tl::unexpected(scenario.error());
    if (scenario->code != code)
        return refuse(RefusalCode::field_invalid, {{"field", "code"}, {"reason", scenario->code}});
    return saved(pages, caller, request, with_scenario(*pages.service.policy(), *scenario), *edit);
}

Answer copy_scenario_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto object = http::read_object(request, {"version", "code", "names", "reason"});
    if (!object) return tl::unexpected(object.error());
    const auto edit = read_edit(*object);
    if (!edit) return tl::unexpected(edit.error());
    http::BodyReader body(*object);
    Copy copy{std::string(request.capture("code")), body.text("code", {1, 40})};
    if (const json::object* names = body.optional_object("names")) {
        http::BodyReader inner(*names);
        copy.name_en = inner.optional_text("en", {1, 120}).value_or("");
        copy.name_fr = inner.optional_text("fr", {1, 120}).value_or("");
        if (inner.refusal()) return tl::unexpected(*inner.refusal());
    }
    if (body.refusal()) return tl::unexpected(*body.refusal());
    return saved(pages, caller, request, with_copy(*pages.service.policy(), copy), *edit);
}

Answer remove_scenario_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    http::QueryReader query(request);
    const std::int64_t version = query.whole("version", -1, 0, 1'000'000'000);
    if (query.refusal()) return tl::unexpected(*query.refusal());
    if (version < 0) return refuse(RefusalCode::field_missing, {{"field", "version"}});
    return saved(pages, caller, request, without_draft(*pages.service.policy(), request.capture("code")),
                 {version, {}});
}

Answer save_rules_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto body = http::read_object(request, {"version", "rules", "reason"});
    if (!body) return tl::unexpected(body.error());
    const auto edit = read_edit(*body);
    if (!edit) return tl::unexpected(edit.error());
    const auto rules = object_of(*body, "rules");
    if (!rules) return tl::unexpected(rules.error());
    return saved(pages, caller, request, with_rules(*pages.service.policy(), *rules), *edit);
}

Answer preview_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto body = http::read_object(request, {"scenario", "rules"});
    if (!body) return tl::unexpected(body.error());
    const auto stands = pages.service.policy();
    const auto edited = candidate(*stands, *body);
    if (!edited) return tl::unexpected(edited.error());
    if (const auto checked = check_references(pages, *edited); !checked)
        return tl::unexpected(checked.error());
    const auto state = pages.service.state();
    const Snapshot book = pages.service.ledger().book();
    const PreviewQuery query{{}, {pages.service.today(), known_now}};
    const Preview made = preview(caller.perimeter, book, query, {*stands, *state}, {*edited, *state});
    PageNames names(pages.service.ledger().database(), caller.language, pages.user_name);
    return http::json_answer(preview_json(made, names));
}

/// `{"scenario": "careful"}`; null or empty takes the choice back.
Answer choose_customer_scenario_page(const Pages& pages, const access::Caller& caller,
                                     const http::Request& request) {
    const auto id = path_id(request, "id");
    if (!id) return tl::unexpected(id.error());
    const auto object = http::read_object(request, {"scenario"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    const std::string scenario = body.optional_text("scenario", {0, 40}).value_or("");
    if (body.refusal()) return tl::unexpected(*body.refusal());
    const auto chosen =
        pages.service.choose_for_customer(caller.perimeter, {caller.user, "desk"}, CustomerId{*id}, scenario);
    if (!chosen) return tl::unexpected(chosen.error());
    return http::json_answer(json::object{{"scenario", scenario}});
}

Answer choose_item_scenario_page(const Pages& pages, const access::Caller& caller,
                                 const http::Request& request) {
    const auto id = path_id(request, "id");
    if (!id) return tl::unexpected(id.error());
    const auto object = http::read_object(request, {"scenario"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    const std::string scenario = body.optional_text("scenario", {0, 40}).value_or("");
    if (body.refusal()) return tl::unexpected(*body.refusal());
    const auto chosen =
        pages.service.choose_for_item(caller.perimeter, {caller.user, "desk"}, ItemId{*id}, scenario);
    if (!chosen) return tl::unexpected(chosen.error());
    return http::json_answer(json::object{{"scenario", scenario}});
}

}  // namespace countback::collections
