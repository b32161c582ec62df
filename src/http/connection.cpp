#include "http/connection.h"

#include <boost/asio.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <fstream>

#include "base/clock.h"
#include "crypto/random.h"
#include "http/intake.h"
#include "http/json.h"
#include "http/on_pool.h"
#include "http/wire.h"

// g++ 12 takes the frame of an inlined coroutine for a mismatch of new and delete; both are Asio's own.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace countback::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::awaitable;
using boost::system::error_code;
using Parser = beast::http::request_parser<beast::http::buffer_body>;
using Milliseconds = std::chrono::milliseconds;

constexpr auto answered_by_tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t part_bytes = 256 * 1024;

std::int64_t micros_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start)
        .count();
}

}  // namespace

class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(asio::ip::tcp::socket socket, Shared& shared, Thread& thread)
        : socket_(std::move(socket)), timer_(socket_.get_executor()), shared_(shared), thread_(thread) {
        thread_.open.insert(this);
    }
    ~Connection() {
        thread_.open.erase(this);
        --shared_.connections;
    }

    awaitable<void> serve();
    void end_if_waiting() {
        if (waiting_) socket_.cancel();
    }

private:
    struct Body {
        std::size_t bytes_max;
        bool to_file;
        std::size_t taken = 0;
        std::ofstream file;
        bool failed = false;
    };

    void allow(Milliseconds time);
    void disarm();
    awaitable<bool> request_begins();
    awaitable<bool> one_request();
    awaitable<std::optional<Refusal>> take_body(Parser& parser, Head& head);
    awaitable<std::optional<Refusal>> read_body(Parser& parser, Request& request, Body& body);
    awaitable<void> keep(Request& request, Body& body, std::string_view part);
    awaitable<void> patiently(std::function<void()> work);
    awaitable<bool> send(Response& response, const Head& head);
    awaitable<bool> send_parts(Response& response);
    awaitable<bool> send_file(Response& response, std::size_t bytes);
    awaitable<bool> send_bytes(std::string_view first, std::string_view second = {});
    awaitable<void> refuse_and_close(Refusal refusal, const Request* request);
    awaitable<void> linger();
    Refusal refusal_of_error(error_code error) const;

    asio::ip::tcp::socket socket_;
    asio::steady_timer timer_;
    Shared& shared_;
    Thread& thread_;
    beast::flat_buffer buffer_{512 * 1024};
    std::string peer_;
    std::uint64_t deadline_number_ = 0;
    std::int64_t sent_ = 0;
    bool timed_out_ = false;
    bool waiting_ = false;
};

/// From now on the socket's operations may take `time` in all; then they end with `timed_out_` set.
void Connection::allow(Milliseconds time) {
    timed_out_ = false;
    const auto number = ++deadline_number_;
    timer_.expires_after(time);
    timer_.async_wait([self = shared_from_this(), number](error_code error) {
        if (error || number != self->deadline_number_) return;
        self->timed_out_ = true;
        self->socket_.cancel();
    });
}

void Connection::disarm() {
    ++deadline_number_;
    timer_.cancel();
}

/// Waits for the first byte of the next request; false when the peer left, slept too long, or we drain.
awaitable<bool> Connection::request_begins() {
    if (buffer_.size() > 0) co_return true;
    if (thread_.draining) co_return false;
    waiting_ = true;
    allow(shared_.settings.limits.idle);
    const auto [error, bytes] =
        co_await socket_.async_read_some(buffer_.prepare(8 * 1024), answered_by_tuple);
    waiting_ = false;
    if (error) co_return false;
    buffer_.commit(bytes);
    co_return true;
}

awaitable<void> Connection::serve() {
    error_code error;
    const auto endpoint = socket_.remote_endpoint(error);
    if (error) co_return;
    peer_ = endpoint.address().to_string();
    socket_.set_option(asio::ip::tcp::no_delay(true), error);
    // One co_await a statement: g++ 12 miscompiles several joined by && or ?:.
    bool open = co_await request_begins();
    while (open) {
        open = co_await one_request();
        if (open) open = co_await request_begins();
    }
    disarm();
    socket_.shutdown(asio::ip::tcp::socket::shutdown_both, error);
}

Refusal Connection::refusal_of_error(error_code error) const {
    if (timed_out_) return {RefusalCode::request_timeout, {}};
    if (error == beast::http::error::header_limit || error == beast::http::error::buffer_overflow) {
        return {RefusalCode::headers_too_large, {}};
    }
    return {RefusalCode::bad_request, {{"reason", error.message()}}};
}

