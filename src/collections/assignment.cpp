#include "collections/assignment.h"

#include "collections/holds.h"

namespace countback::collections {

namespace {

/// The way to the scenario, where it is told.
class Path {
public:
    Path(const Run& run, std::vector<Note>& notes) : told_(run.tells(Detail::explained)), notes_(notes) {}
    void add(std::string_view code) {
        if (told_) notes_.push_back({code, {}, {}, {}});
    }
    void add_rule(int rank) {
        if (told_) notes_.push_back({"assignment_rule", {{"rank", std::to_string(rank)}}, {}, {}});
    }

private:
    bool told_;
    std::vector<Note>& notes_;
};

bool matches(const AssignmentRule& rule, const Account& account, const std::vector<Money>& overdue) {
    if (rule.segment && rule.segment != account.segment) return false;
    if (rule.risk_class && rule.risk_class != account.risk_class) return false;
    if (rule.payer && rule.payer != account.payer) return false;
    if (rule.country != 0 && rule.country != account.country) return false;
    if (rule.entity && rule.entity != account.entity) return false;
    if (!rule.overdue_from) return true;
    const auto sum = amount_for(overdue, rule.overdue_from->currency);
    return sum && *sum >= rule.overdue_from->minor;
}

/// The rule that stands, or none.
const AssignmentRule* best_rule(const Policy& policy, const Account& account,
                                const std::vector<Money>& overdue) {
    const AssignmentRule* best = nullptr;
    for (const AssignmentRule& rule : policy.rules) {
        if (best && rule.rank > best->rank) continue;
        if (!matches(rule, account, overdue)) continue;
        const Scenario* mine = policy.scenario(rule.scenario);
        const Scenario* theirs = best ? policy.scenario(best->scenario) : nullptr;
        const bool tie = best && rule.rank == best->rank;
        if (!tie || (mine && theirs && more_careful(*mine, *theirs))) best = &rule;
    }
    return best;
}

int default_of(const Policy& policy, EntityId entity, Path& path) {
    for (const auto& [one, number] : policy.entity_defaults) {
        if (one != entity) continue;
        path.add("entity_default");
        return number;
    }
    path.add("company_default");
    return policy.default_scenario;
}

int chosen(const Run& run, const Account& account, ItemId leader, const std::vector<Money>& overdue,
           Path& path) {
    if (run.policy.everyone != 0) {
        path.add("everyone");
        return run.policy.everyone;
    }
    const auto override_of = run.state.item_scenarios.find(leader);
    if (override_of != run.state.item_scenarios.end()) {
        path.add("item_override");
        return override_of->second;
    }
    path.add("no_item_override");
    if (account.scenario != 0) {
        path.add("customer_choice");
        return account.scenario;
    }
    path.add("no_customer_choice");
    if (const AssignmentRule* rule = best_rule(run.policy, account, overdue)) {
        path.add_rule(rule->rank);
        return rule->scenario;
    }
    path.add("no_assignment_rule");
    return default_of(run.policy, account.entity, path);
}

}  // namespace

Assignment assign_scenario(const Run& run, const Account& account, ItemId leader,
                           const std::vector<Money>& overdue) {
    Assignment assignment;
    Path path(run, assignment.path);
    assignment.number = chosen(run, account, leader, overdue, path);
    assignment.scenario = run.policy.scenario(assignment.number);
    return assignment;
}

}  // namespace countback::collections
