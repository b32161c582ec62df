#include "measures/indicators.h"

#include <algorithm>

#include "measures/flows.h"

namespace countback {
namespace {

/// The sums of one currency while they are collected: whole minor units.
struct KpiTally {
    std::array<std::int64_t, kpi_sum_count> amounts{};
    BehaviourTally behaviour;
    KpiSums others;  ///< counts and disputes

    std::int64_t& operator[](KpiSum name) { return amounts[static_cast<std::size_t>(name)]; }
    KpiSums sums() && {
        for (std::size_t i = 0; i < kpi_sum_count; ++i) others.amounts[i] = amounts[i];
        others.behaviour = behaviour.sums();
        return std::move(others);
    }
};

/// One account after another into sums by currency.
class KpiCollector {
public:
    KpiCollector(const Snapshot& book, const MeasureQuery& query, const IndicatorOptions& options,
                 const KpiDates& dates)
        : book_(book), query_(query), options_(options), dates_(dates), splitter_(book, query.moment) {}

    void take(AccountRow account) {
        std::optional<Currency> newest;
        book_.each_item(account, query_.moment.known_at, [&](const ItemView& item) {
            if (item.issue > query_.moment.as_of || item.memo()) return;
            if (!newest) newest = item.currency;
            if (selects(query_.selection, item.currency)) take_item(item, rows_[item.currency]);
        });
        for (const SplitItem& split : splitter_.split(account)) {
            if (selects(query_.selection, split.item.currency)) take_open(split, rows_[split.item.currency]);
        }
        if (newest) take_standings(account, *newest);
    }

    std::map<Currency, KpiTally>& rows() { return rows_; }

private:
    std::int64_t open_on(const ItemView& item, Date day) const {
        return book_.open(item, {day, query_.moment.known_at});
    }

    void take_item(const ItemView& item, KpiTally& sums) {
        const Date begin = dates_.span.first - 1;
        if (counts_in_dso(item)) sums[KpiSum::begin] += open_on(item, begin);
        if (counts_in_billings(item)) {
            if (item.issue >= dates_.span.first) sums[KpiSum::billings] += item.amount;
            if (month_of(item.issue) == dates_.at_risk_month) {
                sums[KpiSum::at_risk_billings] += item.amount;
                sums[KpiSum::at_risk_unpaid] += open_on(item, dates_.at_risk_day);
            }
        }
        if (item.debit() && item.due <= dates_.month.last()) take_collectable(item, sums);
        add_behaviour(book_, item, query_.moment, dates_.behaviour_first, sums.behaviour);
    }

    void take_collectable(const ItemView& item, KpiTally& sums) const {
        const Date start = dates_.month.first();
        if (item.issue >= start) {
            if (item.due >= start) sums[KpiSum::issued_after] += book_.open(item, query_.moment);
            return;
        }
        const std::int64_t open = open_on(item, start - 1);
        if (open == 0) return;
        sums[KpiSum::collectable] += open;
        sums[KpiSum::remaining_open] += book_.open(item, query_.moment);
    }

    void take_open(const SplitItem& split, KpiTally& sums) const {
        const bool not_due = split.item.debit() && split.item.due >= query_.moment.as_of;
        if (counts_in_dso(split.item)) {
            sums[KpiSum::end_outstanding] += split.open;
            if (not_due) sums[KpiSum::end_not_due] += split.open;
        }
        if (split.item.type == ItemType::payment) sums[KpiSum::unapplied_payments] -= split.open;
        if (not_due) sums[KpiSum::not_due] += split.open;
        if (!split.item.debit() || not_due) return;
        sums[KpiSum::overdue] += split.open;
        if (query_.moment.as_of - split.item.due > options_.late_days_above) sums[KpiSum::late] += split.open;
        for (const PartOfItem& part : split.parts) {
            if (part.part != Part::no_reason) sums[KpiSum::reasoned] += part.amount;
        }
    }

    void take_standings(AccountRow account, Currency newest) {
        book_.each_standing(account, query_.moment.known_at, [&](const StandingView& standing) {
            if (!standing.to || *standing.to > query_.moment.as_of || *standing.to < dates_.resolved_first)
                return;
            const auto item =
                standing.item ? book_.view(*standing.item, query_.moment.known_at) : std::nullopt;
            const Currency currency = item ? item->currency : newest;
            if (!selects(query_.selection, currency)) return;
            if (standing.kind == StandingKind::dispute) {
                KpiSums::Resolved& resolved = rows_[currency].others.resolved[standing.cause];
                resolved.days += *standing.to - standing.from;
                ++resolved.count;
            }
            if (standing.kind == StandingKind::promise && options_.judge_promise) take_promise(standing);
        });
    }

