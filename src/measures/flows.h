// What DSO is made of: balances at one or many dates and billings by step, in one pass over the items
// (DSO-1…3).
//
//   Billings = Σ invoices + debit misc flagged as sales − credit notes, by issue date, tax included.
//   Opening balances, late fees, drafts and payments are no billings. Late fees are out of the balance too.
#pragma once
#include <vector>

#include "measures/dso_days.h"
#include "measures/measure.h"

namespace countback {

/// Whether the item counts in Billings of its issue date.
bool counts_in_billings(const ItemView& item);
/// Whether the item's open amount counts in DSO's outstanding.
inline bool counts_in_dso(const ItemView& item) { return item.type != ItemType::late_fee && !item.memo(); }

/// The dates to measure, ascending; the last is the moment's own. A trend: month ends, then D.
struct Points {
    std::vector<Date> dates;
    Step step = Step::month;
    Window window;  ///< of the last date

    Date last() const { return dates.back(); }
    /// The first point at or after a day, which is not after the last.
    std::size_t at_or_after(Date day) const;
};
Points one_point(Date as_of, int window_months, Step step);
/// The `months` month ends before D's month and D itself; each but the last a month end.
Points trend_points(Date as_of, int months, int window_months);

/// Of one key in one currency; minor units.
template <class N>
struct FlowsOf {
    std::vector<N> balance;  ///< outstanding at each point
    std::vector<N> billed;   ///< by steps back from the last point
    N billed_in_window = 0;  ///< of the last point's window
    N not_due = 0;           ///< debits not due at the last point
    std::optional<Date> first_billing;

    void add_billing(std::size_t steps_back, const N& amount) {
        if (billed.size() <= steps_back) billed.resize(steps_back + 1, N(0));
        billed[steps_back] += amount;
    }
    void earliest(std::optional<Date> day) {
        if (day && (!first_billing || *day < *first_billing)) first_billing = day;
    }
    /// Adds `weight` × other, a FlowsOf of any number.
    template <class M>
    void add(const FlowsOf<M>& other, const N& weight) {
        if (balance.size() < other.balance.size()) balance.resize(other.balance.size(), N(0));
        for (std::size_t i = 0; i < other.balance.size(); ++i) balance[i] += weight * other.balance[i];
        for (std::size_t i = 0; i < other.billed.size(); ++i) add_billing(i, weight * other.billed[i]);
        billed_in_window += weight * other.billed_in_window;
        not_due += weight * other.not_due;
        earliest(other.first_billing);
    }
};
using Flows = FlowsOf<std::int64_t>;
using ExactFlows = FlowsOf<Exact>;
using FlowRows = std::vector<std::pair<RowKey, Flows>>;

/// One row a key and currency, at every point at once. The perimeter, the attributes and `doubtful` are those
/// of the moment for all points.
FlowRows collect_flows(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
                       const Points& points, Doubtful doubtful);

/// Whether the question is about whole entities as known now, by entity or currency: day_totals.h has its
/// balances and billings.
bool in_totals(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
               Doubtful doubtful);
/// The same rows as collect_flows, without `not_due`.
FlowRows flows_of_totals(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
                         const Points& points);

}  // namespace countback
