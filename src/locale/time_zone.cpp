#include "locale/time_zone.h"

#include <unicode/timezone.h>

#include <ctime>
#include <memory>

namespace countback::locale {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000, seconds_per_day = 86'400;

LocalTime of_seconds(std::int64_t seconds) {
    const std::int64_t days = (seconds >= 0 ? seconds : seconds - seconds_per_day + 1) / seconds_per_day;
    return {Date(static_cast<std::int32_t>(days)),
            static_cast<int>((seconds - days * seconds_per_day) / 3600)};
}

LocalTime of_machine(std::time_t seconds) {
    std::tm parts{};
    localtime_r(&seconds, &parts);
    return of_seconds(seconds + parts.tm_gmtoff);
}

}  // namespace

std::optional<LocalTime> local_time(Instant at, const std::string& zone) {
    const std::int64_t seconds = at.micros / micros_per_second;
    if (zone.empty()) return of_machine(seconds);
    const std::unique_ptr<icu::TimeZone> found(
        icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(zone)));
    if (*found == icu::TimeZone::getUnknown()) return std::nullopt;
    std::int32_t raw = 0, summer = 0;
    UErrorCode status = U_ZERO_ERROR;
    found->getOffset(static_cast<double>(seconds) * 1000.0, 0, raw, summer, status);
    if (U_FAILURE(status)) return std::nullopt;
    return of_seconds(seconds + (raw + summer) / 1000);
}

}  // namespace countback::locale
