// Sends what was asked for, each message once (MSG-1, docs/adr/0006).
//
//   claim ─► freeze ─► still right? ─► record "sending" ─► hand over ─► record the outcome
//
// Every arrow is a committed transaction. A process that dies before "sending" leaves a message that the next
// one takes up; one that dies after it leaves an ambiguous one, for a person.
#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "correspondence/outbox.h"
#include "messaging/settings.h"
#include "receivables/ledger.h"

namespace countback::messaging {

using correspondence::Content;
using correspondence::Message;

/// How a message leaves: one server, kept between messages.
class Transport {
public:
    virtual ~Transport() = default;
    virtual net::SendResult send(const net::Envelope& envelope) = 0;
};
using OpenTransport = std::function<std::unique_ptr<Transport>(const net::SmtpSettings&)>;

/// What the message is just before it is sent.
struct Judged {
    enum class What : std::uint8_t { right, later, wrong } what = What::right;
    std::string why{};  ///< of later and wrong
};

/// What the sender asks of the rooms above the queue; `main` hands it in.
struct SenderNeeds {
    /// The content, written now. A refusal fails the message with the refusal's name.
    std::function<Result<Content>(store::Connection&, const Message&)> compose;
    /// Whether what was frozen goes to whom it would go to now: an address was corrected, a contact deleted.
    std::function<bool(store::Connection&, const Message&, const Content&)> still_addressed;
    /// Whether the ledger has learnt anything since that instant: what was frozen then may say what is no
    /// longer so.
    std::function<bool(Instant)> moved_since{};
    /// Whether the message is still right, by today's Book: else it is cancelled with the name of why, or put
    /// off.
    std::function<Judged(const Message&)> still_right;
    /// Inside the transaction that records `sent`.
    std::function<void(store::Connection&, const Message&, Instant)> completed;
    /// Whether only the allow-list may be written to.
    std::function<bool()> demo;
};

class Sender {
public:
    Sender(store::Database& database, const Clock& clock, crypto::Key key, SenderNeeds needs,
           OpenTransport open = {});
    ~Sender();
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;

    /// Sends in a thread of its own until the object ends.
    void start();
    /// There is something new: look now.
    void wake();
    /// One look at the queue: everything that can go now. Answers how many messages were touched.
    int work_once();

private:
    int settle();
    void note_the_time();
    bool taken_out(const Message& message, const Judged& judged);
    bool work_on(MessageId id);
    void put_off(MessageId id, std::int64_t seconds);
    bool begin(const Message& message);
    std::optional<Content> reserved(const Message& message);
    /// Whether what was frozen, and no server has taken, is written once more to see if it still says the
    /// same.
    bool is_old(store::Connection& connection, const Message& message);
    void freeze(store::Connection& connection, const Message& message, Content written,
                std::string_view why_anew);
    bool may_leave(const Message& message, const Content& content);
    /// The server took nothing from us a moment ago: the others wait, none is tried in vain.
    bool blocked();
    void note_trouble(const net::SendResult& result);
    bool paced(const Message& message, const Content& content);
    void hand_over(const Message& message, const Content& content);
    void record(const Message& message, const correspondence::Happening& happening);
    Transport* transport(const std::string& name, std::string& problem);
    void run();

    store::Database& database_;
    const Clock& clock_;
    crypto::Key key_;
    SenderNeeds needs_;
    OpenTransport open_;
    std::string holder_;
    MailSettings settings_;
    std::string open_for_;  ///< the settings the transport was opened with
    std::unique_ptr<Transport> transport_;
    struct DomainPace {
        Instant free;   ///< nothing to the domain before
        Instant given;  ///< the last time that was given to a message put off
    };
    std::map<std::string, DomainPace> pace_of_domain_;
    Instant blocked_until_;
    std::string blocked_for_;    ///< the settings it was under: others are tried at once
    std::int64_t troubles_ = 0;  ///< one after the other
    Instant looked_at_;          ///< the last look at the queue

    std::mutex mutex_;
    std::condition_variable changed_;
    bool ending_ = false;
    bool woken_ = false;
    std::thread thread_;
};

/// How long until the n-th attempt after n − 1 failed ones: 1, 5, 15, 60 minutes, then 4 hours.
std::int64_t back_off_minutes(std::int64_t attempts);
/// After so many attempts a message that a server always puts off fails, for a person. One that no server
/// was asked to take waits for as long as it must.
inline constexpr int attempts_max = 12;

}  // namespace countback::messaging
