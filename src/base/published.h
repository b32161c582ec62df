// One value many threads read and one replaces. A mutex around copying a shared_ptr, nothing else inside:
// std::atomic<std::shared_ptr> of libstdc++ 12 races under the thread sanitizer.
#pragma once
#include <memory>
#include <mutex>

namespace countback {

template <class T>
class Published {
public:
    std::shared_ptr<const T> get() const {
        const std::lock_guard lock(mutex_);
        return value_;
    }
    void set(std::shared_ptr<const T> value) {
        const std::lock_guard lock(mutex_);
        value_.swap(value);
    }

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const T> value_;
};

}  // namespace countback
