// Days and hours at places, around the changes of the clocks and of the day.
#include "locale/time_zone.h"

#include <gtest/gtest.h>

namespace countback::locale {
namespace {

Instant utc(const char* day, int hour, int minute) {
    return {(Date::parse_iso(day)->days() * 86'400LL + hour * 3600 + minute * 60) * 1'000'000};
}

std::string told(Instant at, const char* zone) {
    const auto local = local_time(at, zone);
    return local ? local->day.iso() + " " + std::to_string(local->hour) : "none";
}

TEST(TimeZone, SummerTimeBeginsAndEnds) {
    EXPECT_EQ(told(utc("2026-03-29", 0, 30), "Europe/Paris"), "2026-03-29 1");
    EXPECT_EQ(told(utc("2026-03-29", 1, 30), "Europe/Paris"), "2026-03-29 3");
    EXPECT_EQ(told(utc("2026-10-25", 0, 30), "Europe/Paris"), "2026-10-25 2");
    EXPECT_EQ(told(utc("2026-10-25", 1, 30), "Europe/Paris"), "2026-10-25 2");
}

TEST(TimeZone, TheDayIsThePlaces) {
    EXPECT_EQ(told(utc("2026-03-29", 1, 30), "America/New_York"), "2026-03-28 21");
    EXPECT_EQ(told(utc("2026-12-31", 15, 30), "Asia/Tokyo"), "2027-01-01 0");
    EXPECT_EQ(told(utc("2026-06-01", 4, 0), "Asia/Kolkata"), "2026-06-01 9");
    EXPECT_EQ(told(utc("1969-12-31", 23, 0), "UTC"), "1969-12-31 23");
}

TEST(TimeZone, WhatIsNoZone) {
    for (const char* name : {"Mars/Phobos", "Europe/", "Paris time", "../etc/passwd", "\xff\xfe"})
        EXPECT_FALSE(local_time(utc("2026-06-01", 4, 0), name)) << name;
    EXPECT_TRUE(local_time(utc("2026-06-01", 4, 0), ""));
}

}  // namespace
}  // namespace countback::locale
