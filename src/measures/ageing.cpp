#include "measures/ageing.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace countback {
namespace {

bool all_zero(const AgeingAmounts& amounts) {
    return std::ranges::all_of(amounts.column, [](std::int64_t amount) { return amount == 0; });
}

/// The rows of one currency, or of all that convert, with their exact columns.
struct ExactRows {
    std::vector<std::int64_t> ids;
    std::array<std::vector<Exact>, ageing_column_count> columns;

    std::size_t place(std::int64_t id, std::unordered_map<std::int64_t, std::size_t>& places) {
        const auto [found, added] = places.try_emplace(id, ids.size());
        if (added) {
            ids.push_back(id);
            for (auto& column : columns) column.emplace_back(0);
        }
        return found->second;
    }
};

ExactRows exact_rows(const AgeingRows& rows, const Conversion& conversion) {
    ExactRows exact;
    std::unordered_map<std::int64_t, std::size_t> places;
    for (const auto& [key, amounts] : rows) {
        if (!conversion.converts(key.currency)) continue;
        const Exact weight = conversion.weight(key.currency);
        const std::size_t place = exact.place(key.id, places);
        for (std::size_t i = 0; i < ageing_column_count; ++i)
            exact.columns[i][place] += weight * amounts.column[i];
    }
    return exact;
}

/// Totals are rounded once; columns of the total take the outstanding's residual, rows their column's.
void add_converted(const AgeingRows& native, const Conversion& conversion, Ageing& ageing) {
    const ExactRows exact = exact_rows(native, conversion);
    if (exact.ids.empty()) return;
    std::vector<Exact> sums;
    for (const auto& column : exact.columns)
        sums.push_back(std::accumulate(column.begin(), column.end(), Exact(0)));
    const Exact outstanding = std::accumulate(sums.begin(), sums.end(), Exact(0));
    const auto total = rounded_to_total(sums, conversion.unit(), conversion.rounded(outstanding));
    std::vector<AgeingRow> rows(exact.ids.size());
    AgeingRow total_row{{0, conversion.reporting()}, {}};
    for (std::size_t i = 0; i < ageing_column_count; ++i) {
        const auto column = rounded_to_total(exact.columns[i], conversion.unit(), total[i]);
        for (std::size_t row = 0; row < rows.size(); ++row) rows[row].amounts.column[i] = column[row];
        total_row.amounts.column[i] = total[i];
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
        rows[row].key = {exact.ids[row], conversion.reporting()};
        if (!all_zero(rows[row].amounts)) ageing.rows.push_back(rows[row]);
    }
    ageing.totals.push_back(total_row);
}

void add_native(const AgeingRows& native, const Conversion* conversion, Ageing& ageing) {
    std::map<Currency, AgeingAmounts> totals;
    for (const auto& [key, amounts] : native) {
        if (conversion != nullptr && conversion->converts(key.currency)) continue;
        if (all_zero(amounts)) continue;
        ageing.rows.push_back({key, amounts});
        for (std::size_t i = 0; i < ageing_column_count; ++i)
            totals[key.currency].column[i] += amounts.column[i];
    }
    for (const auto& [currency, amounts] : totals) ageing.totals.push_back({{0, currency}, amounts});
}

}  // namespace

std::int64_t AgeingAmounts::outstanding() const {
    return std::accumulate(column.begin(), column.end(), std::int64_t{0});
}

std::int64_t AgeingAmounts::overdue() const {
    return outstanding() - of(AgeingColumn::not_due) - of(AgeingColumn::unapplied);
}

AgeingColumn ageing_column(const ItemView& item, Date as_of, const AgeingOptions& options) {
    if (!item.debit() && options.unapplied == Unapplied::own_column) return AgeingColumn::unapplied;
    const int late = as_of - item.due;
    if (late <= 0) return AgeingColumn::not_due;
    const auto& bounds = options.bounds.days;
    const auto bound = std::ranges::lower_bound(bounds, late);
    return static_cast<AgeingColumn>(1 + (bound - bounds.begin()));
}

Ageing measure_ageing(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
                      const AgeingOptions& options, const RateTable& rates) {
    const AgeingRows native = age_strands(perimeter, book, query, options);
    Ageing ageing;
    if (!query.reporting) {
        add_native(native, nullptr, ageing);
        return ageing;
    }
    const Conversion conversion(rates, query.moment.as_of, *query.reporting, currencies_of(native));
    add_converted(native, conversion, ageing);
    add_native(native, &conversion, ageing);
    ageing.conversion = {conversion.rate_day(), conversion.unconverted(), conversion.unit()};
    return ageing;
}

}  // namespace countback
