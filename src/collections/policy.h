// The settings of collections as plain data, with the scenarios shipped. Every rule reads them from here.
#pragma once
#include <span>
#include <vector>

#include "base/calendar.h"
#include "collections/types.h"
#include "measures/behaviour.h"

namespace countback::collections {

/// COL-5. One line of the assignment rules: every condition that is set must hold. Lines are tried by `rank`;
/// of several that match at one rank the most careful scenario stands.
struct AssignmentRule {
    int rank = 0;
    int scenario = 0;
    LabelId segment, risk_class;
    std::optional<Profile> payer;  ///< KPI-4
    std::int64_t country = 0;      ///< two_letters(); 0 = any
    EntityId entity;
    std::optional<Money> overdue_from;  ///< overdue of that currency at least
};

/// COL-10. Weights ≥ 0; grade thresholds ascend: the grade is how many of them are reached.
struct PriorityRules {
    int amount = 5, age = 4, broken_promises = 3, risk_class = 2, over_limit = 2, payment = 2, contact = 1;
    std::array<std::int64_t, 9> amount_units{1, 500, 1'000, 2'500, 5'000, 10'000, 25'000, 50'000, 100'000};
    std::array<int, 9> age_days{1, 8, 15, 31, 46, 61, 91, 121, 181};
    std::array<int, 9> contact_days{1, 4, 8, 15, 22, 31, 46, 61, 91};
    std::vector<std::pair<LabelId, int>> risk_grades;  ///< grade of a risk class; not listed = 0
};

struct Policy {
    std::int64_t version = 0;  ///< as saved; 0 = as shipped
    std::vector<Scenario> scenarios;
    int default_scenario = 0;
    std::vector<std::pair<EntityId, int>> entity_defaults;
    std::vector<AssignmentRule> rules;
    int everyone = 0;  ///< COL-12: a scenario that all follow, whatever was chosen; never saved

    int min_gap_days = 7;            ///< COL-3, between two contacts with a customer
    bool new_leader_by_age = false;  ///< COL-2: a new leader starts at the step that fits its age
    int promise_grace_days = 3;      ///< PRO-1, working days
    int follow_up_days = 7;          ///< STA-1, how long "processing" holds without a date
    int stale_after_days = 7;        ///< COL-6, age of the entity's last load
    int contact_cap = 4;             ///< COL-6, contacts in `contact_cap_days`
    int contact_cap_days = 30;
    std::vector<Money> floors;    ///< COL-6, below it nothing is asked; a currency not listed has none
    std::vector<Money> ceilings;  ///< COL-8, above it a person decides; a currency not listed has none
    PriorityRules priority;
    BehaviourOptions payers;  ///< KPI-4, as set for the measures; not saved here

    const Scenario* scenario(int number) const;
    const Scenario* scenario(std::string_view code) const;
};

/// standard, careful, key_account, small_balances, public_buyer, international; every message is to confirm.
std::vector<Scenario> shipped_scenarios();
/// The shipped scenarios and the settings above.
Policy shipped_policy();

/// COL-5: later first step, then fewer steps, then the lower number.
bool more_careful(const Scenario& a, const Scenario& b);

}  // namespace countback::collections
