// KPI-1, KPI-2, KPI-3, KPI-5 and KPI-4's figures, per currency, in one pass.
//
//   KPI-1 late rate          = overdue / (not due + overdue), unapplied apart; basis: all, or > 30, 60, 90
//   days late KPI-2 collection rate    = 1 − remaining / collectable; collectable = debits open at the
//   month's start that are
//                              overdue or fall due in the month, frozen; remaining = their open at D less the
//                              payments unapplied at D
//   KPI-3 CEI                = (begin + billings − end outstanding) / (begin + billings − end not due), whole
//   span KPI-5 qualification rate = overdue bearing a reason / overdue
//         at-risk rate       = share of a month's billings unpaid 90 days after the month's end
//         dispute resolution = mean of closed − opened, by cause; promises kept, by amount and count
//
// Examples: CEI (100 + 1 000 − 120)/(100 + 1 000 − 100) = 98 %. Quarter: billings 10 890, begin − end −140,
// begin − end not due 2 610 → 10 750 / 13 500 = 79.63 %. Of 1 000 collectable, 300 still open and 50 on
// account unapplied: 1 − 250/1 000 = 75 %. CEI is measured on DSO's outstanding (no late fees). Above 100 %
// is shown and flagged; a denominator ≤ 0 is n/a.
#pragma once
#include <functional>
#include <map>

#include "measures/behaviour.h"
#include "measures/dso_days.h"
#include "measures/parts.h"

namespace countback {

/// What became of a promise that the ledger can judge (PRO-1), told by the room that owns promises.
struct PromiseOutcome {
    Currency currency;
    std::int64_t promised = 0, kept = 0;  ///< minor units; kept ≤ promised
};
/// Nothing when the promise is still running, awaits data or was cancelled.
using JudgePromise =
    std::function<std::optional<PromiseOutcome>(const Snapshot&, const StandingView&, Moment)>;

struct IndicatorOptions {
    int late_days_above = 0;   ///< KPI-1's basis: 0, 30, 60 or 90
    int cei_months = 3;        ///< KPI-3's span, a window as DSO-1's
    int at_risk_days = 90;     ///< KPI-5
    int resolved_months = 12;  ///< disputes closed and promises due in these months
    BehaviourOptions behaviour;
    JudgePromise judge_promise;  ///< empty: promises are n/a
};

/// Sums that every ratio is made of; minor units, or the conversion's unit.
enum class KpiSum : std::uint8_t {
    not_due,
    overdue,
    late,  ///< overdue beyond KPI-1's basis
    reasoned,
    collectable,
    remaining_open,
    unapplied_payments,
    issued_after,
    begin,
    billings,
    end_outstanding,
    end_not_due,
    at_risk_billings,
    at_risk_unpaid,
    promised,
    kept
};
constexpr std::size_t kpi_sum_count = 16;

struct KpiSums {
    std::array<Exact, kpi_sum_count> amounts{};
    int promises = 0, promises_kept = 0;
    BehaviourSums behaviour;
    struct Resolved {
        std::int64_t days = 0;
        int count = 0;
    };
    std::map<LabelId, Resolved> resolved;  ///< closed disputes by cause

    Exact& operator[](KpiSum name) { return amounts[static_cast<std::size_t>(name)]; }
    const Exact& operator[](KpiSum name) const { return amounts[static_cast<std::size_t>(name)]; }
    void add(const KpiSums& other, const Exact& weight);
};

/// The days KPI-2, KPI-3 and KPI-5 look at.
struct KpiDates {
    explicit KpiDates(Date as_of, const IndicatorOptions& options);
    Month month;          ///< KPI-2: D's
    Window span;          ///< KPI-3
    Month at_risk_month;  ///< the last whose end lies at_risk_days before D or earlier
    Date at_risk_day;
    Date behaviour_first, resolved_first;
    int late_days_above;  ///< KPI-1's basis
};

struct KpiRow {
    Currency currency;
    KpiSums sums;
    Exact unit = 1;  ///< the sums' units in one minor unit

    std::int64_t amount(KpiSum name) const { return rounded_half_even(sums[name], unit); }
};

struct Indicators {
    KpiDates dates;
    std::vector<KpiRow> rows;  ///< one per currency
    ConversionNote conversion;
};

Indicators measure_indicators(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
                              const IndicatorOptions& options, const RateTable& rates = RateTable::shipped());

/// A ratio kept exact; none when n/a.
struct ExactRatio {
    Exact numerator = 0, denominator = 1;
    std::string text() const;  ///< four decimals, half to even: `0.7963`
    bool above_one() const { return numerator > denominator; }
};
std::optional<ExactRatio> late_rate(const KpiSums& sums);
std::optional<ExactRatio> collection_rate(const KpiSums& sums);
/// KPI-2: open of the frozen items less unapplied payments, in the sums' unit.
Exact remaining(const KpiSums& sums);
std::optional<ExactRatio> collection_effectiveness(const KpiSums& sums);
std::optional<ExactRatio> qualification_rate(const KpiSums& sums);
std::optional<ExactRatio> at_risk_rate(const KpiSums& sums);

}  // namespace countback
