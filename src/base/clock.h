// The only source of "now". Rules never see it; services are handed one, tests hand a fake.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "base/date.h"

namespace countback {

/// Microseconds since 1970-01-01 00:00 UTC.
struct Instant {
    std::int64_t micros = 0;
    constexpr auto operator<=>(const Instant&) const = default;
    std::string rfc3339() const;  ///< `2026-03-31T08:15:00Z`, seconds
};

class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
    /// The business day in the company's time zone.
    virtual Date today() const = 0;
};

class SystemClock final : public Clock {
public:
    Instant now() const override;
    Date today() const override;  ///< in the machine's local zone
};

class FakeClock final : public Clock {
public:
    explicit FakeClock(Date day) : day_(day) {}
    void set(Date day) { day_ = day; }
    Instant now() const override { return {day_.days() * 86'400'000'000LL + 43'200'000'000LL}; }
    Date today() const override { return day_; }

private:
    Date day_;
};

}  // namespace countback