/// One request to the end of its answer; false when the connection ends with it.
awaitable<bool> Connection::one_request() {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(shared_.settings.limits.head_bytes));
    parser.body_limit(boost::none);
    allow(shared_.settings.limits.head);
    const auto [error, bytes] =
        co_await beast::http::async_read_header(socket_, buffer_, parser, answered_by_tuple);
    if (error) {
        const bool gone = !timed_out_ && error.category() == asio::error::get_system_category();
        if (!gone && error != beast::http::error::end_of_stream) {
            co_await refuse_and_close(refusal_of_error(error), nullptr);
        }
        co_return false;
    }
    const auto start = std::chrono::steady_clock::now();
    auto head = head_from(parser.get().base(), shared_.settings, peer_);
    if (!head) {
        co_await refuse_and_close(head.error(), nullptr);
        co_return false;
    }
    const auto refusal = co_await take_body(parser, *head);
    if (refusal) {
        co_await refuse_and_close(*refusal, &head->request);
        co_return false;
    }
    disarm();
    Response response;
    const auto answer = [&] { response = shared_.application.answer(head->request); };
    const bool taken = co_await on_pool(shared_.pool, answer);
    if (!taken) response = refusal_answer({RefusalCode::server_busy, {}}, head->request.language());
    if (thread_.draining) head->keep_alive = false;
    sent_ = 0;
    const bool sent = co_await send(response, *head);
    if (!head->request.body_file.empty()) {
        std::error_code ignored;
        std::filesystem::remove(head->request.body_file, ignored);
    }
    shared_.application.observe({name_of(head->request.method), response.route, response.status,
                                 micros_since(start), sent_, response.user});
    co_return sent && head->keep_alive;
}

/// Reads the body where the route's plan says; the refusal when it is too large, too slow or broken.
awaitable<std::optional<Refusal>> Connection::take_body(Parser& parser, Head& head) {
    Request& request = head.request;
    if (parser.is_done()) co_return std::nullopt;
    disarm();
    Result<BodyPlan> plan;
    const auto ask = [&] { plan = shared_.application.plan_body(request); };
    const bool asked = co_await on_pool(shared_.pool, ask);
    if (!asked) co_return Refusal{RefusalCode::server_busy, {}};
    if (!plan) co_return plan.error();
    const auto announced = parser.content_length();
    if (announced && *announced > plan->bytes_max) {
        co_return Refusal{RefusalCode::body_too_large,
                          {{"limit", std::to_string(plan->bytes_max >> 20) + " MiB"}}};
    }
    if (head.expects_continue) co_await send_bytes("HTTP/1.1 100 Continue\r\n\r\n");
    parser.body_limit(plan->bytes_max);
    Body body{plan->bytes_max, plan->to_file, 0, {}, false};
    if (body.to_file) {
        std::error_code ignored;
        std::filesystem::create_directories(shared_.settings.upload_directory, ignored);
        request.body_file = shared_.settings.upload_directory / ("upload-" + crypto::random_hex(8));
        body.file.open(request.body_file, std::ios::binary);
    }
    auto refusal = co_await read_body(parser, request, body);
    if (body.to_file) {
        body.file.close();
        if (!refusal && (body.failed || body.file.fail())) refusal = Refusal{RefusalCode::disk_full, {}};
        std::error_code ignored;
        if (refusal) std::filesystem::remove(request.body_file, ignored);
    }
    co_return refusal;
}

awaitable<std::optional<Refusal>> Connection::read_body(Parser& parser, Request& request, Body& body) {
    std::string part(body.to_file ? part_bytes : 16 * 1024, '\0');
    allow(shared_.settings.limits.body);
    while (!parser.is_done()) {
        parser.get().body().data = part.data();
        parser.get().body().size = part.size();
        auto [error, bytes] = co_await beast::http::async_read(socket_, buffer_, parser, answered_by_tuple);
        if (error == beast::http::error::need_buffer) error = {};
        if (error == beast::http::error::body_limit) {
            co_return Refusal{RefusalCode::body_too_large,
                              {{"limit", std::to_string(body.bytes_max >> 20) + " MiB"}}};
        }
        if (error) co_return refusal_of_error(error);
        const std::size_t got = part.size() - parser.get().body().size;
        co_await keep(request, body, std::string_view(part).substr(0, got));
        if (body.failed) co_return Refusal{RefusalCode::disk_full, {}};
        if (body.to_file) allow(shared_.settings.limits.body);
    }
    co_return std::nullopt;
}

/// A part of the body to its place; files are written on the blocking pool.
awaitable<void> Connection::keep(Request& request, Body& body, std::string_view part) {
    body.taken += part.size();
    if (!body.to_file) {
        request.body.append(part);
        co_return;
    }
    const auto write = [&] {
        body.failed = !body.file.write(part.data(), static_cast<std::streamsize>(part.size()));
    };
    co_await patiently(write);
}

/// For the next part of something begun: waits while the pool is full.
awaitable<void> Connection::patiently(std::function<void()> work) {
    bool taken = co_await on_pool(shared_.pool, work);
    while (!taken) {
        asio::steady_timer pause(socket_.get_executor(), Milliseconds(20));
        co_await pause.async_wait(answered_by_tuple);
        taken = co_await on_pool(shared_.pool, work);
    }
}

