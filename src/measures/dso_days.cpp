#include "measures/dso_days.h"

#include <algorithm>

namespace countback {

namespace {
constexpr int monday_offset = 3;  // 1970-01-01 was a Thursday

int floor_divide(int value, int by) { return value >= 0 ? value / by : -((by - 1 - value) / by); }
}  // namespace

int step_index(Date day, Step step) {
    return step == Step::month ? month_of(day).index : floor_divide(day.days() + monday_offset, 7);
}

Date step_first(int index, Step step) {
    return step == Step::month ? Month{index}.first() : Date(index * 7 - monday_offset);
}

Date step_last(int index, Step step) { return step_first(index + 1, step) - 1; }

Window window_of(Date as_of, int months) {
    const bool month_end = as_of == end_of_month(as_of);
    const Date first = month_end ? (month_of(as_of) - (months - 1)).first() : add_months(as_of, -months) + 1;
    return {first, as_of, months == 12 ? 365 : as_of - first + 1};
}

DsoFigure accounting_days(const Exact& outstanding, const Exact& billings, const Window& window,
                          std::optional<Date> history) {
    DsoFigure figure;
    figure.billings = billings;
    figure.window_days = window.days;
    figure.no_history = !history;
    if (history && *history > window.first) {
        figure.short_history = true;
        figure.window_days = std::min(365, window.last - *history + 1);
    }
    if (billings <= 0) return figure;
    figure.days = outstanding <= 0 ? ExactDays{} : ExactDays{outstanding * figure.window_days, billings};
    return figure;
}

template <class N>
DsoFigure countback_days(const N& outstanding, const std::vector<N>& billed, Date as_of, Step step,
                         std::optional<Date> history) {
    DsoFigure figure;
    figure.no_history = !history;
    if (outstanding <= 0) {
        figure.days = ExactDays{};
        return figure;
    }
    if (!history) return figure;
    N remaining = outstanding;
    N walked = 0;
    int whole_days = 0;
    const int newest = step_index(as_of, step);
    const int oldest = step_index(*history, step);
    for (int index = newest; index >= oldest && remaining > 0; --index) {
        const auto back = static_cast<std::size_t>(newest - index);
        const N billings = back < billed.size() ? billed[back] : N(0);
        const int days =
            std::min(step_last(index, step), as_of) - std::max(step_first(index, step), *history) + 1;
        figure.window_days += days;
        walked += billings;
        if (billings > 0 && remaining < billings) {
            figure.billings = Exact(walked);
            figure.days =
                ExactDays{Exact(whole_days) * Exact(billings) + Exact(remaining) * days, Exact(billings)};
            return figure;
        }
        whole_days += days;
        if (billings > 0) remaining -= billings;
    }
    figure.billings = Exact(walked);
    figure.more_than = remaining > 0;
    figure.days = ExactDays{Exact(whole_days), 1};
    return figure;
}

template DsoFigure countback_days(const std::int64_t&, const std::vector<std::int64_t>&, Date, Step,
                                  std::optional<Date>);
template DsoFigure countback_days(const Exact&, const std::vector<Exact>&, Date, Step, std::optional<Date>);

}  // namespace countback
