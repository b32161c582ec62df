// COL-10: the order of the agenda.
//
//   priority = Σ weight × grade, grades 0 to 9, each with its reason
//
// Grades: overdue amount (largest currency, by thresholds in units; ×100 for currencies without decimals),
// age of the leader in days late, broken promises of the last 365 days (1 → 5, 2 → 7, 3 or more → 9), risk
// class (as set), over the credit limit (0 while no limit is known), probability of payment (from the payer's
// profile), days since the last contact (never: 9). Example: 12 000.00 EUR overdue (6), 47 days late (5), one
// broken promise (5), never contacted (9), the rest 0, weights 5 4 3 2 2 2 1: 30 + 20 + 15 + 9 = 74. Source:
// handbook §6.
#pragma once
#include "collections/account.h"

namespace countback::collections {

Priority priority_of(const Run& run, const Account& account, const std::vector<Money>& overdue,
                     std::optional<Date> leader_due);

}  // namespace countback::collections
