// The server over real sockets: streaming, files, uploads, a full queue, draining.
#include "http/server.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <thread>

#include "crypto/random.h"

namespace countback::http {
namespace {

/// A plain client: sends bytes, reads until the server closes.
class Client {
public:
    explicit Client(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~Client() { close(socket_); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    bool connected() const { return connected_; }
    void say(std::string_view text) const {
        while (!text.empty()) {
            const ssize_t sent = send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    std::string rest() const {
        std::string all;
        char part[65536];
        for (ssize_t got = 0; (got = recv(socket_, part, sizeof part, 0)) > 0;)
            all.append(part, static_cast<std::size_t>(got));
        return all;
    }
    std::string ask(const std::string& path) const {
        say("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        return rest();
    }

private:
    int socket_;
    bool connected_ = false;
};

std::string body_of(const std::string& answer) { return answer.substr(answer.find("\r\n\r\n") + 4); }

class ServerTest : public testing::Test {
protected:
    ServerTest()
        : folder_(std::filesystem::temp_directory_path() / ("countback-server-" + crypto::random_hex(6))) {
        std::filesystem::create_directories(folder_);
        settings_.port = 0;
        settings_.upload_directory = folder_ / "incoming";
        settings_.limits.drain = std::chrono::milliseconds(1500);
    }
    ~ServerTest() override {
        stop();
        std::filesystem::remove_all(folder_);
    }

    void start(std::function<Response(const Request&)> answer) {
        server_ = std::make_unique<Server>(
            settings_, Application{[](const Request& head) -> Result<BodyPlan> {
                                       if (head.path == "/upload") return BodyPlan{50'000'000, true};
                                       return BodyPlan{1000, false};
                                   },
                                   std::move(answer),
                                   [this](const Answered& answered) { last_status_ = answered.status; }});
        port_ = server_->port();
        thread_ = std::thread([this] { server_->run(); });
    }
    void stop() {
        if (!server_) return;
        server_->stop();
        thread_.join();
        server_.reset();
    }
    std::string get(const std::string& path) const { return Client(port_).ask(path); }

    std::filesystem::path folder_;
    ServerSettings settings_;
    std::unique_ptr<Server> server_;
    std::thread thread_;
    std::uint16_t port_ = 0;
    std::atomic<int> last_status_{0};
};

TEST_F(ServerTest, ALongAnswerIsStreamedPartByPart) {
    start([](const Request&) {
        Response response;
        response.producer = [left = 40](std::string& part) mutable {
            part.assign(left % 2 == 0 ? 100'000 : 0, 'x');
            return --left > 0;
        };
        return response;
    });
    const std::string answer = get("/export");
    EXPECT_NE(answer.find("Transfer-Encoding: chunked"), std::string::npos);
    const std::string body = body_of(answer);
    EXPECT_EQ(std::count(body.begin(), body.end(), 'x'), 2'000'000);
    EXPECT_TRUE(answer.ends_with("0\r\n\r\n"));
}

TEST_F(ServerTest, AnAnswerThatBreaksHalfWayIsNotEndedAsIfItWereWhole) {
    start([](const Request&) {
        Response response;
        response.producer = [first = true](std::string& part) mutable -> bool {
            if (!first) throw std::runtime_error("the disk has gone");
            first = false;
            part = "half";
            return true;
        };
        return response;
    });
    const std::string answer = get("/export");
    EXPECT_NE(answer.find("half"), std::string::npos);
    EXPECT_FALSE(answer.ends_with("0\r\n\r\n"));
}

/// Pieces of an answer that are asked for, until whoever made them is let go.
struct Watched {
    std::atomic<int> pieces{0};
    std::shared_ptr<int> alive = std::make_shared<int>();

    Response endless() {
        Response response;
        response.producer = [this, held = std::exchange(alive, nullptr)](std::string& part) {
            ++pieces;
            part.assign(100'000, 'x');
            return true;
        };
        return response;
    }
};

TEST_F(ServerTest, WhoGoesAwayStopsTheWorkSoon) {
    Watched watched;
    const std::weak_ptr<int> held = watched.alive;
    start([&](const Request&) { return watched.endless(); });
    {
        const Client leaves(port_);
        leaves.say("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        while (watched.pieces < 3) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    const auto gone = std::chrono::steady_clock::now();
    while (!held.expired()) {
        ASSERT_LT(std::chrono::steady_clock::now() - gone, std::chrono::seconds(5));
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

TEST_F(ServerTest, WhoReadsSlowlyIsWaitedForByNoThreadAndFillsNoMemory) {
    settings_.blocking_threads = 1;
    Watched watched;
    start([&](const Request& request) {
        if (request.path == "/endless") return watched.endless();
        Response response;
        response.body = "at once";
        return response;
    });
    const Client never_reads(port_);
    never_reads.say("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n");
    int before = -1;
    for (int now = 0; now != before || now == 0; now = watched.pieces) {
        before = now;
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
    EXPECT_LT(watched.pieces, 200) << "what the sockets hold, no more";
    EXPECT_EQ(body_of(get("/other")), "at once");
    EXPECT_EQ(watched.pieces, before);
}

TEST_F(ServerTest, AFileIsSentWholeAndAMissingOneIs404) {
    const std::string bytes(700'001, 'f');
    std::ofstream(folder_ / "file", std::ios::binary) << bytes;
    start([this](const Request& request) {
        Response response;
        response.file = folder_ / request.path.substr(1);
        return response;
    });
    EXPECT_EQ(body_of(get("/file")), bytes);
    EXPECT_TRUE(get("/absent").starts_with("HTTP/1.1 404"));
}

TEST_F(ServerTest, AnUploadComesAsAFileAndIsGoneAfterwards) {
    std::atomic<std::size_t> seen{0};
    start([&](const Request& request) {
        seen = std::filesystem::file_size(request.body_file);
        Response response;
        response.body = request.body.empty() ? "in a file" : "in memory";
        return response;
    });
    const std::string bytes(3'000'000, 'u');
    const Client client(port_);
    client.say(
        "POST /upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 3000000\r\n\r\n" +
        bytes);
    EXPECT_EQ(body_of(client.rest()), "in a file");
    EXPECT_EQ(seen, bytes.size());
    EXPECT_TRUE(std::filesystem::is_empty(settings_.upload_directory));
}

TEST_F(ServerTest, AnUploadThatStopsHalfWayLeavesNothing) {
    settings_.limits.body = std::chrono::milliseconds(200);
    start([](const Request&) { return Response{}; });
    const Client client(port_);
    client.say("POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\n\r\nhalf");
    EXPECT_TRUE(client.rest().starts_with("HTTP/1.1 408"));
    EXPECT_TRUE(std::filesystem::is_empty(settings_.upload_directory));
}

TEST_F(ServerTest, WhenTheQueueIsFullTheAnswerIsBusyAndNothingGrows) {
    settings_.blocking_threads = 1;
    settings_.queue_max = 2;
    std::promise<void> gate;
    const std::shared_future<void> open(gate.get_future());
    start([open](const Request&) {
        open.wait();
        return Response{};
    });
    std::vector<std::future<std::string>> answers;
    for (int count = 0; count < 8; ++count) {
        answers.push_back(std::async(std::launch::async, [this] { return get("/slow"); }));
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
    }
    while (last_status_ != 503) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    gate.set_value();
    int busy = 0;
    for (auto& answer : answers) busy += answer.get().starts_with("HTTP/1.1 503") ? 1 : 0;
    EXPECT_EQ(busy, 5);
}

TEST_F(ServerTest, StoppingLetsTheAnswerUnderWayEnd) {
    std::promise<void> begun;
    start([&](const Request&) {
        begun.set_value();
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        Response response;
        response.body = "done";
        return response;
    });
    auto answer = std::async(std::launch::async, [this] { return get("/slow"); });
    begun.get_future().wait();
    stop();
    EXPECT_EQ(body_of(answer.get()), "done");
    EXPECT_FALSE(Client(port_).connected());
}

TEST_F(ServerTest, WhoReadsTooSlowlyIsCutAtTheEndOfDraining) {
    start([](const Request&) {
        Response response;
        response.producer = [](std::string& part) {
            part.assign(1'000'000, 'x');
            return true;
        };
        return response;
    });
    const Client never_reads(port_);
    never_reads.say("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    const auto began = std::chrono::steady_clock::now();
    stop();
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
}

TEST_F(ServerTest, ManyClientsOnKeptConnections) {
    start([](const Request& request) {
        Response response;
        response.body = request.path;
        return response;
    });
    std::vector<std::future<bool>> clients;
    for (int client = 0; client < 8; ++client) {
        clients.push_back(std::async(std::launch::async, [this] {
            const Client one(port_);
            for (int count = 0; count < 50; ++count)
                one.say("GET /again HTTP/1.1\r\nHost: localhost\r\n\r\n");
            const std::string answers = one.ask("/last");
            std::size_t found = 0;
            for (auto at = answers.find("/again"); at != std::string::npos;
                 at = answers.find("/again", at + 1))
                ++found;
            return found == 50 && answers.ends_with("/last");
        }));
    }
    for (auto& client : clients) EXPECT_TRUE(client.get());
}

}  // namespace
}  // namespace countback::http
