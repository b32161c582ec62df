#include "base/calendar.h"

#include <array>

#include "base/ensure.h"
#include "base/holidays.h"

namespace countback {

namespace {

struct Name {
    std::string_view country;
    HolidaySet set;
};

constexpr std::array names{
    Name{"FR", HolidaySet::fr}, Name{"BE", HolidaySet::be}, Name{"DE", HolidaySet::de},
    Name{"GB", HolidaySet::gb}, Name{"ES", HolidaySet::es}, Name{"IT", HolidaySet::it},
    Name{"NL", HolidaySet::nl}, Name{"US", HolidaySet::us}, Name{"TARGET", HolidaySet::target},
};

constexpr bool weekend(Date day) { return day.weekday() == 0 || day.weekday() == 6; }

/// The n-th such weekday of a month, or the last one when `week` is 5.
Date nth_weekday(int year, const HolidayRule& rule) {
    const Date first = *Date::of(year, static_cast<unsigned>(rule.month), 1);
    if (rule.week == last_week) {
        const Date last = end_of_month(first);
        return last - (last.weekday() - rule.day + 7) % 7;
    }
    return first + ((rule.day - first.weekday() + 7) % 7 + 7 * (rule.week - 1));
}

Date shifted(Date day, Shift shift) {
    const bool saturday = day.weekday() == 6;
    const bool sunday = day.weekday() == 0;
    switch (shift) {
        case Shift::none:
            return day;
        case Shift::next_monday:
            return day + (saturday ? 2 : sunday ? 1 : 0);
        case Shift::two_days_on:
            return day + (saturday || sunday ? 2 : 0);
        case Shift::nearest_weekday:
            return day + (saturday ? -1 : sunday ? 1 : 0);
        case Shift::saturday_before:
            return day - (sunday ? 1 : 0);
    }
    return day;
}

Date day_of(const HolidayRule& rule, int year) {
    switch (rule.kind) {
        case RuleKind::easter:
            return easter_sunday(year) + rule.day;
        case RuleKind::weekday:
            return nth_weekday(year, rule);
        case RuleKind::fixed:
            break;
    }
    return shifted(*Date::of(year, static_cast<unsigned>(rule.month), static_cast<unsigned>(rule.day)),
                   rule.shift);
}

bool falls_on(const HolidayRule& rule, int year, Date day) {
    return year >= rule.from_year && year <= rule.to_year && year % rule.every_years == 0 &&
           day_of(rule, year) == day;
}

/// Only these months can hold the day; spares the Easter arithmetic on all others.
bool may_fall_near(const HolidayRule& rule, Date day) {
    if (rule.kind == RuleKind::easter) return day.month() >= 3 && day.month() <= 6;
    return rule.month == day.month() || (rule.month == 1 && rule.day == 1 && day.month() == 12);
}

}  // namespace

std::optional<HolidaySet> holiday_set_of(std::string_view country) {
    for (const Name& name : names) {
        if (name.country == country) return name.set;
    }
    return std::nullopt;
}

// Gauss's method for the Gregorian Easter; every step is a whole-number division.
Date easter_sunday(int year) {
    const int golden = year % 19;
    const int century = year / 100;
    const int moon = (19 * golden + century - century / 4 - (8 * century + 13) / 25 + 15) % 30;
    const int full = moon - (moon / 28) * (1 - (moon / 28) * (29 / (moon + 1)) * ((21 - golden) / 11));
    const int weekday = (year + year / 4 + full + 2 - century + century / 4) % 7;
    const int march_offset = full - weekday;
    return *Date::of(year, 3, 28) + march_offset;
}

bool is_public_holiday(HolidaySet set, Date day) {
    for (const HolidayRule& rule : holiday_rules(set)) {
        if (!may_fall_near(rule, day)) continue;
        const int year =
            day.year() + (day.month() == 12 && rule.month == 1 && rule.kind == RuleKind::fixed ? 1 : 0);
        if (falls_on(rule, year, day)) return true;
    }
    return false;
}

bool WorkingDays::works(Date day) const { return !weekend(day) && !is_public_holiday(set_, day); }

Date WorkingDays::on_or_after(Date day) const {
    while (!works(day)) day = day + 1;
    return day;
}

Date WorkingDays::after(Date day, int n) const {
    ensure(n >= 0, "working days are counted forward");
    for (; n > 0; --n) day = on_or_after(day + 1);
    return day;
}

}  // namespace countback
