// Guessing is slow: how often one may fail to sign in. Counted in memory of one server, forgotten after a
// while.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>

#include "base/clock.h"

namespace countback::access {

class Attempts {
public:
    /// `max` failures of one key within `minutes`; then nothing more until the oldest is that long ago.
    Attempts(const Clock& clock, std::size_t max, std::int64_t minutes)
        : clock_(clock), max_(max), minutes_(minutes) {}

    bool exhausted(const std::string& key);
    void count_failure(const std::string& key);
    void forget(const std::string& key);
    std::int64_t minutes() const { return minutes_; }

private:
    void drop_old(std::deque<std::int64_t>& times) const;

    static constexpr std::size_t keys_max = 100'000;  // above, all but the exhausted ones are forgotten
    const Clock& clock_;
    std::size_t max_;
    std::int64_t minutes_;
    std::mutex mutex_;
    std::map<std::string, std::deque<std::int64_t>> failures_;
};

}  // namespace countback::access
