// DSO-1, DSO-2, DSO-3: days from balances and billings, exact. No Book here: plain numbers in, a fraction
// out.
//
//   accounting  days = outstanding / billings(window) × days(window)
//   countback   walk back month by month from D's month while what remains ≥ the month's billings: add its
//   days,
//               subtract its billings; in the first month with less remaining: add remaining / billings ×
//               days.
//
// Examples: 472 / 2 870.4 × 365 = 60.02. 30 000 / 60 000 × 90 = 45.
//   2 500 with Nov 1 200, Oct 800, Sep 700 → 30 + 31 + 500/700 × 30 = 82.43; with Nov and Oct only 2 000
//   → 61. 12 000 over 2 500, 1 750, 2 250, 2 500, 2 000, 2 250 (newest first) → 153 + 1 000/2 250 × 30 =
//   166.33.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "base/date.h"
#include "receivables/rates_exact.h"

namespace countback {

enum class DsoMethod : std::uint8_t { accounting, countback };
/// What countback walks by (DSO-3): calendar months, or weeks from Monday to Sunday.
enum class Step : std::uint8_t { month, week };

/// The running number of the step a day is in; consecutive steps differ by one.
int step_index(Date day, Step step);
/// The first day of a step, and its last.
Date step_first(int index, Step step);
Date step_last(int index, Step step);

/// First and last day inclusive. DSO-1: D a month end → the n calendar months ending at D; else from the day
/// after min(day of D, last day) of the month n before.
struct Window {
    Date first;
    Date last;
    int days = 0;  ///< 365 for 12 months, calendar days for others
};
Window window_of(Date as_of, int months);

/// An exact number of days; denominator > 0.
struct ExactDays {
    Exact numerator = 0;
    Exact denominator = 1;
    Hundredths rounded() const { return exact_hundredths(numerator, denominator); }
    ExactDays share(const Exact& part, const Exact& whole) const {
        return {numerator * part, denominator * whole};
    }
};

struct DsoFigure {
    std::optional<ExactDays> days;  ///< none = "n/a"
    bool more_than = false;         ///< DSO-3: history ended before the outstanding was used up
    bool short_history = false;     ///< DSO-1: history is shorter than the window
    bool no_history = false;        ///< nothing was ever billed
    int window_days = 0;            ///< accounting: of the window; countback: of the steps walked
    Exact billings = 0;             ///< accounting: of the window; countback: of the steps walked
};

/// First day of the month of the perimeter's first billing.
inline std::optional<Date> history_start(std::optional<Date> first_billing) {
    return first_billing ? std::optional(month_of(*first_billing).first()) : std::nullopt;
}

/// DSO-1. Billings ≤ 0 → none; outstanding ≤ 0 → 0.
DsoFigure accounting_days(const Exact& outstanding, const Exact& billings, const Window& window,
                          std::optional<Date> history);

/// DSO-2, DSO-3. `billed[k]` = billings of the k-th step before D's own, the first up to D only.
template <class N>
DsoFigure countback_days(const N& outstanding, const std::vector<N>& billed, Date as_of, Step step,
                         std::optional<Date> history);

}  // namespace countback