    void take_promise(const StandingView& standing) {
        const auto outcome = options_.judge_promise(book_, standing, query_.moment);
        if (!outcome || !selects(query_.selection, outcome->currency)) return;
        KpiTally& sums = rows_[outcome->currency];
        sums[KpiSum::promised] += outcome->promised;
        sums[KpiSum::kept] += outcome->kept;
        ++sums.others.promises;
        if (outcome->kept >= outcome->promised) ++sums.others.promises_kept;
    }

    const Snapshot& book_;
    const MeasureQuery& query_;
    const IndicatorOptions& options_;
    const KpiDates& dates_;
    AccountSplitter splitter_;
    std::map<Currency, KpiTally> rows_;
};

std::optional<ExactRatio> ratio(const Exact& numerator, const Exact& denominator) {
    return denominator > 0 ? std::optional(ExactRatio{numerator, denominator}) : std::nullopt;
}

}  // namespace

void KpiSums::add(const KpiSums& other, const Exact& weight) {
    for (std::size_t i = 0; i < kpi_sum_count; ++i) amounts[i] += other.amounts[i] * weight;
    promises += other.promises;
    promises_kept += other.promises_kept;
    behaviour.add(other.behaviour, weight);
    for (const auto& [cause, own] : other.resolved) {
        resolved[cause].days += own.days;
        resolved[cause].count += own.count;
    }
}

KpiDates::KpiDates(Date as_of, const IndicatorOptions& options)
    : month(month_of(as_of)),
      span(window_of(as_of, options.cei_months)),
      at_risk_month(month_of(as_of - options.at_risk_days + 1) - 1),
      at_risk_day(at_risk_month.last() + options.at_risk_days),
      behaviour_first(window_of(as_of, options.behaviour.months).first),
      resolved_first(window_of(as_of, options.resolved_months).first),
      late_days_above(options.late_days_above) {}

Indicators measure_indicators(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
                              const IndicatorOptions& options, const RateTable& rates) {
    Indicators found{KpiDates(query.moment.as_of, options), {}, {}};
    KpiCollector collector(book, query, options, found.dates);
    book.each_account(perimeter, query.selection, query.moment,
                      [&](AccountRow account) { collector.take(account); });
    std::optional<Conversion> conversion;
    KpiRow converted;
    if (query.reporting) {
        std::vector<Currency> currencies;
        for (const auto& [currency, sums] : collector.rows()) currencies.push_back(currency);
        conversion.emplace(rates, query.moment.as_of, *query.reporting, currencies);
        converted = {*query.reporting, {}, conversion->unit()};
        found.conversion = {conversion->rate_day(), conversion->unconverted(), conversion->unit()};
    }
    bool any = false;
    for (auto& [currency, tally] : collector.rows()) {
        KpiSums sums = std::move(tally).sums();
        if (conversion && conversion->converts(currency)) {
            converted.sums.add(sums, conversion->weight(currency));
            any = true;
        } else {
            found.rows.push_back({currency, std::move(sums), 1});
        }
    }
    if (any) found.rows.insert(found.rows.begin(), std::move(converted));
    return found;
}

std::string ExactRatio::text() const {
    std::int64_t value = rounded_half_even(numerator * 10'000, denominator);
    const bool minus = value < 0;
    if (minus) value = -value;
    const std::string digits = std::to_string(10'000 + value % 10'000).substr(1);
    return (minus ? "-" : "") + std::to_string(value / 10'000) + "." + digits;
}

std::optional<ExactRatio> late_rate(const KpiSums& sums) {
    return ratio(sums[KpiSum::late], sums[KpiSum::not_due] + sums[KpiSum::overdue]);
}

Exact remaining(const KpiSums& sums) {
    return sums[KpiSum::remaining_open] - sums[KpiSum::unapplied_payments];
}

std::optional<ExactRatio> collection_rate(const KpiSums& sums) {
    const Exact& collectable = sums[KpiSum::collectable];
    return ratio(collectable - remaining(sums), collectable);
}

std::optional<ExactRatio> collection_effectiveness(const KpiSums& sums) {
    const Exact received = sums[KpiSum::begin] + sums[KpiSum::billings];
    return ratio(received - sums[KpiSum::end_outstanding], received - sums[KpiSum::end_not_due]);
}

std::optional<ExactRatio> qualification_rate(const KpiSums& sums) {
    return ratio(sums[KpiSum::reasoned], sums[KpiSum::overdue]);
}

std::optional<ExactRatio> at_risk_rate(const KpiSums& sums) {
    return ratio(sums[KpiSum::at_risk_unpaid], sums[KpiSum::at_risk_billings]);
}

}  // namespace countback
