// COL-5: which scenario an account follows, and the path that led there.
//
//   item override (of the leader) > customer's own > assignment rules in the given order > entity's >
//   company's
//
// Of several rules that match at one rank the most careful scenario stands: later first step, then fewer
// steps. Example: the leader has no override, the customer none; rule 1 (segment "Key accounts") → careful
// and rule 1 (country FR) → standard both match at rank 1: careful, first step at +10 against −5. Source:
// handbook §6.
#pragma once
#include "collections/account.h"

namespace countback::collections {

struct Assignment {
    const Scenario* scenario = nullptr;  ///< none: what was chosen cannot be read
    int number = 0;
    std::vector<Note> path;
};

/// `overdue`: per currency, of the account.
Assignment assign_scenario(const Run& run, const Account& account, ItemId leader,
                           const std::vector<Money>& overdue);

}  // namespace countback::collections
