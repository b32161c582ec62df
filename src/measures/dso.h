// DSO-1…DSO-3, DSO-6, DSO-7: days sales outstanding of a perimeter, by key, and its trend.
//
//   contractual ("best possible") DSO = DSO × not due / outstanding; average days delinquent = DSO −
//   contractual.
//
// Examples: dso_days.h. DSO-7: 15 000 of which 4 000 are not due, sales of 10 000 in 30 days → 45, 12, 33.
// Each row is measured with its own billings; the sum of customers' DSO is not the company's (DSO-6): totals
// are measured on the whole.
#pragma once
#include "measures/flows.h"

namespace countback {

struct DsoOptions {
    DsoMethod method = DsoMethod::accounting;
    int window_months = 12;  ///< 12, 6, 3 or 1
    Step step = Step::month;
    Doubtful doubtful = Doubtful::counted;
};

/// Signed minor units of the row's currency beside the days.
struct DsoRow {
    RowKey key;
    std::int64_t outstanding = 0;
    std::int64_t billings = 0;  ///< accounting: of the window; countback: of the steps walked
    DsoFigure figure;           ///< exact; `figure.days->rounded()` is what is shown
    std::optional<Hundredths> best_possible;
    std::optional<Hundredths> average_days_delinquent;
};

struct DsoMeasure {
    std::vector<DsoRow> rows;    ///< without those that have neither outstanding nor billings
    std::vector<DsoRow> totals;  ///< one per currency, id 0, measured on the whole
    ConversionNote conversion;
};

DsoMeasure measure_dso(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
                       const DsoOptions& options, const RateTable& rates = RateTable::shipped());

struct DsoPoint {
    Date day;
    std::int64_t outstanding = 0;
    std::int64_t billings = 0;
    DsoFigure figure;
};

struct DsoSeries {
    Currency currency;
    std::vector<DsoPoint> points;  ///< oldest first; the last is D itself
};

struct DsoTrend {
    std::vector<DsoSeries> series;
    ConversionNote conversion;
};

/// `months` points, 1…60: month ends and D. In a reporting currency all points convert at D's rate.
DsoTrend measure_dso_trend(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
                           const DsoOptions& options, int months,
                           const RateTable& rates = RateTable::shipped());

/// DSO-6: average daily billings × internal rate (parts per million a year) / 365, minor units, half to even.
std::int64_t cost_of_one_day(const Exact& billings, int window_days, std::int64_t internal_rate_ppm,
                             const Exact& unit);

/// The figure at one point of collected flows (the last: with the exact window of D).
template <class N>
DsoFigure figure_at(const FlowsOf<N>& flows, const Points& points, std::size_t point,
                    const DsoOptions& options);

}  // namespace countback
