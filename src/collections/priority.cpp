#include "collections/priority.h"

#include <algorithm>

namespace countback::collections {

namespace {

template <class Number, std::size_t size>
int reached(const std::array<Number, size>& thresholds, Number value) {
    return static_cast<int>(std::count_if(thresholds.begin(), thresholds.end(),
                                          [&](Number threshold) { return value >= threshold; }));
}

Note why(std::string_view code) { return {code, {}, {}, {}}; }
Note why(std::string_view code, std::string name, std::string value) {
    return {code, {{std::move(name), std::move(value)}}, {}, {}};
}

/// Adds the grades up; keeps them with their words where they are told.
class Grading {
public:
    explicit Grading(const Run& run)
        : rules_(run.policy.priority), today_(run.today()), told_(run.tells(Detail::explained)) {}

    void amount(const std::vector<Money>& overdue) {
        int grade = 0;
        const Money* by = nullptr;
        for (const Money& sum : overdue) {
            const std::int64_t scale = sum.currency.decimals() == 0 ? 100 : 1;
            const int level = reached(rules_.amount_units, sum.minor / sum.currency.minor_per_unit() / scale);
            if (level < grade || sum.minor == 0) continue;
            grade = level;
            by = &sum;
        }
        add("overdue_amount", grade, rules_.amount, [&] {
            if (!by) return why("nothing_overdue");
            return why("overdue_amount", "amount",
                       decimal(by->minor, by->currency) + ' ' + std::string(by->currency.code()));
        });
    }

    void age(std::optional<Date> due) {
        const int late = due ? std::max(0, today_ - *due) : 0;
        add("age", reached(rules_.age_days, late), rules_.age,
            [&] { return why("age", "days", std::to_string(late)); });
    }

    void promises(const Account& account) {
        const auto broken =
            std::count_if(account.promises.begin(), account.promises.end(), [&](const auto& promise) {
                const PromiseState state = promise.result.state;
                return (state == PromiseState::broken || state == PromiseState::partly_kept) &&
                       promise.result.deadline > today_ - 365;
            });
        constexpr std::array grades{0, 5, 7, 9};
        add("broken_promises", grades[static_cast<std::size_t>(std::min<std::ptrdiff_t>(broken, 3))],
            rules_.broken_promises, [&] { return why("broken_promises", "count", std::to_string(broken)); });
    }

    void risk(const Account& account) {
        int grade = 0;
        std::string_view code = "no_risk_class";
        for (const auto& [label, known] : rules_.risk_grades) {
            if (label != account.risk_class) continue;
            grade = known;
            code = "risk_class";
            break;
        }
        add("risk_class", grade, rules_.risk_class, [&] { return why(code); });
    }

    void over_limit() {
        add("over_limit", 0, rules_.over_limit, [] { return why("no_limit_known"); });
    }

    void payment(std::optional<Profile> payer) {
        constexpr std::array grades{0, 1, 3, 6, 8, 4, 9};
        constexpr std::array<std::string_view, 7> names{"payer_early",     "payer_on_time", "payer_slow",
                                                        "payer_very_slow", "payer_chronic", "payer_new",
                                                        "payer_insolvent"};
        const auto place = static_cast<std::size_t>(payer.value_or(Profile{}));
        add("payment_probability", payer ? grades[place] : 0, rules_.payment,
            [&] { return why(payer ? names[place] : "payer_unknown"); });
    }

    void contact(const Account& account) {
        if (account.contacts.empty())
            return add("days_since_contact", 9, rules_.contact, [] { return why("never_contacted"); });
        const int days = today_ - account.contacts.back();
        add("days_since_contact", reached(rules_.contact_days, days), rules_.contact,
            [&] { return why("days_since_contact", "days", std::to_string(days)); });
    }

    Priority take() { return std::move(priority_); }

private:
    template <class Why>
    void add(std::string_view name, int grade, int weight, Why why_of) {
        priority_.total += grade * weight;
        if (told_) priority_.grades.push_back({name, grade, weight, why_of()});
    }

    const PriorityRules& rules_;
    Date today_;
    bool told_;
    Priority priority_;
};

}  // namespace

Priority priority_of(const Run& run, const Account& account, const std::vector<Money>& overdue,
                     std::optional<Date> leader_due) {
    Grading grading(run);
    grading.amount(overdue);
    grading.age(leader_due);
    grading.promises(account);
    grading.risk(account);
    grading.over_limit();
    grading.payment(account.payer);
    grading.contact(account);
    return grading.take();
}

}  // namespace countback::collections
