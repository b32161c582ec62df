#include "http/pool.h"

namespace countback::http {

BlockingPool::BlockingPool(std::size_t threads, std::size_t queue_max) : queue_max_(queue_max) {
    threads_.reserve(threads);
    for (std::size_t at = 0; at < threads; ++at) threads_.emplace_back([this] { serve(); });
}

BlockingPool::~BlockingPool() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    arrived_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

bool BlockingPool::post(std::function<void()> work) {
    {
        const std::lock_guard lock(mutex_);
        if (queue_.size() >= queue_max_) return false;
        queue_.push_back(std::move(work));
    }
    arrived_.notify_one();
    return true;
}

void BlockingPool::serve() {
    while (true) {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [this] { return ending_ || !queue_.empty(); });
        if (queue_.empty()) return;
        const std::function<void()> work = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        work();
    }
}

}  // namespace countback::http
