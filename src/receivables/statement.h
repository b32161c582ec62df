// An account's statement at a moment: every open line, and per currency the three parts of LED-5 with the
// ages of AGE-1's default bounds. Plain data; other rooms write it out.
//
//   outstanding = not due + overdue + unapplied (negative); overdue = the five ages
//   Example: F-1 100 due in 3 days, F-2 50 two days late, a credit note of 20: 100 + 50 − 20 = 130.
#pragma once
#include <array>
#include <vector>

#include "receivables/book.h"

namespace countback {

struct StatementLine {
    ItemId item;
    ItemType type = ItemType::invoice;
    Date issue, due;
    int days_late = 0;  ///< 0 when not overdue
    Money amount;       ///< as billed, signed
    Money open;         ///< signed, LED-3; not 0
};

struct StatementTotals {
    Currency currency;
    std::int64_t not_due = 0;
    std::array<std::int64_t, 5> late{};  ///< 1–30, 31–60, 61–90, 91–120, over 120 days
    std::int64_t unapplied = 0;          ///< ≤ 0

    std::int64_t overdue() const { return late[0] + late[1] + late[2] + late[3] + late[4]; }
    std::int64_t outstanding() const { return not_due + overdue() + unapplied; }
};

struct Statement {
    AccountRow account{};
    Date as_of;
    std::vector<StatementLine> lines;     ///< by currency, due date, arrival
    std::vector<StatementTotals> totals;  ///< one per currency, in the lines' order

    const StatementTotals* total(Currency currency) const;
};

/// Memo items (LED-2) are shown nowhere; late fees are lines like others.
Statement make_statement(const Snapshot& book, AccountRow account, Moment moment);

}  // namespace countback
