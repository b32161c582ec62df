// COL-8: whether an automatic step waits for a person because of what is to be paid.
//
//   Σ over currencies of (to pay / ceiling) > 1: a person decides
//
// The ceiling of a currency is the step's own, else the policy's. A currency that neither names is converted
// to the currency of their first ceiling (of the step's where it has any) at the reference rate of the day,
// at most 7 days old; without a rate a person decides. Where there is no ceiling at all none is asked for.
// Example: ceilings 50,000 EUR and 50,000 USD: 49,000 EUR leaves by itself, 49,000 EUR and 2,000 USD do not;
// 60,000 CAD at 1.60 CAD for a euro are 37,500 EUR and leave. Source: handbook §6.
#pragma once
#include "collections/policy.h"

namespace countback::collections {

/// `above_ceiling`, `ceiling_unknown` (no rate), or empty: it may leave by itself. `to_pay` >= 0, each
/// currency once.
std::string_view to_person(const Policy& policy, const Step& step, const std::vector<Money>& to_pay,
                           Date day);

}  // namespace countback::collections
