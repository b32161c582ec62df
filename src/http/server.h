// The server: sockets on one thread a core, answers on the blocking pool. Owns limits, timeouts and draining;
// knows nothing of routes. The HTTP library is seen in server.cpp and connection.cpp only.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/refusal.h"
#include "http/log.h"
#include "http/message.h"

namespace countback::http {

struct Limits {
    std::size_t head_bytes = 16 * 1024;  ///< request line and headers; above: 431
    std::size_t head_lines = 100;        ///< headers; above: 431
    std::size_t connections = 2000;
    std::chrono::milliseconds idle{60'000};   ///< between two requests of one connection
    std::chrono::milliseconds head{10'000};   ///< from the first byte of a request to the end of its headers
    std::chrono::milliseconds body{20'000};   ///< of a small body, and of each 256 KiB of an upload
    std::chrono::milliseconds write{60'000};  ///< of each part of an answer
    std::chrono::milliseconds drain{20'000};  ///< from SIGTERM to the end of answers under way
};

struct ServerSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;              ///< 0: any free one
    std::vector<std::string> public_hosts;  ///< names it answers to besides this machine's own
    bool behind_proxy = false;              ///< believe X-Forwarded-For and -Proto of a proxy on this machine
    std::filesystem::path upload_directory;  ///< made when needed; uploads end with their request
    std::size_t socket_threads = 2;
    std::size_t blocking_threads = 8;
    std::size_t queue_max = 256;
    Limits limits;
};

struct BodyPlan {
    std::size_t bytes_max = 1024 * 1024;
    bool to_file = false;
};

/// Both run on the blocking pool and never throw.
struct Application {
    std::function<Result<BodyPlan>(const Request& head)> plan_body;
    std::function<Response(const Request&)> answer;
    std::function<void(const Answered&)> observe;  ///< after each answer; quick
};

class Server {
public:
    /// Binds and listens; throws std::runtime_error with a plain sentence when the port is taken.
    Server(ServerSettings settings, Application application);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::uint16_t port() const;
    /// Serves until SIGTERM, SIGINT or stop(), then lets answers under way end.
    void run();
    void stop();  ///< from any thread

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace countback::http
