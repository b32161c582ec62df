#include "measures/dso.h"

#include <algorithm>
#include <map>

#include "base/ensure.h"
#include "measures/countback_rows.h"

namespace countback {
namespace {

/// Billings of the steps from `newest` to `oldest`, counted back from the last point.
template <class N>
N billed_between(const FlowsOf<N>& flows, std::size_t newest, std::size_t oldest) {
    N sum = 0;
    for (std::size_t k = newest; k <= oldest && k < flows.billed.size(); ++k) sum += flows.billed[k];
    return sum;
}

/// The key, and what derives from the figure's days (DSO-7).
void complete(DsoRow& row, RowKey key, const Exact& outstanding, const Exact& not_due) {
    row.key = key;
    if (!row.figure.days) return;
    row.best_possible =
        outstanding > 0 ? row.figure.days->share(not_due, outstanding).rounded() : Hundredths{};
    row.average_days_delinquent = Hundredths{row.figure.days->rounded().value - row.best_possible->value};
}

template <class N>
DsoRow row_of(RowKey key, const FlowsOf<N>& flows, const Points& points, const DsoOptions& options) {
    DsoRow row;
    row.figure = figure_at(flows, points, points.dates.size() - 1, options);
    complete(row, key, Exact(flows.balance.back()), Exact(flows.not_due));
    return row;
}

template <class N>
bool says_something(const FlowsOf<N>& flows, const DsoRow& row) {
    return flows.balance.back() != 0 || row.figure.billings != 0 || flows.billed_in_window != 0;
}

/// Flows whose currencies convert, merged by id; their weights are in the conversion's unit.
std::map<std::int64_t, ExactFlows> merged(const FlowRows& native, const Conversion& conversion) {
    std::map<std::int64_t, ExactFlows> rows;
    for (const auto& [key, flows] : native) {
        if (conversion.converts(key.currency)) rows[key.id].add(flows, conversion.weight(key.currency));
    }
    return rows;
}

void add_native(const FlowRows& native, const Conversion* conversion, const Points& points,
                const DsoOptions& options, DsoMeasure& measure) {
    std::map<Currency, Flows> totals;
    const auto shown = [&](RowKey key, const Flows& flows) {
        DsoRow row = row_of(key, flows, points, options);
        row.outstanding = flows.balance.back();
        row.billings = rounded_half_even(row.figure.billings, 1);
        return row;
    };
    for (const auto& [key, flows] : native) {
        if (conversion != nullptr && conversion->converts(key.currency)) continue;
        totals[key.currency].add(flows, std::int64_t{1});
        DsoRow row = shown(key, flows);
        if (says_something(flows, row)) measure.rows.push_back(std::move(row));
    }
    for (const auto& [currency, flows] : totals) {
        DsoRow row = shown({0, currency}, flows);
        if (says_something(flows, row)) measure.totals.push_back(std::move(row));
    }
}

void add_converted(const FlowRows& native, const Conversion& conversion, const Points& points,
                   const DsoOptions& options, DsoMeasure& measure) {
    ExactFlows whole;
    std::vector<Exact> outstanding, billings;
    const std::size_t before = measure.rows.size();
    for (const auto& [id, flows] : merged(native, conversion)) {
        whole.add(flows, Exact(1));
        DsoRow row = row_of({id, conversion.reporting()}, flows, points, options);
        if (!says_something(flows, row)) continue;
        outstanding.push_back(flows.balance.back());
        billings.push_back(row.figure.billings);
        measure.rows.push_back(std::move(row));
    }
    if (outstanding.empty()) return;
    DsoRow total = row_of({0, conversion.reporting()}, whole, points, options);
    total.outstanding = conversion.rounded(whole.balance.back());
    total.billings = conversion.rounded(total.figure.billings);
    // With countback each row walks its own months: its billings do not sum to the whole's and are rounded
    // alone.
    Exact billed = 0;
    for (const Exact& one : billings) billed += one;
    const auto shown_outstanding = rounded_to_total(outstanding, conversion.unit(), total.outstanding);
    const auto shown_billings = rounded_to_total(billings, conversion.unit(), conversion.rounded(billed));
    for (std::size_t i = 0; i < outstanding.size(); ++i) {
        measure.rows[before + i].outstanding = shown_outstanding[i];
        measure.rows[before + i].billings = shown_billings[i];
    }
    measure.totals.push_back(std::move(total));
}

/// Countback of customers: each walks its own months, straight from its postings; totals as ever.
void add_customers(const CountbackRows& customers, DsoMeasure& measure) {
    measure.rows.clear();
    measure.rows.reserve(customers.size());
    for (const CountbackRow& customer : customers) {
        DsoRow row;
        row.figure = figure_of(customer);
        complete(row, customer.key, Exact(customer.balance), Exact(customer.not_due));
        row.outstanding = customer.balance;
        row.billings = customer.balance > 0 ? customer.walk.walked : 0;
        measure.rows.push_back(std::move(row));
    }
}

template <class N, class Round>
DsoSeries series_of(Currency currency, const FlowsOf<N>& flows, const Points& points,
                    const DsoOptions& options, Round round) {
    DsoSeries series{currency, {}};
    for (std::size_t i = 0; i < points.dates.size(); ++i) {
        DsoFigure figure = figure_at(flows, points, i, options);
        const std::int64_t billings = round(figure.billings);
        series.points.push_back(
            {points.dates[i], round(Exact(flows.balance[i])), billings, std::move(figure)});
    }
    return series;
}

}  // namespace

template <class N>
DsoFigure figure_at(const FlowsOf<N>& flows, const Points& points, std::size_t point,
                    const DsoOptions& options) {
    const Date day = points.dates[point];
    const auto back =
        static_cast<std::size_t>(step_index(points.last(), points.step) - step_index(day, points.step));
    auto history = history_start(flows.first_billing);
    if (history && *history > day) history.reset();
    if (options.method == DsoMethod::countback) {
        const auto skipped = static_cast<std::ptrdiff_t>(std::min(back, flows.billed.size()));
        if (skipped == 0)
            return countback_days(flows.balance[point], flows.billed, day, points.step, history);
        const std::vector<N> billed(flows.billed.begin() + skipped, flows.billed.end());
        return countback_days(flows.balance[point], billed, day, points.step, history);
    }
    if (day == points.last())
        return accounting_days(Exact(flows.balance[point]), Exact(flows.billed_in_window), points.window,
                               history);
    ensure(points.step == Step::month, "earlier points are month ends");
    const auto oldest = back + static_cast<std::size_t>(options.window_months) - 1;
    return accounting_days(Exact(flows.balance[point]), Exact(billed_between(flows, back, oldest)),
                           window_of(day, options.window_months), history);
}

template DsoFigure figure_at(const FlowsOf<std::int64_t>&, const Points&, std::size_t, const DsoOptions&);
template DsoFigure figure_at(const FlowsOf<Exact>&, const Points&, std::size_t, const DsoOptions&);

DsoMeasure measure_dso(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
                       const DsoOptions& options, const RateTable& rates) {
    const Points points = one_point(query.moment.as_of, options.window_months, options.step);
    const bool walked =
        !query.reporting && query.by == By::customer && options.method == DsoMethod::countback;
    MeasureQuery grouped = query;
    if (walked) grouped.by = By::currency;
    const FlowRows native = collect_flows(perimeter, book, grouped, points, options.doubtful);
    DsoMeasure measure;
    if (!query.reporting) {
        add_native(native, nullptr, points, options, measure);
        if (walked) add_customers(countback_rows(perimeter, book, query, options), measure);
        return measure;
    }
    const Conversion conversion(rates, query.moment.as_of, *query.reporting, currencies_of(native));
    add_converted(native, conversion, points, options, measure);
    add_native(native, &conversion, points, options, measure);
    measure.conversion = {conversion.rate_day(), conversion.unconverted(), conversion.unit()};
    return measure;
}

DsoTrend measure_dso_trend(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
                           const DsoOptions& options, int months, const RateTable& rates) {
    MeasureQuery whole = query;
    whole.by = By::currency;
    const Points points = trend_points(query.moment.as_of, months, options.window_months);
    const FlowRows native = in_totals(perimeter, book, whole, options.doubtful)
                                ? flows_of_totals(perimeter, book, whole, points)
                                : collect_flows(perimeter, book, whole, points, options.doubtful);
    DsoTrend trend;
    std::optional<Conversion> conversion;
    if (query.reporting) {
        conversion.emplace(rates, query.moment.as_of, *query.reporting, currencies_of(native));
        trend.conversion = {conversion->rate_day(), conversion->unconverted(), conversion->unit()};
        const auto rows = merged(native, *conversion);
        const auto round = [&](const Exact& sum) { return conversion->rounded(sum); };
        if (!rows.empty())
            trend.series.push_back(series_of(*query.reporting, rows.begin()->second, points, options, round));
    }
    for (const auto& [key, flows] : native) {
        if (conversion && conversion->converts(key.currency)) continue;
        const auto round = [](const Exact& sum) { return rounded_half_even(sum, 1); };
        trend.series.push_back(series_of(key.currency, flows, points, options, round));
    }
    std::ranges::sort(trend.series, {}, &DsoSeries::currency);
    return trend;
}

std::int64_t cost_of_one_day(const Exact& billings, int window_days, std::int64_t internal_rate_ppm,
                             const Exact& unit) {
    if (billings <= 0 || window_days <= 0) return 0;
    return rounded_half_even(billings * internal_rate_ppm, Exact(1'000'000) * 365 * window_days * unit);
}

}  // namespace countback
