// DSO-2, DSO-3 of every customer at one date, from postings: whole numbers only, rounded by whoever shows
// them.
//
//   walk back step by step from D's while what remains ≥ the step's billings; in the first with less
//   remaining: days = whole_days + remaining / billed × days
//
// Example: 2 500 with Nov 1 200, Oct 800, Sep 700 → whole_days 61, remaining 500, billed 700, days 30: 82.43.
// The rule and its other examples: dso_days.h.
#pragma once
#include "measures/dso.h"

namespace countback {

/// Minor units of the row's currency.
struct CountbackWalk {
    std::int64_t remaining = 0;  ///< at the step that ends the walk; > 0 with billed = 0: history ended
    std::int64_t billed = 0;     ///< of the step that ends the walk; 0 = none did
    std::int64_t walked = 0;     ///< billings of all steps walked
    int days = 0;                ///< of the step that ends the walk, up to D
    int whole_days = 0;          ///< of the steps before
    bool history = false;        ///< anything was ever billed
};

struct CountbackRow {
    RowKey key;
    std::int64_t balance = 0;
    std::int64_t not_due = 0;  ///< debits only
    CountbackWalk walk;        ///< of a balance > 0
};
using CountbackRows = std::vector<CountbackRow>;

/// One row a customer and currency, in account order; without those that have neither outstanding nor
/// billings in the window.
CountbackRows countback_rows(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
                             const DsoOptions& options);

/// The walk as dso_days.h tells it.
DsoFigure figure_of(const CountbackRow& row);

}  // namespace countback
