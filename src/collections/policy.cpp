#include "collections/policy.h"

namespace countback::collections {

namespace {

Step step(std::string code, std::pair<std::string, std::string> names, Channel channel, Mode mode,
          Trigger trigger) {
    Step made;
    made.code = std::move(code);
    made.name_en = std::move(names.first);
    made.name_fr = std::move(names.second);
    made.channel = channel;
    made.mode = mode;
    made.trigger = trigger;
    return made;
}

constexpr Trigger due(int days) { return {TriggerBase::due, days}; }
constexpr Trigger after_previous(int days) { return {TriggerBase::previous, days}; }

Scenario standard() {
    Scenario scenario{1, "standard", "Standard", "Standard", {}};
    auto& steps = scenario.steps;
    steps.push_back(step("before_due", {"Before the due date", "Avant l'échéance"}, Channel::email,
                         Mode::confirm, due(-5)));
    steps.push_back(
        step("reminder", {"Friendly reminder", "Relance amiable"}, Channel::email, Mode::confirm, due(3)));
    steps.push_back(
        step("second", {"Second reminder", "Deuxième relance"}, Channel::email, Mode::confirm, due(12)));
    steps.push_back(step("call", {"Phone call", "Appel téléphonique"}, Channel::call, Mode::manual, due(20)));
    steps.push_back(
        step("firm", {"Firm reminder", "Relance ferme"}, Channel::letter, Mode::confirm, due(30)));
    steps.push_back(step("formal_notice", {"Formal notice", "Mise en demeure"}, Channel::registered_letter,
                         Mode::manual, due(45)));
    steps.push_back(step("decide", {"Decide what next", "Décider de la suite"}, Channel::task, Mode::manual,
                         after_previous(15)));
    steps[3].repeat_days = 7;
    steps[3].repeat_cap = 2;
    return scenario;
}

Scenario careful() {
    Scenario scenario{2, "careful", "Careful", "Prudent", {}};
    auto& steps = scenario.steps;
    steps.push_back(
        step("call", {"Courtesy call", "Appel de courtoisie"}, Channel::call, Mode::manual, due(10)));
    steps.push_back(step("reminder", {"Reminder", "Relance"}, Channel::email, Mode::confirm, due(20)));
    steps.push_back(step("review", {"Review with sales", "Point avec le commercial"}, Channel::task,
                         Mode::manual, due(35)));
    steps.push_back(step("firm", {"Firm reminder", "Relance ferme"}, Channel::email, Mode::confirm, due(50)));
    return scenario;
}

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

Policy shipped_policy() {
    Policy policy;
    policy.scenarios = {standard(), careful()};
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
