// The rules behind calendar.h: nation-wide public holidays as data.
#pragma once
#include <cstdint>
#include <span>

#include "base/calendar.h"

namespace countback {

enum class RuleKind : std::uint8_t {
    fixed,    ///< `month`/`day`, moved by `shift` when it falls on a weekend
    easter,   ///< `day` days after Easter Sunday
    weekday,  ///< the `week`-th weekday `day` (0 = Sunday) of `month`
};

/// What the law does with a fixed day on a weekend.
enum class Shift : std::uint8_t { none, next_monday, two_days_on, nearest_weekday, saturday_before };

constexpr int last_week = 5;

struct HolidayRule {
    RuleKind kind = RuleKind::fixed;
    int month = 0;
    int day = 0;
    int week = 0;
    Shift shift = Shift::none;
    int from_year = 1900;
    int to_year = 2199;
    int every_years = 1;
};

std::span<const HolidayRule> holiday_rules(HolidaySet set);

}  // namespace countback
