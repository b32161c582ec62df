#include "base/calendar.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace countback {
namespace {

Date day(const char* iso) { return *Date::parse_iso(iso); }

TEST(Calendar, EasterOfKnownYears) {
    EXPECT_EQ(easter_sunday(2000), day("2000-04-23"));
    EXPECT_EQ(easter_sunday(2019), day("2019-04-21"));
    EXPECT_EQ(easter_sunday(2025), day("2025-04-20"));
    EXPECT_EQ(easter_sunday(2038), day("2038-04-25"));
    EXPECT_EQ(easter_sunday(2076), day("2076-04-19"));
}

TEST(Calendar, Pro1GraceCountsWorkingDaysOfTheCountry) {
    const WorkingDays france(HolidaySet::fr);
    EXPECT_EQ(france.after(day("2025-04-30"), 3), day("2025-05-06"));
    EXPECT_EQ(france.after(day("2025-04-30"), 0), day("2025-04-30"));
    EXPECT_EQ(france.on_or_after(day("2025-07-14")), day("2025-07-15"));
    EXPECT_EQ(WorkingDays(HolidaySet::weekends).after(day("2025-04-30"), 3), day("2025-05-05"));
}

TEST(Calendar, Col6HolidayOfTheCountryOnly) {
    EXPECT_TRUE(is_public_holiday(HolidaySet::de, day("2025-04-18")));
    EXPECT_FALSE(is_public_holiday(HolidaySet::fr, day("2025-04-18")));
    EXPECT_TRUE(is_public_holiday(HolidaySet::gb, day("2025-08-25")));
    EXPECT_TRUE(is_public_holiday(HolidaySet::us, day("2021-12-31")))
        << "New Year 2022 kept the Friday before";
    EXPECT_TRUE(is_public_holiday(HolidaySet::nl, day("2025-05-05")));
    EXPECT_FALSE(is_public_holiday(HolidaySet::nl, day("2026-05-05")));
    EXPECT_FALSE(holiday_set_of("ZZ"));
    EXPECT_EQ(holiday_set_of("IT"), HolidaySet::it);
}

std::filesystem::path shared_calendars() {
    const char* named = std::getenv("COUNTBACK_SHARED");
    const std::filesystem::path root =
        named ? std::filesystem::path(named) : std::filesystem::path(COUNTBACK_SOURCE_DIR) / ".." / "shared";
    return root / "data" / "calendars";
}

/// Day → names, of a file that is one flat JSON object.
std::map<Date, std::string> read_days(const std::filesystem::path& file) {
    std::ifstream input(file);
    std::stringstream content;
    content << input.rdbuf();
    const std::string text = content.str();
    const std::regex entry("\"(\\d{4}-\\d{2}-\\d{2})\": \"([^\"]*)\"");
    std::map<Date, std::string> days;
    for (std::sregex_iterator it(text.begin(), text.end(), entry), end; it != end; ++it) {
        days.emplace(*Date::parse_iso((*it)[1].str()), (*it)[2].str());
    }
    return days;
}

struct Expected {
    HolidaySet set;
    const char* file;
    int from_year;
    /// Names in the file that are no nation-wide public holiday by our rules.
    std::set<std::string> left_out;
    /// Days that are ours and not in the file: kept in most of the country, not in all.
    bool (*ours)(Date);
};

bool none_of_ours(Date) { return false; }
bool not_in_scotland(Date date) {
    return date == easter_sunday(date.year()) + 1 ||
           (date.month() == 8 && date.weekday() == 1 && date.day() > 24);
}

/// Of "a; b", is any name not left out?
bool counts(const std::string& names, const std::set<std::string>& left_out) {
    std::stringstream stream(names);
    std::string name;
    while (std::getline(stream, name, ';')) {
        name.erase(0, name.find_first_not_of(' '));
        if (!left_out.contains(name)) return true;
    }
    return false;
}

const std::set<std::string> american_observances{
    "Groundhog Day",
    "Valentine's Day",
    "Saint Patrick's Day",
    "Good Friday",
    "Halloween",
    "Election Day",
    "Christmas Eve",
    "Christmas Eve (half-day closing)",
    "Day After Christmas",
    "New Year's Eve",
    "Birthday of Martin Luther King, Jr.",
    "National Day of Mourning for former President George H. W. Bush",
    "National Day of Mourning for former President Gerald R. Ford",
    "National Day of Mourning for former President Jimmy Carter",
    "National Day of Mourning for former President Ronald Reagan"};

TEST(Calendar, AgreesWithPublishedCalendars) {
    if (!std::filesystem::exists(shared_calendars())) GTEST_SKIP() << "the shared data is absent";
    const Expected all[] = {
        {HolidaySet::fr, "FR_COMMON.json", 2000, {}, none_of_ours},
        {HolidaySet::be,
         "BE_COMMON.json",
         2000,
         {"Good Friday", "Friday after Ascension Day", "Bank Holiday"},
         none_of_ours},
        {HolidaySet::de, "DE_COMMON.json", 2000, {}, none_of_ours},
        {HolidaySet::gb, "GB_COMMON.json", 2000, {}, not_in_scotland},
        {HolidaySet::es, "ES_COMMON.json", 2008, {}, none_of_ours},
        {HolidaySet::it, "IT_COMMON.json", 2000, {}, none_of_ours},
        {HolidaySet::nl, "NL_COMMON.json", 2000, {"Good Friday", "Liberation Day"}, none_of_ours},
        {HolidaySet::us, "US_COMMON.json", 2000, american_observances, none_of_ours},
        {HolidaySet::target, "XECB.json", 2000, {}, none_of_ours},
    };
    for (const Expected& one : all) {
        const auto days = read_days(shared_calendars() / one.file);
        ASSERT_GT(days.size(), 100U) << one.file;
        for (Date date = *Date::of(one.from_year, 1, 1); date < *Date::of(2050, 12, 31); date = date + 1) {
            if (date.weekday() == 0 || date.weekday() == 6 || one.ours(date)) continue;
            const auto found = days.find(date);
            const bool expected = found != days.end() && counts(found->second, one.left_out);
            if (one.set == HolidaySet::nl && date.month() == 5 && date.day() == 5) continue;
            EXPECT_EQ(is_public_holiday(one.set, date), expected)
                << one.file << ' ' << date.iso() << ' ' << (found == days.end() ? "" : found->second);
        }
    }
}

}  // namespace
}  // namespace countback
