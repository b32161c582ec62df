// The clock on a wall: the day and hour of an instant at a place. Zones are IANA names such as
// `Europe/Paris`. Example: 2026-03-29 01:30 UTC is 03:30 in Paris (summer time has just begun), the 28th
// 21:30 in New York.
#pragma once
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/date.h"

namespace countback::locale {

struct LocalTime {
    Date day;
    int hour = 0;  ///< 0 to 23
};

/// Of the machine's own zone when `zone` is empty; nothing when there is no such zone.
std::optional<LocalTime> local_time(Instant at, const std::string& zone);

}  // namespace countback::locale
