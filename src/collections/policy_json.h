// The policy as a JSON document: as it is kept (policy_version), shown and sent by the editor.
#pragma once
#include <string>

#include "base/refusal.h"
#include "collections/policy.h"
#include "http/json.h"

namespace countback::collections {

namespace json = boost::json;

json::object scenario_json(const Scenario& scenario);
/// Refuses field_invalid with the place (`steps[2].channel`) and what check_scenario refuses. A name given in
/// one language stands in both. The number is 0 when the document has none.
Result<Scenario> read_scenario(const json::object& object);

/// Assignment rules, defaults, limits, weights: all of the policy but its scenarios.
json::object rules_json(const Policy& policy);
/// The policy with these rules in place of its own; scenarios are named by code. Refuses field_invalid with
/// the place, and what check_policy refuses.
Result<Policy> with_rules(Policy policy, const json::object& object);

std::string policy_document(const Policy& policy);
/// Refuses field_invalid, and what check_policy refuses.
Result<Policy> read_policy(std::string_view document);

}  // namespace countback::collections