awaitable<bool> Connection::send_bytes(std::string_view first, std::string_view second) {
    const std::array<asio::const_buffer, 2> parts{asio::buffer(first), asio::buffer(second)};
    allow(shared_.settings.limits.write);
    const auto [error, bytes] = co_await asio::async_write(socket_, parts, answered_by_tuple);
    disarm();
    sent_ += static_cast<std::int64_t>(bytes);
    co_return !error;
}

awaitable<bool> Connection::send(Response& response, const Head& head) {
    const bool bodiless = response.status == 204 || response.status == 304;
    const bool has_parts = static_cast<bool>(response.producer);
    Framing framing{Framing::Kind::length,
                    response.body.empty() ? response.constant_body.size() : response.body.size()};
    std::error_code missing;
    if (!response.file.empty()) framing.length = std::filesystem::file_size(response.file, missing);
    if (missing) {
        response = refusal_answer({RefusalCode::not_found, {}}, head.request.language());
        framing.length = response.body.size();
    }
    if (has_parts) framing.kind = Framing::Kind::chunked;
    if (bodiless) framing.kind = Framing::Kind::none;
    const auto ending = head.keep_alive ? Ending::keep_alive : Ending::close;
    const std::string text = head_of(response, framing, ending, SystemClock().now());
    if (bodiless || head.only_head) co_return co_await send_bytes(text);
    if (!has_parts && response.file.empty()) {
        co_return co_await send_bytes(text, response.body.empty() ? response.constant_body : response.body);
    }
    if (!co_await send_bytes(text)) co_return false;
    if (has_parts) co_return co_await send_parts(response);
    co_return co_await send_file(response, framing.length);
}

/// The producer's parts in chunked coding. One that throws ends the connection before the last chunk, so that
/// the reader knows the file is not whole.
awaitable<bool> Connection::send_parts(Response& response) {
    std::string part;
    bool more = true;
    bool broken = false;
    const auto produce = [&] {
        try {
            part.clear();
            more = response.producer(part);
        } catch (const std::exception& defect) {
            log_problem("export", defect.what());
            broken = true;
        }
    };
    while (more) {
        co_await patiently(produce);
        if (broken) co_return false;
        if (part.empty()) continue;
        char size[24];
        std::snprintf(size, sizeof size, "%zx\r\n", part.size());
        part.append("\r\n");
        if (!co_await send_bytes(size, part)) co_return false;
    }
    co_return co_await send_bytes("0\r\n\r\n");
}

awaitable<bool> Connection::send_file(Response& response, std::size_t bytes) {
    std::ifstream file(response.file, std::ios::binary);
    std::string part(part_bytes, '\0');
    while (bytes > 0) {
        const std::size_t wanted = std::min(bytes, part.size());
        const auto read = [&] { file.read(part.data(), static_cast<std::streamsize>(wanted)); };
        co_await patiently(read);
        if (static_cast<std::size_t>(file.gcount()) != wanted) co_return false;
        if (!co_await send_bytes(std::string_view(part).substr(0, wanted))) co_return false;
        bytes -= wanted;
    }
    co_return true;
}

awaitable<void> Connection::refuse_and_close(Refusal refusal, const Request* request) {
    Response response = refusal_answer(refusal, request == nullptr ? Language::en : request->language());
    const Framing framing{Framing::Kind::length, response.body.size()};
    sent_ = 0;
    const std::string head = head_of(response, framing, Ending::close, SystemClock().now());
    const bool sent = co_await send_bytes(head, response.body);
    const auto method = request == nullptr ? "-" : name_of(request->method);
    shared_.application.observe({method, "(edge)", response.status, 0, sent_, 0});
    if (sent) co_await linger();
}

/// Reads and drops what is still on its way, for two seconds at most: closing at once would reset the
/// connection and the peer would never see the refusal.
awaitable<void> Connection::linger() {
    error_code error;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
    std::string dropped(part_bytes, '\0');
    std::size_t left = 16 * 1024 * 1024;
    allow(Milliseconds(2000));
    while (left > 0) {
        const auto [read_error, bytes] =
            co_await socket_.async_read_some(asio::buffer(dropped), answered_by_tuple);
        if (read_error) break;
        left -= std::min(left, bytes);
    }
}

awaitable<void> serve_connection(asio::ip::tcp::socket socket, Shared& shared, Thread& thread) {
    const auto connection = std::make_shared<Connection>(std::move(socket), shared, thread);
    try {
        co_await connection->serve();
    } catch (const std::exception& defect) {
        log_problem("connection", defect.what());
    }
}

void drain(Thread& thread) {
    thread.draining = true;
    for (Connection* connection : thread.open) connection->end_if_waiting();
}

}  // namespace countback::http
