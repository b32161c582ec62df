// The rules part of the policy's document: assignment, defaults, limits, weights.
#include <array>

#include "collections/fields.h"
#include "collections/policy_check.h"
#include "collections/policy_json.h"
#include "receivables/types.h"

namespace countback::collections {

namespace {

constexpr int profile_count = 7;
constexpr int weight_max = 100;

struct Weight {
    std::string_view name;
    int PriorityRules::*value;
};
constexpr std::array<Weight, 7> weights{{{"overdue_amount", &PriorityRules::amount},
                                         {"age", &PriorityRules::age},
                                         {"broken_promises", &PriorityRules::broken_promises},
                                         {"risk_class", &PriorityRules::risk_class},
                                         {"over_limit", &PriorityRules::over_limit},
                                         {"payment", &PriorityRules::payment},
                                         {"contact", &PriorityRules::contact}}};

struct Limit {
    std::string_view name;
    int Policy::*value;
    int min, max;
};
constexpr std::array<Limit, 6> limits{{{"min_gap_days", &Policy::min_gap_days, 0, 60},
                                       {"promise_grace_days", &Policy::promise_grace_days, 0, 30},
                                       {"follow_up_days", &Policy::follow_up_days, 1, 90},
                                       {"stale_after_days", &Policy::stale_after_days, 1, 90},
                                       {"contact_cap", &Policy::contact_cap, 1, 31},
                                       {"contact_cap_days", &Policy::contact_cap_days, 1, 366}}};

json::value id_or_null(std::int64_t id) { return id == 0 ? json::value(nullptr) : json::value(id); }

std::string code_of(const Policy& policy, int number) {
    const Scenario* scenario = policy.scenario(number);
    return scenario ? scenario->code : std::string();
}

json::value country_json(std::int64_t country) {
    if (country == 0) return nullptr;
    return json::value(two_letter_text(country));
}

json::object rule_json(const Policy& policy, const AssignmentRule& rule) {
    json::value overdue = nullptr;
    if (rule.overdue_from) overdue = amounts_json({*rule.overdue_from}).front();
    return {{"rank", rule.rank},
            {"scenario", code_of(policy, rule.scenario)},
            {"segment", id_or_null(rule.segment.value)},
            {"risk_class", id_or_null(rule.risk_class.value)},
            {"payer", rule.payer ? json::value(name_of(*rule.payer)) : json::value(nullptr)},
            {"country", country_json(rule.country)},
            {"entity", id_or_null(rule.entity.value)},
            {"overdue_from", std::move(overdue)}};
}

json::object priority_json(const PriorityRules& priority) {
    json::object values;
    for (const Weight& weight : weights) values[weight.name] = priority.*weight.value;
    json::array grades;
    for (const auto& [label, grade] : priority.risk_grades)
        grades.emplace_back(json::object{{"risk_class", label.value}, {"grade", grade}});
    const auto list = [](const auto& numbers) { return json::array(numbers.begin(), numbers.end()); };
    return {{"weights", std::move(values)},
            {"amount_units", list(priority.amount_units)},
            {"age_days", list(priority.age_days)},
            {"contact_days", list(priority.contact_days)},
            {"risk_grades", std::move(grades)}};
}

class RulesReader {
public:
    explicit RulesReader(Policy policy) : policy_(std::move(policy)) {}

    Result<Policy> read(const json::object& object) {
        Fields fields(object, "", refusal_);
        for (const Limit& limit : limits)
            policy_.*limit.value = fields.whole(limit.name, {limit.min, limit.max, policy_.*limit.value});
        policy_.new_leader_by_age = fields.flag("new_leader_by_age");
        policy_.floors = fields.amounts("floors");
        policy_.ceilings = fields.amounts("ceilings");
        policy_.default_scenario = scenario(fields, "default_scenario");
        policy_.entity_defaults.clear();
        fields.each("entity_defaults", 1'000, [&](Fields& one) {
            policy_.entity_defaults.emplace_back(EntityId{one.id("entity")}, scenario(one, "scenario"));
        });
        policy_.rules.clear();
        fields.each("assignment", 1'000, [&](Fields& one) { policy_.rules.push_back(rule(one)); });
        read_priority(fields);
        fields.finish();
        if (refusal_) return tl::unexpected(*refusal_);
        if (const auto checked = check_policy(policy_); !checked) return tl::unexpected(checked.error());
        return std::move(policy_);
    }

private:
    int scenario(Fields& fields, std::string_view name) {
        const std::string code = fields.text(name, 40);
        const Scenario* found = policy_.scenario(code);
        if (!found) fields.refuse_field(name, code);
        return found ? found->number : 0;
    }

