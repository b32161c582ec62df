// What a scenario and the rules must keep to before they may stand (COL-2 to COL-8): pure checks with named
// refusals.
//
// At most 40 steps, codes used once, days that ascend: a step counted from the due date (or the issue date)
// comes later than the one before it that is counted from the same, steps "n days after" in between added.
// Example: first@+10, second@+3 is refused as step_order: second would come before first. Source: handbook
// §6.
#pragma once
#include "base/refusal.h"
#include "collections/policy.h"

namespace countback::collections {

inline constexpr std::size_t steps_max = 40;
inline constexpr std::size_t notices_max = 10;
inline constexpr std::size_t scenarios_max = 60;

/// Refuses scenario_empty (active without a step), too_many_steps, step_code_twice, step_name_missing,
/// step_order, repeat_without_cap, template_missing (of an active one), field_invalid.
Result<void> check_scenario(const Scenario& scenario);

/// Every scenario, and that rules and defaults name active ones. Refuses the above, scenario_code_taken,
/// scenario_in_use (a draft or retired scenario that a rule or a default names), field_invalid.
Result<void> check_policy(const Policy& policy);

}  // namespace countback::collections
