#include "collections/priority.h"

#include <algorithm>

namespace countback::collections {

namespace {

template <class Number, std::size_t size>
int reached(const std::array<Number, size>& thresholds, Number value) {
    return static_cast<int>(std::count_if(thresholds.begin(), thresholds.end(),
                                          [&](Number threshold) { return value >= threshold; }));
}

Note why(std::string_view code, std::vector<std::pair<std::string, std::string>> data = {}) {
    return {code, std::move(data), {}, {}};
}

Grade amount_grade(const PriorityRules& rules, const std::vector<Money>& overdue) {
    Grade grade{"overdue_amount", 0, rules.amount, why("nothing_overdue")};
    for (const Money& sum : overdue) {
        const std::int64_t scale = sum.currency.decimals() == 0 ? 100 : 1;
        const int level = reached(rules.amount_units, sum.minor / sum.currency.minor_per_unit() / scale);
        if (level < grade.grade || sum.minor == 0) continue;
        grade.grade = level;
        grade.why =
            why("overdue_amount",
                {{"amount", decimal(sum.minor, sum.currency) + ' ' + std::string(sum.currency.code())}});
    }
    return grade;
}

Grade age_grade(const PriorityRules& rules, std::optional<Date> due, Date today) {
    const int late = due ? std::max(0, today - *due) : 0;
    return {"age", reached(rules.age_days, late), rules.age, why("age", {{"days", std::to_string(late)}})};
}

Grade promise_grade(const PriorityRules& rules, const Account& account, Date today) {
    const auto broken =
        std::count_if(account.promises.begin(), account.promises.end(), [&](const auto& promise) {
            const PromiseState state = promise.result.state;
            return (state == PromiseState::broken || state == PromiseState::partly_kept) &&
                   promise.result.deadline > today - 365;
        });
    constexpr std::array grades{0, 5, 7, 9};
    return {"broken_promises", grades[static_cast<std::size_t>(std::min<std::ptrdiff_t>(broken, 3))],
            rules.broken_promises, why("broken_promises", {{"count", std::to_string(broken)}})};
}

Grade risk_grade(const PriorityRules& rules, const Account& account) {
    for (const auto& [label, grade] : rules.risk_grades) {
        if (label == account.risk_class) return {"risk_class", grade, rules.risk_class, why("risk_class")};
    }
    return {"risk_class", 0, rules.risk_class, why("no_risk_class")};
}

Grade payment_grade(const PriorityRules& rules, std::optional<Profile> payer) {
    constexpr std::array grades{0, 1, 3, 6, 8, 4, 9};
    constexpr std::array<std::string_view, 7> names{"payer_early",     "payer_on_time", "payer_slow",
                                                    "payer_very_slow", "payer_chronic", "payer_new",
                                                    "payer_insolvent"};
    if (!payer) return {"payment_probability", 0, rules.payment, why("payer_unknown")};
    const auto place = static_cast<std::size_t>(*payer);
    return {"payment_probability", grades[place], rules.payment, why(names[place])};
}

Grade contact_grade(const PriorityRules& rules, const Account& account, Date today) {
    if (account.contacts.empty()) return {"days_since_contact", 9, rules.contact, why("never_contacted")};
    const int days = today - account.contacts.back();
    return {"days_since_contact", reached(rules.contact_days, days), rules.contact,
            why("days_since_contact", {{"days", std::to_string(days)}})};
}

}  // namespace

Priority priority_of(const Run& run, const Account& account, const std::vector<Money>& overdue,
                     std::optional<Date> leader_due) {
    const PriorityRules& rules = run.policy.priority;
    Priority priority;
    priority.grades = {amount_grade(rules, overdue),
                       age_grade(rules, leader_due, run.today()),
                       promise_grade(rules, account, run.today()),
                       risk_grade(rules, account),
                       Grade{"over_limit", 0, rules.over_limit, why("no_limit_known")},
                       payment_grade(rules, account.payer),
                       contact_grade(rules, account, run.today())};
    for (const Grade& grade : priority.grades) priority.total += grade.grade * grade.weight;
    return priority;
}

}  // namespace countback::collections
