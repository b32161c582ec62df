#include "collections/policy_edit.h"

#include <algorithm>

#include "collections/policy_check.h"

namespace countback::collections {

namespace {

Scenario* find(Policy& policy, std::string_view code) {
    const auto found = std::find_if(policy.scenarios.begin(), policy.scenarios.end(),
                                    [&](const Scenario& one) { return one.code == code; });
    return found == policy.scenarios.end() ? nullptr : &*found;
}

int next_number(const Policy& policy) {
    int highest = 0;
    for (const Scenario& one : policy.scenarios) highest = std::max(highest, one.number);
    return highest + 1;
}

/// Its day from the due or issue date, steps counted from the one before summed up.
FormerStep former_of(const Scenario& scenario, std::size_t k) {
    FormerStep former{scenario.steps[k].code, TriggerBase::due, 0};
    for (;; --k) {
        const Trigger trigger = scenario.steps[k].trigger;
        former.days += trigger.days;
        if (trigger.base == TriggerBase::issue) former.base = TriggerBase::issue;
        if (trigger.base != TriggerBase::previous || k == 0) return former;
    }
}

std::vector<FormerStep> former_steps(const Scenario& before, const Scenario& after) {
    std::vector<FormerStep> all;
    for (const FormerStep& one : before.former) {
        if (!after.step(one.code)) all.push_back(one);
    }
    for (std::size_t k = 0; k < before.steps.size(); ++k) {
        if (!after.step(before.steps[k].code)) all.push_back(former_of(before, k));
    }
    return all;
}

Result<Policy> checked(Policy policy) {
    if (const auto fits = check_policy(policy); !fits) return tl::unexpected(fits.error());
    return policy;
}

}  // namespace

Result<Policy> with_scenario(Policy policy, Scenario scenario) {
    scenario.former.clear();
    Scenario* known = find(policy, scenario.code);
    if (!known) {
        scenario.number = next_number(policy);
        policy.scenarios.push_back(std::move(scenario));
        return checked(std::move(policy));
    }
    const bool back = known->state != Scenario::State::draft && scenario.state == Scenario::State::draft;
    if (back) return refuse(RefusalCode::scenario_not_draft, {{"scenario", scenario.code}});
    scenario.number = known->number;
    // Nobody has followed a draft: its steps leave nothing behind.
    if (known->state != Scenario::State::draft) scenario.former = former_steps(*known, scenario);
    *known = std::move(scenario);
    return checked(std::move(policy));
}

Result<Policy> with_copy(Policy policy, const Copy& copy) {
    const Scenario* original = find(policy, copy.from);
    if (!original) return refuse(RefusalCode::not_found, {{"what", "scenario"}});
    if (find(policy, copy.code)) return refuse(RefusalCode::scenario_code_taken, {{"scenario", copy.code}});
    Scenario made = *original;
    made.code = copy.code;
    if (!copy.name_en.empty()) made.name_en = copy.name_en;
    if (!copy.name_fr.empty()) made.name_fr = copy.name_fr;
    made.state = Scenario::State::draft;
    return with_scenario(std::move(policy), std::move(made));
}

Result<Policy> without_draft(Policy policy, std::string_view code) {
    const Scenario* known = find(policy, code);
    if (!known) return refuse(RefusalCode::not_found, {{"what", "scenario"}});
    if (known->state != Scenario::State::draft)
        return refuse(RefusalCode::scenario_not_draft, {{"scenario", std::string(code)}});
    std::erase_if(policy.scenarios, [&](const Scenario& one) { return one.code == code; });
    return checked(std::move(policy));
}

}  // namespace countback::collections
