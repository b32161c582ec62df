// The blocking pool: database, passwords and rules run here, never on a thread that reads sockets.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace countback::http {

class BlockingPool {
public:
    /// `queue_max`: works that may wait beside those that run.
    BlockingPool(std::size_t threads, std::size_t queue_max);
    ~BlockingPool();  ///< ends after what was taken in is done
    BlockingPool(const BlockingPool&) = delete;
    BlockingPool& operator=(const BlockingPool&) = delete;

    /// False when the queue is full: the caller answers `server_busy`, nothing grows. Work must not throw.
    bool post(std::function<void()> work);

private:
    void serve();

    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::function<void()>> queue_;
    std::size_t queue_max_;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace countback::http
