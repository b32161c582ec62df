// Inside http/ only: one connection, its requests one after the other.
#pragma once
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <unordered_set>

#include "http/pool.h"
#include "http/server.h"

namespace countback::http {

class Connection;

/// What the connections of one socket thread share; touched by that thread only.
struct Thread {
    std::unordered_set<Connection*> open;
    bool draining = false;
};

/// What all threads share: read-only but for the pool and the count.
struct Shared {
    const ServerSettings& settings;
    const Application& application;
    BlockingPool& pool;
    std::atomic<std::size_t> connections{0};
};

boost::asio::awaitable<void> serve_connection(boost::asio::ip::tcp::socket socket, Shared& shared,
                                              Thread& thread);

/// Connections that wait for a next request end now; others after the answer in hand.
void drain(Thread& thread);

}  // namespace countback::http