    AssignmentRule rule(Fields& fields) {
        AssignmentRule read;
        read.rank = fields.whole("rank", {1, 10'000, 1});
        read.scenario = scenario(fields, "scenario");
        read.segment = LabelId{fields.id("segment")};
        read.risk_class = LabelId{fields.id("risk_class")};
        const std::string payer = fields.text("payer", 40);
        if (!payer.empty()) read.payer = fields.choice("payer", profile_count, Profile::new_payer);
        read.country = country(fields);
        read.entity = EntityId{fields.id("entity")};
        if (const json::object* overdue = fields.object("overdue_from")) {
            Fields inner(*overdue, fields.path_of("overdue_from"), refusal_);
            read.overdue_from = amount(inner);
        }
        return read;
    }

    std::int64_t country(Fields& fields) {
        const std::string letters = fields.text("country", 2);
        if (letters.empty()) return 0;
        const auto capital = [](char letter) { return letter >= 'A' && letter <= 'Z'; };
        if (letters.size() == 2 && capital(letters[0]) && capital(letters[1]))
            return two_letters(letters[0], letters[1]);
        fields.refuse_field("country", letters);
        return 0;
    }

    std::optional<Money> amount(Fields& fields) {
        const auto currency = Currency::parse(fields.text("currency", 3));
        const std::string text = fields.text("amount", 40);
        fields.finish();
        const auto minor = currency ? parse_decimal(text, *currency) : std::nullopt;
        if (minor && *minor >= 0) return Money{*minor, *currency};
        fields.refuse_field(currency ? "amount" : "currency", text);
        return std::nullopt;
    }

    void read_priority(Fields& fields) {
        const json::object* object = fields.object("priority");
        if (!object) return;
        PriorityRules& priority = policy_.priority;
        Fields inner(*object, fields.path_of("priority"), refusal_);
        if (const json::object* values = inner.object("weights")) {
            Fields each(*values, inner.path_of("weights"), refusal_);
            for (const Weight& weight : weights)
                priority.*weight.value = each.whole(weight.name, {0, weight_max, priority.*weight.value});
            each.finish();
        }
        ascending(inner, "amount_units", priority.amount_units);
        ascending(inner, "age_days", priority.age_days);
        ascending(inner, "contact_days", priority.contact_days);
        priority.risk_grades.clear();
        inner.each("risk_grades", 1'000, [&](Fields& one) {
            priority.risk_grades.emplace_back(LabelId{one.id("risk_class")}, one.whole("grade", {0, 9, 0}));
        });
        inner.finish();
    }

    /// Nine thresholds, each above the one before.
    template <class Number>
    void ascending(Fields& fields, std::string_view name, std::array<Number, 9>& numbers) {
        const json::array& given = fields.array(name, numbers.size());
        if (given.empty()) return;
        std::int64_t before = 0;
        bool fits = given.size() == numbers.size();
        for (std::size_t i = 0; fits && i < given.size(); ++i) {
            fits =
                given[i].is_int64() && given[i].get_int64() > before && given[i].get_int64() < 1'000'000'000;
            if (fits) numbers[i] = static_cast<Number>(before = given[i].get_int64());
        }
        if (!fits) fields.refuse_field(name, "1 < 2 < … (9)");
    }

    Policy policy_;
    std::optional<Refusal> refusal_;
};

}  // namespace

json::object rules_json(const Policy& policy) {
    json::object object;
    for (const Limit& limit : limits) object[limit.name] = policy.*limit.value;
    object["new_leader_by_age"] = policy.new_leader_by_age;
    object["floors"] = amounts_json(policy.floors);
    object["ceilings"] = amounts_json(policy.ceilings);
    object["default_scenario"] = code_of(policy, policy.default_scenario);
    json::array defaults;
    for (const auto& [entity, number] : policy.entity_defaults)
        defaults.emplace_back(json::object{{"entity", entity.value}, {"scenario", code_of(policy, number)}});
    object["entity_defaults"] = std::move(defaults);
    json::array rules;
    for (const AssignmentRule& rule : policy.rules) rules.push_back(rule_json(policy, rule));
    object["assignment"] = std::move(rules);
    object["priority"] = priority_json(policy.priority);
    return object;
}

Result<Policy> with_rules(Policy policy, const json::object& object) {
    return RulesReader(std::move(policy)).read(object);
}

}  // namespace countback::collections
