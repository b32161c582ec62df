// Inside http/ only: from a socket's coroutine to the blocking pool and back.
#pragma once
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>

#include "http/pool.h"

namespace countback::http {

/// Runs `work` on the blocking pool and comes back to the socket's thread; false when the pool's queue is
/// full.
inline boost::asio::awaitable<bool> on_pool(BlockingPool& pool, std::function<void()> work) {
    const auto executor = co_await boost::asio::this_coro::executor;
    auto start = [&pool, executor, &work](auto handler) {
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        auto guard = boost::asio::make_work_guard(executor);
        const auto resume = [executor, shared](bool taken) {
            boost::asio::post(executor, [shared, taken] { (*shared)(taken); });
        };
        const bool taken = pool.post([resume, guard, work] {
            work();
            resume(true);
        });
        if (!taken) resume(false);
    };
    co_return co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(bool)>(
        start, boost::asio::use_awaitable);
}

}  // namespace countback::http
