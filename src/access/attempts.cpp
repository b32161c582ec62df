#include "access/attempts.h"

#include <iterator>

namespace countback::access {

void Attempts::drop_old(std::deque<std::int64_t>& times) const {
    const std::int64_t limit = clock_.now().micros - minutes_ * 60'000'000;
    while (!times.empty() && times.front() <= limit) times.pop_front();
}

bool Attempts::exhausted(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto found = failures_.find(key);
    if (found == failures_.end()) return false;
    drop_old(found->second);
    const std::size_t failed = found->second.size();
    if (failed == 0) failures_.erase(found);
    return failed >= max_;
}

void Attempts::count_failure(const std::string& key) {
    const std::lock_guard lock(mutex_);
    if (failures_.size() >= keys_max) {
        for (auto entry = failures_.begin(); entry != failures_.end();) {
            drop_old(entry->second);
            entry = entry->second.size() < max_ ? failures_.erase(entry) : std::next(entry);
        }
    }
    failures_[key].push_back(clock_.now().micros);
}

void Attempts::forget(const std::string& key) {
    const std::lock_guard lock(mutex_);
    failures_.erase(key);
}

}  // namespace countback::access
