// What /metrics tells: answers by route and status, their time, and figures the house hands in. No personal
// data.
#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "http/log.h"

namespace countback::http {

/// One number of the moment: `countback_facts_total`, what it means, its value.
struct Gauge {
    std::string name;
    std::string meaning;
    std::int64_t value = 0;
};

class Metrics {
public:
    void count(const Answered& answered);
    /// The text format of Prometheus, version 0.0.4.
    std::string page(const std::vector<Gauge>& gauges) const;

private:
    static constexpr std::array<std::int64_t, 10> bounds_micros{
        500, 1'000, 5'000, 10'000, 50'000, 100'000, 300'000, 1'000'000, 5'000'000, 30'000'000};
    struct Series {
        std::map<int, std::int64_t> by_status;
        std::array<std::int64_t, bounds_micros.size() + 1> by_time{};
        std::int64_t micros = 0;
        std::int64_t bytes = 0;
    };
    mutable std::mutex mutex_;
    std::map<std::pair<std::string, std::string>, Series> series_;  // method and pattern: few and fixed
};

}  // namespace countback::http
