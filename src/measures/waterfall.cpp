#include "measures/waterfall.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace countback {
namespace {

struct Share {
    Exact amount = 0;
    int count = 0;
};

/// Amounts by part of one currency, or of all that convert.
struct PartSums {
    std::array<Share, part_count> parts;
    std::map<LabelId, Share> causes;
    Exact disputed_not_due = 0;

    void add(const SplitItem& split) {
        unsigned seen = 0;
        for (const PartOfItem& share : split.parts) {
            const auto place = static_cast<unsigned>(share.part);
            parts[place].amount += share.amount;
            if ((seen & (1U << place)) == 0) ++parts[place].count;
            seen |= 1U << place;
            if (share.part != Part::disputed) continue;
            causes[share.cause].amount += share.amount;
            ++causes[share.cause].count;
        }
        disputed_not_due += split.disputed_not_due;
    }
    void add(const PartSums& other, const Exact& weight) {
        for (std::size_t i = 0; i < part_count; ++i) {
            parts[i].amount += other.parts[i].amount * weight;
            parts[i].count += other.parts[i].count;
        }
        for (const auto& [cause, share] : other.causes) {
            causes[cause].amount += share.amount * weight;
            causes[cause].count += share.count;
        }
        disputed_not_due += other.disputed_not_due * weight;
    }
};

std::map<Currency, PartSums> collect_parts(const Perimeter& perimeter, const Snapshot& book,
                                           const MeasureQuery& query, Doubtful doubtful) {
    std::map<Currency, PartSums> sums;
    AccountSplitter splitter(book, query.moment);
    book.each_account(perimeter, query.selection, query.moment, [&](AccountRow account) {
        if (doubtful == Doubtful::left_out && doubtful_or_insolvent(book, account, query.moment)) return;
        for (const SplitItem& split : splitter.split(account)) {
            if (counts_in_dso(split.item) && selects(query.selection, split.item.currency))
                sums[split.item.currency].add(split);
        }
    });
    return sums;
}

void give_causes(WaterfallPart& part, const PartSums& sums, const Exact& unit) {
    std::vector<Exact> amounts;
    for (const auto& [cause, share] : sums.causes) amounts.push_back(share.amount);
    const auto shown = rounded_to_total(amounts, unit, part.amount);
    std::vector<std::int64_t> days;
    const Exact whole = sums.parts[static_cast<std::size_t>(Part::disputed)].amount;
    if (part.days) {
        for (Exact& amount : amounts) amount *= part.days->value;
        days = rounded_to_total(amounts, whole, part.days->value);
    }
    std::size_t place = 0;
    for (const auto& [cause, share] : sums.causes) {
        const auto own = part.days ? std::optional(Hundredths{days[place]}) : std::nullopt;
        part.causes.push_back({cause, shown[place], own, share.count});
        ++place;
    }
}

/// `unit`: how many of the sums' units make one minor unit.
Waterfall waterfall_of(DsoRow dso, const PartSums& sums, const Exact& unit) {
    Waterfall waterfall;
    std::vector<Exact> amounts;
    for (const Share& share : sums.parts) amounts.push_back(share.amount);
    const Exact outstanding = std::accumulate(amounts.begin(), amounts.end(), Exact(0));
    const auto shown = rounded_to_total(amounts, unit, dso.outstanding);
    const auto days = dso.figure.days ? days_of_parts(amounts, outstanding, *dso.figure.days) : std::nullopt;
    for (std::size_t i = 0; i < part_count; ++i) {
        WaterfallPart& part = waterfall.parts[i];
        part.part = static_cast<Part>(i);
        part.amount = shown[i];
        part.count = sums.parts[i].count;
        if (days) part.days = (*days)[i];
        if (part.part == Part::disputed) give_causes(part, sums, unit);
    }
    waterfall.disputed_not_due = rounded_half_even(sums.disputed_not_due, unit);
    waterfall.dso = std::move(dso);
    return waterfall;
}

}  // namespace

std::optional<std::vector<Hundredths>> days_of_parts(const std::vector<Exact>& amounts,
                                                     const Exact& outstanding, const ExactDays& days) {
    if (outstanding <= 0) return std::nullopt;
    std::vector<Exact> hundredths_of;
    for (const Exact& amount : amounts) hundredths_of.push_back(amount * days.numerator * 100);
    std::vector<Hundredths> parts;
    for (const std::int64_t value :
         rounded_to_total(hundredths_of, outstanding * days.denominator, days.rounded().value)) {
        parts.push_back({value});
    }
    return parts;
}

WaterfallMeasure measure_waterfall(const Perimeter& perimeter, const Snapshot& book,
                                   const MeasureQuery& query, const WaterfallOptions& options,
                                   const RateTable& rates) {
    MeasureQuery whole = query;
    whole.by = By::currency;
    DsoMeasure dso = measure_dso(perimeter, book, whole, options.dso, rates);
    const auto sums = collect_parts(perimeter, book, whole, options.dso.doubtful);
    std::vector<Currency> currencies;
    for (const DsoRow& row : dso.totals) currencies.push_back(row.key.currency);
    for (const auto& [currency, parts] : sums) currencies.push_back(currency);
    std::optional<Conversion> conversion;
    if (query.reporting) conversion.emplace(rates, query.moment.as_of, *query.reporting, currencies);
    PartSums converted;
    for (const auto& [currency, parts] : sums) {
        if (conversion && conversion->converts(currency)) converted.add(parts, conversion->weight(currency));
    }
    WaterfallMeasure measure{{}, dso.conversion};
    for (DsoRow& row : dso.totals) {
        const Currency currency = row.key.currency;
        const bool in_reporting = conversion && currency == conversion->reporting();
        const auto own = sums.find(currency);
        const PartSums& parts = in_reporting ? converted : own == sums.end() ? PartSums{} : own->second;
        measure.rows.push_back(
            waterfall_of(std::move(row), parts, in_reporting ? conversion->unit() : Exact(1)));
        if (!options.internal_rate_ppm) continue;
        const DsoFigure& figure = measure.rows.back().dso.figure;
        const Exact dso_unit = in_reporting ? dso.conversion.unit : Exact(1);
        measure.rows.back().cost_of_one_day =
            cost_of_one_day(figure.billings, figure.window_days, *options.internal_rate_ppm, dso_unit);
    }
    return measure;
}

}  // namespace countback
