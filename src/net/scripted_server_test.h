// A mail server that does as it is told, on a thread of its own: for tests only.
#pragma once
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace countback::net {

/// What the server does instead of its usual answers. Keys: `connect`, `EHLO`, `MAIL`, `RCPT`, `DATA`, `BODY`
/// (the final dot), `AUTH`, `STARTTLS`, or `RCPT` with the address, `RCPT b@acme.test`.
/// Values: the answer, or `hang`, `close`; `BODY_START` may be `close` (right after 354, nothing read).
struct Script {
    std::map<std::string, std::string> answers;
    std::string offers = "250-mail.test\r\n250 SIZE 50000000\r\n";
    int messages_per_connection = 1000;  ///< then it closes, with the answer of `LEAVE` when there is one
};

class ScriptedServer {
public:
    explicit ScriptedServer(Script script) : script_(std::move(script)) {
        listener_ = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        listen(listener_, 8);
        socklen_t size = sizeof address;
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~ScriptedServer() {
        stop_ = true;
        thread_.join();
        close(listener_);
    }

    std::uint16_t port() const { return port_; }
    int connections() const { return connections_; }
    std::vector<std::string> bodies() const {
        const std::lock_guard lock(mutex_);
        return bodies_;
    }
    std::vector<std::string> commands() const {
        const std::lock_guard lock(mutex_);
        return commands_;
    }

private:
    bool wait(int socket) const {
        pollfd watched{socket, POLLIN, 0};
        while (!stop_)
            if (poll(&watched, 1, 10) > 0) return true;
        return false;
    }

    void serve() {
        while (wait(listener_)) {
            const int client = accept(listener_, nullptr, nullptr);
            ++connections_;
            talk(client);
            close(client);
        }
    }

    bool read_until(int client, std::string& buffer, const std::string& end, std::string& out) {
        std::size_t at;
        while ((at = buffer.find(end)) == std::string::npos) {
            char bytes[4096];
            const ssize_t count = wait(client) ? recv(client, bytes, sizeof bytes, 0) : 0;
            if (count <= 0) return false;
            buffer.append(bytes, static_cast<std::size_t>(count));
        }
        out = buffer.substr(0, at);
        buffer.erase(0, at + end.size());
        return true;
    }

    /// false = the connection is over.
    bool answer(int client, const std::string& key, const std::string& usual) {
        const auto found = script_.answers.find(key);
        const std::string& text = found == script_.answers.end() ? usual : found->second;
        if (text == "close") return false;
        if (text == "hang") {
            while (!stop_ && alive(client)) std::this_thread::sleep_for(std::chrono::milliseconds(5));
            return false;
        }
        return ::send(client, text.data(), text.size(), MSG_NOSIGNAL) >= 0;
    }

    static bool alive(int client) {
        char byte;
        return recv(client, &byte, 1, MSG_PEEK | MSG_DONTWAIT) != 0;
    }

    std::string key_of(const std::string& command) const {
        const std::string word = command.substr(0, 4);
        if (word == "STAR") return "STARTTLS";
        if (word != "RCPT") return word;
        const std::size_t open = command.find('<');
        const std::string one = "RCPT " + command.substr(open + 1, command.find('>') - open - 1);
        return script_.answers.contains(one) ? one : word;
    }

    std::string usual(const std::string& command) const {
        const std::string word = command.substr(0, 4);
        if (word == "EHLO") return script_.offers;
        if (word == "DATA") return "354 go ahead\r\n";
        if (word == "QUIT") return "221 bye\r\n";
        if (word == "AUTH") return "334 \r\n";
        return word == "MAIL" || word == "RCPT" ? "250 ok\r\n" : "235 welcome\r\n";
    }

    void talk(int client) {
        if (!answer(client, "connect", "220 mail.test ESMTP\r\n")) return;
        std::string buffer;
        std::string command;
        int messages = 0;
        while (read_until(client, buffer, "\r\n", command)) {
            remember(commands_, command);
            if (!answer(client, key_of(command), usual(command))) return;
            if (command != "DATA") continue;
            if (script_.answers.contains("DATA") && !script_.answers["DATA"].starts_with("354")) continue;
            if (!take_body(client, buffer)) return;
            if (++messages >= script_.messages_per_connection) {
                answer(client, "LEAVE", "");
                return;
            }
        }
    }

    bool take_body(int client, std::string& buffer) {
        if (script_.answers.contains("BODY_START")) return false;
        std::string body;
        if (!read_until(client, buffer, "\r\n.\r\n", body)) return false;
        remember(bodies_, body);
        return answer(client, "BODY", "250 2.0.0 queued as 4711\r\n");
    }

    void remember(std::vector<std::string>& list, const std::string& text) {
        const std::lock_guard lock(mutex_);
        list.push_back(text);
    }

    Script script_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stop_ = false;
    std::atomic<int> connections_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> bodies_;
    std::vector<std::string> commands_;
    std::thread thread_;
};

}  // namespace countback::net
