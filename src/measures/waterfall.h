// DSO-4: the waterfall that adds up; DSO-6: what one day costs.
//
//   days of a part = DSO × amount / outstanding, exact, rounded half to even; the rounding remainder goes to
//   the largest absolute part (tie: the first listed), so Σ parts = DSO. Outstanding ≤ 0 or DSO n/a: amounts
//   only.
//
// Example: DSO 60.02 over 472: not due 300, disputed 72, without reason 120, unapplied −20 →
//   −2.54, 38.15, 9.16, 15.26; they sum to 60.03, so the largest gives 0.01 back: 38.14.
// Late fees are out, as in DSO. Disputed but not due is a memo line, inside "not due".
#pragma once
#include <array>

#include "measures/dso.h"
#include "measures/parts.h"

namespace countback {

struct WaterfallCause {
    LabelId cause;
    std::int64_t amount = 0;  ///< minor units
    std::optional<Hundredths> days;
    int count = 0;
};

struct WaterfallPart {
    Part part = Part::unapplied;
    std::int64_t amount = 0;             ///< signed minor units
    std::optional<Hundredths> days;      ///< none: amounts only
    int count = 0;                       ///< items that have a share in it
    std::vector<WaterfallCause> causes;  ///< of the disputed part; their days sum to the part's
};

struct Waterfall {
    DsoRow dso;
    std::int64_t disputed_not_due = 0;
    std::optional<std::int64_t> cost_of_one_day;  ///< none while no internal rate is set
    std::array<WaterfallPart, part_count> parts;  ///< all, in the order of the rule
};

struct WaterfallMeasure {
    std::vector<Waterfall> rows;  ///< one per currency
    ConversionNote conversion;
};

struct WaterfallOptions {
    DsoOptions dso;
    std::optional<std::int64_t> internal_rate_ppm;  ///< a year, parts per million
};

WaterfallMeasure measure_waterfall(const Perimeter& perimeter, const Snapshot& book,
                                   const MeasureQuery& query, const WaterfallOptions& options,
                                   const RateTable& rates = RateTable::shipped());

/// Days of each amount, Σ = `days` rounded; none when `outstanding` ≤ 0. Amounts and outstanding share one
/// unit.
std::optional<std::vector<Hundredths>> days_of_parts(const std::vector<Exact>& amounts,
                                                     const Exact& outstanding, const ExactDays& days);

}  // namespace countback
