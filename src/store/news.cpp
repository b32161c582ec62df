#include "store/news.h"

#include <libpq-fe.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace countback::store {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

void tell_news(Connection& connection) {
    if (connection.postgresql()) connection.script("notify countback_facts");
}

struct News::Ear {
    std::string address;  ///< empty = there is nothing to hear
    int ending = eventfd(0, EFD_CLOEXEC);
    std::unique_ptr<PGconn, decltype(&PQfinish)> connection{nullptr, &PQfinish};

    bool listen() {
        connection.reset(PQconnectdb(address.c_str()));
        if (PQstatus(connection.get()) != CONNECTION_OK) {
            connection.reset();
            return false;
        }
        PQsetNoticeProcessor(
            connection.get(), [](void*, const char*) {}, nullptr);
        const std::unique_ptr<PGresult, decltype(&PQclear)> answer(
            PQexec(connection.get(), "listen countback_facts"), &PQclear);
        if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) connection.reset();
        return connection != nullptr;
    }

    enum class Heard { nothing, word, end };

    /// Sleeps until the socket or the end speaks. A socket that breaks is closed and says nothing more.
    Heard sleep(milliseconds most) {
        std::array<pollfd, 2> both{pollfd{ending, POLLIN, 0},
                                   pollfd{connection ? PQsocket(connection.get()) : -1, POLLIN, 0}};
        const int woken = poll(both.data(), both.size(), static_cast<int>(most.count()));
        if (both[0].revents != 0) return Heard::end;
        if (woken <= 0 || both[1].revents == 0) return Heard::nothing;
        if (PQconsumeInput(connection.get()) != 1) connection.reset();
        bool word = false;
        while (PGnotify* one = connection ? PQnotifies(connection.get()) : nullptr) {
            PQfreemem(one);
            word = true;
        }
        return word ? Heard::word : Heard::nothing;
    }
};

News::News(const Database& database) : ear_(std::make_unique<Ear>()) {
    if (ear_->ending < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
    if (database.postgresql()) ear_->address = database.address();
}

News::~News() { close(ear_->ending); }

void News::wait(milliseconds most) {
    if (!ear_->address.empty() && !ear_->connection && ear_->listen()) return;
    const auto until = Clock::now() + most;
    while (true) {
        const auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
        if (left.count() <= 0 || ear_->sleep(left) != Ear::Heard::nothing) return;
    }
}

void News::end() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = write(ear_->ending, &one, sizeof one);
}

}  // namespace countback::store
