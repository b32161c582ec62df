#include "collections/policy_check.h"

#include <algorithm>
#include <set>

#include "collections/fields.h"
#include "parties/contact_functions.h"

namespace countback::collections {

namespace {

/// Names it by code for programs, and as a person called it.
template <class One>
tl::unexpected<Refusal> named(RefusalCode code, const One& one,
                              std::vector<std::pair<std::string, std::string>> data) {
    data.emplace_back("step", one.code);
    data.emplace_back("step_en", one.name_en);
    data.emplace_back("step_fr", one.name_fr);
    return tl::unexpected(Refusal{code, std::move(data)});
}

template <class One>
Result<void> wrong(RefusalCode code, const One& one, std::string more = {}) {
    return named(code, one, {{"detail", std::move(more)}});
}

Result<void> wrong_field(const char* field, const char* reason, const Step& step) {
    return named(RefusalCode::field_invalid, step, {{"field", field}, {"reason", reason}});
}

/// What a contact can be; another word reaches nobody, for ever.
bool is_function(const std::string& name) {
    const auto& functions = parties::contact_functions;
    return std::find(functions.begin(), functions.end(), name) != functions.end();
}

bool is_active(const Scenario& scenario) { return scenario.state == Scenario::State::active; }

template <class One>
Result<void> check_code(const One& one, std::set<std::string>& known) {
    if (!is_code(one.code))
        return refuse(RefusalCode::field_invalid, {{"field", "code"}, {"reason", one.code}});
    if (!known.insert(one.code).second) return refuse(RefusalCode::step_code_twice, {{"step", one.code}});
    return {};
}

template <class One>
Result<void> check_text(const Scenario& scenario, const One& one) {
    if (scenario.state != Scenario::State::retired && !is_built(one.channel))
        return named(RefusalCode::field_invalid, one,
                     {{"field", "channel"},
                      {"reason", "channel_not_built"},
                      {"channel", std::string(name_of(one.channel))}});
    if (one.name_en.empty() || one.name_fr.empty()) return wrong(RefusalCode::step_name_missing, one);
    for (const auto* functions : {&one.to, &one.cc}) {
        for (const std::string& function : *functions) {
            if (!is_function(function))
                return named(RefusalCode::field_invalid, one,
                             {{"field", "to"}, {"reason", "unknown_function"}, {"value", function}});
        }
    }
    if (is_active(scenario) && needs_recipient(one.channel) && one.template_code.empty())
        return wrong(RefusalCode::template_missing, one);
    return {};
}

Result<void> check_timing(const Step& step) {
    const Trigger trigger = step.trigger;
    if (trigger.base == TriggerBase::previous && trigger.days < 1)
        return wrong(RefusalCode::step_order, step, std::to_string(trigger.days));
    if (trigger.base == TriggerBase::issue && trigger.days < 0)
        return wrong(RefusalCode::step_order, step, std::to_string(trigger.days));
    if (step.repeat_days > 0 && step.repeat_cap < 2) return wrong(RefusalCode::repeat_without_cap, step);
    if ((step.weekdays & 0b1111111) == 0) return wrong_field("weekdays", "no_weekday", step);
    if (step.hour_from < 0 || step.hour_to > 24 || step.hour_from >= step.hour_to)
        return wrong_field("hours", "hours_order", step);
    return {};
}

/// The days of each base so far; a step after the previous one moves both on.
struct Clocks {
    std::optional<int> due, issue;
    std::optional<int>& of(TriggerBase base) { return base == TriggerBase::issue ? issue : due; }
};

Result<void> check_order(const Scenario& scenario) {
    Clocks clocks;
    for (const Step& step : scenario.steps) {
        const Trigger trigger = step.trigger;
        if (trigger.base == TriggerBase::previous) {
            for (auto* clock : {&clocks.due, &clocks.issue}) {
                if (*clock) **clock += trigger.days;
            }
            continue;
        }
        std::optional<int>& clock = clocks.of(trigger.base);
        if (clock && trigger.days <= *clock)
            return wrong(RefusalCode::step_order, step, std::to_string(trigger.days));
        clock = trigger.days;
    }
    return {};
}

Result<void> check_named(const Policy& policy, int number) {
    const Scenario* scenario = policy.scenario(number);
    if (!scenario)
        return refuse(RefusalCode::field_invalid,
                      {{"field", "scenario"}, {"reason", std::to_string(number)}});
    if (!is_active(*scenario)) return refuse(RefusalCode::scenario_in_use, {{"scenario", scenario->code}});
    return {};
}

}  // namespace

Result<void> check_scenario(const Scenario& scenario) {
    if (!is_code(scenario.code))
        return refuse(RefusalCode::field_invalid, {{"field", "code"}, {"reason", scenario.code}});
    if (scenario.name_en.empty() || scenario.name_fr.empty())
        return refuse(RefusalCode::field_missing, {{"field", "names"}});
    if (is_active(scenario) && scenario.steps.empty())
        return refuse(RefusalCode::scenario_empty, {{"scenario", scenario.code}});
    if (scenario.steps.size() > steps_max || scenario.notices.size() > notices_max) {
        return refuse(RefusalCode::too_many_steps,
                      {{"count", std::to_string(scenario.steps.size())}, {"max", std::to_string(steps_max)}});
    }
    std::set<std::string> codes;
    for (const Step& step : scenario.steps) {
        for (const auto& checked :
             {check_code(step, codes), check_text(scenario, step), check_timing(step)}) {
            if (!checked) return checked;
        }
    }
    for (const Notice& notice : scenario.notices) {
        for (const auto& checked : {check_code(notice, codes), check_text(scenario, notice)}) {
            if (!checked) return checked;
        }
        if (!needs_recipient(notice.channel))
            return refuse(RefusalCode::field_invalid, {{"field", "channel"}, {"reason", notice.code}});
    }
    return check_order(scenario);
}

Result<void> check_policy(const Policy& policy) {
    std::set<std::string> codes;
    if (policy.scenarios.size() > scenarios_max) {
        return refuse(RefusalCode::field_invalid,
                      {{"field", "scenarios"}, {"reason", std::to_string(policy.scenarios.size())}});
    }
    for (const Scenario& scenario : policy.scenarios) {
        if (const auto checked = check_scenario(scenario); !checked) return checked;
        if (!codes.insert(scenario.code).second)
            return refuse(RefusalCode::scenario_code_taken, {{"scenario", scenario.code}});
    }
    if (const auto checked = check_named(policy, policy.default_scenario); !checked) return checked;
    for (const auto& [entity, number] : policy.entity_defaults) {
        if (const auto checked = check_named(policy, number); !checked) return checked;
    }
    for (const AssignmentRule& rule : policy.rules) {
        if (const auto checked = check_named(policy, rule.scenario); !checked) return checked;
    }
    return {};
}

}  // namespace countback::collections
