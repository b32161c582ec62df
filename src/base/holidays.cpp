// Nation-wide public holidays as the law stands in 2026. Sources: FR Code du travail L3133-1; BE loi du 4
// janvier 1974; DE the days common to the sixteen Länder; GB Banking and Financial Dealings Act 1971
// (England, Wales, Northern Ireland) and royal proclamations; ES Real Decreto 2001/1983, days no region may
// replace; IT legge 260/1949 and 151/2025; NL Algemene termijnenwet; US 5 U.S.C. 6103; TARGET: European
// Central Bank.
#include "base/holidays.h"

#include <array>

namespace countback {

namespace {

constexpr HolidayRule fixed(int month, int day, Shift shift = Shift::none, int from = 1900, int to = 2199) {
    return {RuleKind::fixed, month, day, 0, shift, from, to};
}
constexpr HolidayRule once(int year, int month, int day) {
    return fixed(month, day, Shift::none, year, year);
}
/// Only in years that `years` divides.
constexpr HolidayRule every(int years, int month, int day) {
    return {RuleKind::fixed, month, day, 0, Shift::none, 1900, 2199, years};
}
constexpr HolidayRule easter(int days, int from = 1900, int to = 2199) {
    return {RuleKind::easter, 0, days, 0, Shift::none, from, to};
}
constexpr HolidayRule on_weekday(int month, int week, int weekday, int from = 1900, int to = 2199) {
    return {RuleKind::weekday, month, weekday, week, Shift::none, from, to};
}

constexpr int good_friday = -2, easter_monday = 1, ascension = 39, whit_monday = 50;
constexpr int monday = 1, thursday = 4;

// Whit Monday was the worked "day of solidarity" from 2005 to 2007.
constexpr std::array france{
    fixed(1, 1),
    easter(easter_monday),
    fixed(5, 1),
    fixed(5, 8),
    easter(ascension),
    easter(whit_monday, 1900, 2004),
    easter(whit_monday, 2008),
    fixed(7, 14),
    fixed(8, 15),
    fixed(11, 1),
    fixed(11, 11),
    fixed(12, 25),
};
constexpr std::array belgium{
    fixed(1, 1),  easter(easter_monday), fixed(5, 1),  easter(ascension), easter(whit_monday),
    fixed(7, 21), fixed(8, 15),          fixed(11, 1), fixed(11, 11),     fixed(12, 25),
};
constexpr std::array germany{
    fixed(1, 1),         easter(good_friday), easter(easter_monday), fixed(5, 1),   easter(ascension),
    easter(whit_monday), fixed(10, 3),        once(2017, 10, 31),    fixed(12, 25), fixed(12, 26),
};
// The bank holidays of May moved in the years of a jubilee or of VE day.
constexpr std::array great_britain{
    fixed(1, 1, Shift::next_monday),
    easter(good_friday),
    easter(easter_monday),
    on_weekday(5, 1, monday, 1900, 2019),
    once(2020, 5, 8),
    on_weekday(5, 1, monday, 2021),
    on_weekday(5, last_week, monday, 1900, 2001),
    once(2002, 6, 4),
    on_weekday(5, last_week, monday, 2003, 2011),
    once(2012, 6, 4),
    on_weekday(5, last_week, monday, 2013, 2021),
    once(2022, 6, 2),
    on_weekday(5, last_week, monday, 2023),
    on_weekday(8, last_week, monday),
    fixed(12, 25, Shift::two_days_on),
    fixed(12, 26, Shift::two_days_on),
    fixed(12, 25),
    fixed(12, 26),
    once(2002, 6, 3),
    once(2011, 4, 29),
    once(2012, 6, 5),
    once(2022, 6, 3),
    once(2022, 9, 19),
    once(2023, 5, 8),
};
constexpr std::array spain{
    fixed(1, 1),   fixed(1, 6),  easter(good_friday), fixed(5, 1),  fixed(8, 15),
    fixed(10, 12), fixed(11, 1), fixed(12, 6),        fixed(12, 8), fixed(12, 25),
};
constexpr std::array italy{
    fixed(1, 1),       fixed(1, 6),  easter(easter_monday),
    fixed(4, 25),      fixed(5, 1),  fixed(6, 2, Shift::none, 2001),
    once(2011, 3, 17), fixed(8, 15), fixed(10, 4, Shift::none, 2026),
    fixed(11, 1),      fixed(12, 8), fixed(12, 25),
    fixed(12, 26),
};
// Liberation day is a day off for most only every fifth year.
constexpr std::array netherlands{
    fixed(1, 1),
    easter(easter_monday),
    fixed(4, 30, Shift::saturday_before, 1900, 2013),
    fixed(4, 27, Shift::saturday_before, 2014),
    easter(ascension),
    easter(whit_monday),
    fixed(12, 25),
    fixed(12, 26),
    every(5, 5, 5),
};
constexpr std::array united_states{
    fixed(1, 1, Shift::nearest_weekday),
    on_weekday(1, 3, monday),
    on_weekday(2, 3, monday),
    on_weekday(5, last_week, monday),
    fixed(6, 19, Shift::nearest_weekday, 2021),
    fixed(7, 4, Shift::nearest_weekday),
    on_weekday(9, 1, monday),
    on_weekday(10, 2, monday),
    fixed(11, 11, Shift::nearest_weekday),
    on_weekday(11, 4, thursday),
    fixed(12, 25, Shift::nearest_weekday),
};
constexpr std::array target{
    fixed(1, 1),   easter(good_friday), easter(easter_monday), fixed(5, 1),
    fixed(12, 25), fixed(12, 26),       once(2001, 12, 31),
};

}  // namespace

std::span<const HolidayRule> holiday_rules(HolidaySet set) {
    switch (set) {
        case HolidaySet::weekends:
            return {};
        case HolidaySet::fr:
            return france;
        case HolidaySet::be:
            return belgium;
        case HolidaySet::de:
            return germany;
        case HolidaySet::gb:
            return great_britain;
        case HolidaySet::es:
            return spain;
        case HolidaySet::it:
            return italy;
        case HolidaySet::nl:
            return netherlands;
        case HolidaySet::us:
            return united_states;
        case HolidaySet::target:
            return target;
    }
    return {};
}

}  // namespace countback
