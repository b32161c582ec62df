// Edits of the policy, pure: each answers the policy as it would stand, checked.
//
// A step that an edit takes out leaves its day behind (Scenario::former): steps done under its code count as
// the last remaining step that comes no later, so that nobody starts anew or becomes unreadable (COL-3).
// Example: second@+12 is taken out between reminder@+3 and call@+20; who had "second" stands at "reminder"
// and gets the call next. Source: docs/rules/collections.md.
#pragma once
#include "base/refusal.h"
#include "collections/policy.h"

namespace countback::collections {

/// The scenario of that code as given, a new one at the end; number and former steps are kept here.
/// Refuses scenario_not_draft (back to draft), and what check_policy refuses.
Result<Policy> with_scenario(Policy policy, Scenario scenario);

struct Copy {
    std::string from, code;
    std::string name_en{}, name_fr{};  ///< empty = those of the original
};
/// A draft with the steps of another. Refuses not_found, scenario_code_taken, field_invalid.
Result<Policy> with_copy(Policy policy, const Copy& copy);

/// Refuses not_found, scenario_not_draft.
Result<Policy> without_draft(Policy policy, std::string_view code);

}  // namespace countback::collections
