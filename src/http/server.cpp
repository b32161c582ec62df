#include "http/server.h"

#include <boost/asio.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <deque>
#include <stdexcept>
#include <thread>

#include "base/text.h"
#include "http/connection.h"

namespace countback::http {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using reuse_port = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

/// One socket thread: its own loop, its own listening socket.
struct Loop {
    Thread thread;  // first, so that it outlives the connections that end with the context
    asio::io_context context{1};
    tcp::acceptor acceptor{context};
};

[[noreturn]] void refuse_to_listen(const ServerSettings& settings, const error_code& error) {
    throw std::runtime_error("cannot listen on " + settings.address + " port " +
                             std::to_string(settings.port) + ": " + error.message() +
                             ". Choose another with --port.");
}

void listen_on(tcp::acceptor& acceptor, const tcp::endpoint& endpoint) {
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.set_option(reuse_port(true));
    acceptor.bind(endpoint);
    acceptor.listen(1024);
}

/// The kernel lets any process of ours join a port with SO_REUSEPORT; a plain bind first finds the port
/// taken.
void ensure_free(asio::io_context& context, const tcp::endpoint& endpoint) {
    if (endpoint.port() == 0) return;
    tcp::acceptor probe(context);
    probe.open(endpoint.protocol());
    probe.set_option(tcp::acceptor::reuse_address(true));
    probe.bind(endpoint);
    probe.listen(1);
}

asio::awaitable<void> accept_all(Loop& loop, Shared& shared) {
    while (loop.acceptor.is_open()) {
        auto [error, socket] = co_await loop.acceptor.async_accept(asio::as_tuple(asio::use_awaitable));
        if (error == asio::error::operation_aborted) break;
        if (error) {  // no file handles left, or the peer has gone: wait a little, go on
            asio::steady_timer pause(loop.context, std::chrono::milliseconds(50));
            co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
            continue;
        }
        if (++shared.connections > shared.settings.limits.connections) {
            --shared.connections;
            continue;  // the socket closes here: better few well than all badly
        }
        asio::co_spawn(loop.context, serve_connection(std::move(socket), shared, loop.thread),
                       asio::detached);
    }
}

}  // namespace

struct Server::Inside {
    ServerSettings settings;
    Application application;
    Shared shared;
    std::deque<Loop> loops;
    asio::io_context conductor{1};  // signals and the end of draining
    asio::steady_timer drain_end{conductor};
    BlockingPool pool;  // last: its work ends before the connections it belongs to

    Inside(ServerSettings given, Application handlers)
        : settings(std::move(given)),
          application(std::move(handlers)),
          shared{settings, application, pool},
          pool(settings.blocking_threads, settings.queue_max) {
        for (std::string& host : settings.public_hosts) host = ascii_lower(host);
    }

    void listen() {
        error_code error;
        const auto address = asio::ip::make_address(settings.address, error);
        if (error) refuse_to_listen(settings, error);
        if (!address.is_unspecified()) settings.public_hosts.push_back(ascii_lower(settings.address));
        tcp::endpoint endpoint(address, settings.port);
        try {
            for (std::size_t at = 0; at < settings.socket_threads; ++at) {
                Loop& loop = loops.emplace_back();
                if (at == 0) ensure_free(loop.context, endpoint);
                listen_on(loop.acceptor, endpoint);
                endpoint.port(loop.acceptor.local_endpoint().port());
            }
        } catch (const boost::system::system_error& failure) {
            refuse_to_listen(settings, failure.code());
        }
        settings.port = endpoint.port();
    }

    /// On the conductor's thread. Answers under way have `drain` to end; who reads slower is cut.
    void stop() {
        for (Loop& loop : loops) {
            asio::post(loop.context, [&loop] {
                error_code ignored;
                loop.acceptor.close(ignored);
                drain(loop.thread);
            });
        }
        drain_end.expires_after(settings.limits.drain);
        drain_end.async_wait([this](const error_code& error) {
            if (error) return;
            for (Loop& loop : loops) loop.context.stop();
        });
    }
};

Server::Server(ServerSettings settings, Application application)
    : inside_(std::make_unique<Inside>(std::move(settings), std::move(application))) {
    inside_->listen();
}

Server::~Server() = default;

std::uint16_t Server::port() const { return inside_->settings.port; }

void Server::stop() {
    asio::post(inside_->conductor, [this] { inside_->stop(); });
}

void Server::run() {
    asio::signal_set signals(inside_->conductor, SIGINT, SIGTERM);
    signals.async_wait([this](const error_code& error, int) {
        if (!error) inside_->stop();
    });
    std::vector<std::thread> threads;
    for (Loop& loop : inside_->loops) {
        asio::co_spawn(loop.context, accept_all(loop, inside_->shared), asio::detached);
        threads.emplace_back([&loop] { loop.context.run(); });
    }
    const auto guard = asio::make_work_guard(inside_->conductor);
    std::thread conductor([this] { inside_->conductor.run(); });
    for (std::thread& thread : threads) thread.join();
    inside_->conductor.stop();
    conductor.join();
}

}  // namespace countback::http
