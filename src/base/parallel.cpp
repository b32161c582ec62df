#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace countback {
namespace {

constexpr std::size_t threads_max = 8;

std::size_t threads_for(std::size_t pieces) {
    const std::size_t processors = std::max<std::size_t>(1, std::thread::hardware_concurrency());
    return std::min({pieces, processors, threads_max});
}

}  // namespace

void in_parallel(std::size_t pieces, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next = 0;
    std::exception_ptr failure;
    std::mutex mutex;
    const auto take_pieces = [&] {
        try {
            for (std::size_t piece = next++; piece < pieces; piece = next++) work(piece);
        } catch (...) {
            next = pieces;
            const std::lock_guard lock(mutex);
            if (!failure) failure = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < threads_for(pieces); ++i) others.emplace_back(take_pieces);
        take_pieces();
    }
    if (failure) std::rethrow_exception(failure);
}

}  // namespace countback
