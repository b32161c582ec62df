#include "messaging/sender.h"

#include <algorithm>
#include <array>
#include <atomic>

#include "base/text.h"
#include "formats/mime.h"
#include "http/log.h"
#include "messaging/holder.h"
#include "net/address.h"

namespace countback::messaging {

namespace {

using correspondence::Happening;
using correspondence::MessageState;

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t claim_seconds = 600;
std::atomic<int> senders = 0;  ///< of this process
constexpr int claim_size = 25;
constexpr std::int64_t later_seconds = 3600;
constexpr std::int64_t catching_up_seconds = 10;  ///< longer than the pause between two looks
constexpr std::int64_t pause_seconds =
    5;  ///< before a message that could not go for our own reasons is looked at

Instant after_seconds(Instant now, std::int64_t seconds) {
    return {now.micros + seconds * micros_per_second};
}

class SmtpTransport final : public Transport {
public:
    explicit SmtpTransport(net::SmtpSession session) : session_(std::move(session)) {}
    net::SendResult send(const net::Envelope& envelope) override { return session_.send(envelope); }

private:
    net::SmtpSession session_;
};

std::unique_ptr<Transport> open_smtp(const net::SmtpSettings& settings) {
    auto session = net::SmtpSession::open(settings);
    if (!session) return nullptr;
    return std::make_unique<SmtpTransport>(std::move(*session));
}

/// What tells one server and its use from another.
std::string name_of(const MailSettings& settings) {
    return boost::json::serialize(settings_json(settings)) + settings.sealed_password;
}

std::vector<formats::Mailbox> mailboxes(const std::vector<correspondence::Mailbox>& boxes) {
    std::vector<formats::Mailbox> all;
    for (const auto& box : boxes) all.push_back({box.name, box.address});
    return all;
}

formats::OutgoingMail mail_of(const Content& content, Instant now) {
    formats::OutgoingMail mail;
    mail.from = {content.from.name, content.from.address};
    mail.reply_to = {"", content.reply_to};
    mail.to = mailboxes(content.to);
    mail.cc = mailboxes(content.cc);
    mail.subject = content.subject;
    mail.text = content.text;
    mail.html = content.html;
    for (const auto& one : content.attachments)
        mail.attachments.push_back({one.name, one.media_type, one.bytes});
    mail.message_id = content.message_id;
    mail.unix_seconds = now.micros / micros_per_second;
    return mail;
}

std::string words_of(const net::SendResult& result) {
    const bool said_no = result.code >= 400;
    const bool named = result.cause != net::SendCause::none || result.code == 0;
    std::string words = named ? std::string(name_of(result.cause)) : "";
    if (said_no || !named) {
        words += (named ? " " : "") + std::to_string(result.code);
        if (!result.answer.empty()) words += ' ' + result.answer;
    }
    if (!result.refused_address.empty()) words += " (" + result.refused_address + ")";
    return words;
}

/// What is wrong with the server or the settings, whatever the message.
bool is_ours(net::SendCause cause) {
    switch (cause) {
        case net::SendCause::host_unknown:
        case net::SendCause::unreachable:
        case net::SendCause::tls_unavailable:
        case net::SendCause::certificate_refused:
        case net::SendCause::sign_in_refused:
        case net::SendCause::sender_refused:
        case net::SendCause::server_not_ready:
            return true;
        default:
            return false;
    }
}

/// What the sending came to, as the message's story tells it.
Happening happening_of(const net::SendResult& result, const Message& message, Instant now) {
    const bool again = message.attempts + 1 < attempts_max;
    const Instant later = after_seconds(now, back_off_minutes(message.attempts + 1) * 60);
    switch (result.outcome) {
        case net::SendOutcome::sent:
            return {MessageState::sent, words_of(result), {}, {}};
        case net::SendOutcome::refused:
            return {MessageState::failed, words_of(result), {}, {}};
        case net::SendOutcome::ambiguous:
            return {MessageState::ambiguous, words_of(result), {}, {}};
        case net::SendOutcome::not_connected:
            return {MessageState::waiting,
                    words_of(result),
                    {},
                    is_ours(result.cause) ? after_seconds(now, pause_seconds) : later};
        case net::SendOutcome::refused_for_now:
            break;
    }
    if (!again) return {MessageState::failed, words_of(result), {}, {}};
    return {MessageState::waiting, words_of(result), {}, later};
}

}  // namespace

std::int64_t back_off_minutes(std::int64_t attempts) {
    constexpr std::array<std::int64_t, 5> minutes{1, 5, 15, 60, 240};
    const auto place =
        static_cast<std::size_t>(std::clamp<std::int64_t>(attempts - 1, 0, minutes.size() - 1));
    return minutes[place];
}

Sender::Sender(store::Database& database, const Clock& clock, crypto::Key key, SenderNeeds needs,
               OpenTransport open)
    : database_(database),
      clock_(clock),
      key_(key),
      needs_(std::move(needs)),
      open_(open ? std::move(open) : open_smtp),
      holder_(own_holder(std::to_string(++senders))) {}

Sender::~Sender() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Sender::start() {
    thread_ = std::thread([this] { run(); });
}

void Sender::wake() {
    {
        const std::lock_guard lock(mutex_);
        woken_ = true;
    }
    changed_.notify_all();
}

void Sender::run() {
    std::unique_lock lock(mutex_);
    while (!ending_) {
        woken_ = false;
        lock.unlock();
        int touched = 0;
        try {
            touched = work_once();
        } catch (const std::exception& failure) {
            http::log_problem("sending", failure.what());
        }
        lock.lock();
        if (touched > 0 || ending_ || woken_) continue;
        changed_.wait_for(lock, std::chrono::seconds(5), [this] { return ending_ || woken_; });
    }
}

int Sender::settle() {
    const auto connection = database_.lease();
    store::Transaction transaction(*connection);
    // Between two rounds of work nothing is in our own hands: what we still hold was cut short.
    const auto over = [this](std::string_view holder) { return holder == holder_ || is_gone(holder); };
    correspondence::end_claims(*connection, clock_.now(), over);
    const int lost = correspondence::settle_abandoned(*connection, clock_.now());
    transaction.commit();
    return lost;
}

/// A clock that was put back would hold a domain's messages until it is where it was: the pace begins anew.
void Sender::note_the_time() {
    const Instant now = clock_.now();
    if (now < looked_at_) pace_of_domain_.clear();
    looked_at_ = now;
}

int Sender::work_once() {
    note_the_time();
    settings_ = mail_settings(*database_.lease());
    settle();
    std::vector<MessageId> mine;
    {
        const auto connection = database_.lease();
        store::Transaction transaction(*connection);
        const Instant now = clock_.now();
        mine =
            correspondence::claim(*connection, {holder_, now, after_seconds(now, claim_seconds), claim_size});
        transaction.commit();
    }
    int moved = 0;
    for (const MessageId id : mine) {
        moved += work_on(id) ? 1 : 0;
        const std::lock_guard lock(mutex_);
        if (ending_) break;
    }
    return moved;
}

void Sender::record(const Message& message, const Happening& happening) {
    const auto connection = database_.lease();
    store::Transaction transaction(*connection);
    const Instant now = clock_.now();
    correspondence::record(*connection, message.id, happening, now);
    if (happening.state == MessageState::sent && needs_.completed)
        needs_.completed(*connection, message, now);
    transaction.commit();
}

bool Sender::begin(const Message& message) {
    const auto connection = database_.lease();
    store::Transaction transaction(*connection);
    const bool begun = correspondence::begin_sending(*connection, message.id, clock_.now());
    transaction.commit();
    return begun;
}

/// It was tried before, or written more than an hour ago, or before the ledger's last fact: an invoice that
/// its statement shows as open may be paid by now.
bool Sender::is_old(store::Connection& connection, const Message& message) {
    const auto at = correspondence::frozen_at(connection, message.id);
    if (at && needs_.moved_since && needs_.moved_since(*at)) return true;
    return message.attempts > 0 || !at || after_seconds(*at, later_seconds).micros < clock_.now().micros;
}

/// The content that stood before is set aside; the story says why and names it by its hash.
void Sender::freeze(store::Connection& connection, const Message& message, Content written,
                    std::string_view why_anew) {
    store::Transaction transaction(connection);
    const std::vector<std::string> notes = std::move(written.notes);
    const Instant now = clock_.now();
    const auto before = correspondence::set_aside(connection, message.id);
    correspondence::freeze(connection, message.id, std::move(written), now);
    const std::string why = before ? std::string(why_anew) + ' ' + *before : std::string();
    correspondence::record(connection, message.id, {MessageState::reserved, why, {}, {}}, now);
    for (const std::string& told : notes)
        correspondence::note(connection, message.id, {MessageState::reserved, told, {}, {}}, now);
    transaction.commit();
}

/// What a server may have taken stays as it is. Else it gives way to what would be written now, where that is
/// for others, or says something else: figures of another day, an invoice paid since.
std::optional<Content> Sender::reserved(const Message& message) {
    const auto connection = database_.lease();
    auto frozen = correspondence::content(*connection, message.id);
    if (frozen && !correspondence::may_be_set_aside(*connection, message.id)) return frozen;
    const bool addressed =
        frozen && (!needs_.still_addressed || needs_.still_addressed(*connection, message, *frozen));
    if (addressed && !is_old(*connection, message)) return frozen;
    auto written = needs_.compose(*connection, message);
    if (!written) {
        record(message, {MessageState::failed, std::string(name_of(written.error().code)), {}, {}});
        return std::nullopt;
    }
    if (addressed && correspondence::digest_of(*written) == frozen->digest) return frozen;
    freeze(*connection, message, std::move(*written), addressed ? "figures_changed" : "recipients_changed");
    return correspondence::content(*connection, message.id);
}

bool Sender::may_leave(const Message& message, const Content& content) {
    if (!needs_.demo()) return true;
    std::vector<correspondence::Mailbox> all = content.to;
    all.insert(all.end(), content.cc.begin(), content.cc.end());
    for (const auto& box : all) {
        if (allowed(settings_, box.address)) continue;
        record(message, {MessageState::failed, "not_allowed_in_demo " + box.address, {}, {}});
        return false;
    }
    return true;
}

bool Sender::blocked() { return clock_.now() < blocked_until_ && name_of(settings_) == blocked_for_; }

/// 1, 5, then 15 minutes: what is wrong is ours or the server's, not one message's.
void Sender::note_trouble(const net::SendResult& result) {
    if (result.outcome != net::SendOutcome::not_connected || !is_ours(result.cause)) {
        troubles_ = 0;
        return;
    }
    troubles_ = std::min<std::int64_t>(troubles_ + 1, 3);
    blocked_until_ = after_seconds(clock_.now(), back_off_minutes(troubles_) * 60);
    blocked_for_ = name_of(settings_);
}

/// A domain is free again a step after the last message to it; what could not go gets the next step nobody
/// has, so that each is looked at once when its time has come. Seconds asleep are caught up, a minute is not.
bool Sender::paced(const Message& message, const Content& content) {
    const Instant now = clock_.now();
    const std::int64_t step = 60 * micros_per_second / settings_.per_minute_and_domain;
    DomainPace& pace = pace_of_domain_[net::domain_of(content.to.front().address)];
    if (pace.free.micros <= now.micros) {
        const std::int64_t from = now.micros - catching_up_seconds * micros_per_second;
        pace.free = {std::max(pace.free.micros, from) + step};
        return false;
    }
    pace.given = {std::max(pace.given.micros + step, pace.free.micros)};
    const auto connection = database_.lease();
    store::Transaction transaction(*connection);
    correspondence::release(*connection, message.id, pace.given);
    transaction.commit();
    return true;
}

void Sender::put_off(MessageId id, std::int64_t seconds) {
    const auto connection = database_.lease();
    store::Transaction transaction(*connection);
    correspondence::release(*connection, id, after_seconds(clock_.now(), seconds));
    transaction.commit();
}

/// What is no longer right is cancelled with its reason.
bool Sender::taken_out(const Message& message, const Judged& judged) {
    if (judged.what != Judged::What::wrong) return false;
    record(message, {MessageState::cancelled, judged.why, {}, {}});
    return true;
}

bool Sender::work_on(MessageId id) {
    const auto message = correspondence::message(*database_.lease(), id);
    if (!message) return false;
    const Judged judged = needs_.still_right(*message);
    if (taken_out(*message, judged)) return true;
    const bool letter = message->channel != "email";
    if (judged.what == Judged::What::later || (!letter && (!settings_.ready() || blocked()))) {
        put_off(id, judged.what == Judged::What::later ? later_seconds : pause_seconds);
        return false;
    }
    const auto content = reserved(*message);
    if (!content) return true;
    // Writing a large account takes its time: what happened meanwhile counts too.
    if (taken_out(*message, needs_.still_right(*message))) return true;
    if (letter) {
        record(*message, {MessageState::to_post, {}, {}, {}});
        return true;
    }
    if (!may_leave(*message, *content)) return true;
    if (paced(*message, *content)) return false;
    hand_over(*message, *content);
    return true;
}

void Sender::hand_over(const Message& message, const Content& content) {
    const auto mail = formats::write_mail(mail_of(content, clock_.now()));
    if (!mail) {
        return record(message, {MessageState::failed,
                                std::string(formats::name_of(mail.error().fault)) + ' ' + mail.error().where,
                                {},
                                {}});
    }
    std::string problem;
    Transport* way = transport(name_of(settings_), problem);
    if (!way)
        return record(message,
                      {MessageState::waiting, problem, {}, after_seconds(clock_.now(), pause_seconds)});
    net::Envelope envelope{settings_.from_address, {}, *mail};
    for (const auto& box : content.to) envelope.recipients.push_back(box.address);
    for (const auto& box : content.cc) envelope.recipients.push_back(box.address);
    if (!begin(message)) return;
    const net::SendResult result = way->send(envelope);
    note_trouble(result);
    record(message, happening_of(result, message, clock_.now()));
}

Transport* Sender::transport(const std::string& name, std::string& problem) {
    if (transport_ && name == open_for_) return transport_.get();
    const auto wire = smtp_settings(settings_, key_);
    if (!wire) {
        problem = name_of(wire.error().code);
        return nullptr;
    }
    transport_ = open_(*wire);
    open_for_ = name;
    if (!transport_) problem = "mail_settings_invalid";
    return transport_.get();
}

}  // namespace countback::messaging
