#include "collections/policy.h"

namespace countback::collections {

namespace {

std::vector<Money> in_units(std::initializer_list<std::pair<const char*, std::int64_t>> amounts) {
    std::vector<Money> all;
    for (const auto& [code, units] : amounts) {
        if (const auto currency = Currency::parse(code))
            all.push_back({units * currency->minor_per_unit(), *currency});
    }
    return all;
}

/// The first step's day relative to the due date; a step counted from the issue date counts as 30 days'
/// terms.
int first_day(const Scenario& scenario) {
    if (scenario.steps.empty()) return 10'000;
    const Trigger trigger = scenario.steps.front().trigger;
    return trigger.base == TriggerBase::issue ? trigger.days - 30 : trigger.days;
}

}  // namespace

const Scenario* Policy::scenario(int number) const {
    for (const Scenario& one : scenarios) {
        if (one.number == number) return &one;
    }
    return nullptr;
}

const Scenario* Policy::scenario(std::string_view code) const {
    for (const Scenario& one : scenarios) {
        if (one.code == code) return &one;
    }
    return nullptr;
}

const Step* Scenario::step(std::string_view wanted) const {
    for (const Step& one : steps) {
        if (one.code == wanted) return &one;
    }
    return nullptr;
}

Policy shipped_policy() {
    Policy policy;
    policy.scenarios = shipped_scenarios();
    policy.default_scenario = 1;
    policy.floors =
        in_units({{"EUR", 15}, {"USD", 15}, {"GBP", 15}, {"CHF", 15}, {"CAD", 20}, {"JPY", 2'000}});
    policy.ceilings = in_units({{"EUR", 50'000}, {"USD", 50'000}, {"GBP", 50'000}, {"CHF", 50'000}});
    return policy;
}

bool more_careful(const Scenario& a, const Scenario& b) {
    if (first_day(a) != first_day(b)) return first_day(a) > first_day(b);
    if (a.steps.size() != b.steps.size()) return a.steps.size() < b.steps.size();
    return a.number < b.number;
}

}  // namespace countback::collections
