#include "net/smtp.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "base/ensure.h"
#include "base/text.h"
#include "net/smtp_wire.h"

namespace countback::net {
namespace {

constexpr std::size_t recipients_max = 100;
constexpr std::size_t message_bytes_max = 50 * 1000 * 1000;
constexpr std::chrono::milliseconds timeout_max = std::chrono::hours(1);

struct CloseHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

void start_library() {
    static std::once_flag once;
    std::call_once(once, [] { ensure(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK, "libcurl starts"); });
}

/// Every line end as CRLF, so that no server can take a bare line feed and a dot for the message's end.
std::string with_wire_line_ends(std::string_view message) {
    std::string out;
    out.reserve(message.size() + message.size() / 32 + 2);
    for (std::size_t at = 0; at < message.size(); ++at) {
        const char c = message[at];
        if (c != '\r' && c != '\n') {
            out += c;
            continue;
        }
        out += "\r\n";
        if (c == '\r' && at + 1 < message.size() && message[at + 1] == '\n') ++at;
    }
    if (!out.ends_with("\r\n")) out += "\r\n";
    return out;
}

struct Upload {
    std::string_view left;
};

std::size_t give_body(char* room, std::size_t size, std::size_t count, void* upload) {
    auto& left = static_cast<Upload*>(upload)->left;
    const std::size_t bytes = std::min(size * count, left.size());
    std::memcpy(room, left.data(), bytes);
    left.remove_prefix(bytes);
    return bytes;
}

std::size_t swallow(char*, std::size_t size, std::size_t count, void*) { return size * count; }

int watch(CURL*, curl_infotype type, char* bytes, std::size_t size, void* watched) {
    auto& progress = *static_cast<SmtpProgress*>(watched);
    const std::string_view text(bytes, size);
    if (type == CURLINFO_HEADER_OUT) progress.command(text);
    if (type == CURLINFO_HEADER_IN) progress.answered(text);
    if (type == CURLINFO_DATA_OUT) progress.body_written(size);
    return 0;
}

bool is_ipv6(std::string_view host) {
    constexpr std::string_view allowed = "0123456789abcdefABCDEF:.";
    return host.find(':') != std::string_view::npos &&
           host.find_first_not_of(allowed) == std::string_view::npos && host.size() < 46;
}
bool is_this_machine(std::string_view host) {
    return host == "localhost" || host == "127.0.0.1" || host == "::1";
}

std::string_view host_checked(SmtpSettings& settings) {
    if (!is_ipv6(settings.host)) settings.host = host_name(settings.host);
    return settings.host;
}

bool in_range(std::chrono::milliseconds timeout) { return timeout.count() >= 1 && timeout <= timeout_max; }

/// Puts names in their wire form and says what cannot be used.
tl::expected<void, SmtpSettingsFault> check(SmtpSettings& settings) {
    if (host_checked(settings).empty()) return tl::unexpected(SmtpSettingsFault::host_invalid);
    if (settings.port == 0) return tl::unexpected(SmtpSettingsFault::port_invalid);
    const char* authorities = std::getenv("SSL_CERT_FILE");
    if (settings.ca_file.empty() && authorities) settings.ca_file = authorities;
    if (!settings.ca_file.empty() && access(settings.ca_file.c_str(), R_OK) != 0)
        return tl::unexpected(SmtpSettingsFault::ca_file_unreadable);
    if (!settings.own_name.empty()) {
        settings.own_name = host_name(settings.own_name);
        if (settings.own_name.empty()) return tl::unexpected(SmtpSettingsFault::own_name_invalid);
    }
    if (has_control(settings.user) || has_control(settings.password) ||
        (settings.user.empty() && !settings.password.empty()))
        return tl::unexpected(SmtpSettingsFault::credentials_invalid);
    if (!settings.user.empty() && settings.security == SmtpSecurity::none && !is_this_machine(settings.host))
        return tl::unexpected(SmtpSettingsFault::password_without_tls);
    if (!in_range(settings.connect_timeout) || !in_range(settings.message_timeout))
        return tl::unexpected(SmtpSettingsFault::timeout_out_of_range);
    return {};
}

std::string url_of(const SmtpSettings& settings) {
    const std::string host = is_ipv6(settings.host) ? "[" + settings.host + "]" : settings.host;
    return (settings.security == SmtpSecurity::tls ? "smtps://" : "smtp://") + host + ":" +
           std::to_string(settings.port) + "/" + settings.own_name;
}

SendResult unsendable(SendCause cause) {
    SendResult result;
    result.outcome = SendOutcome::refused;
    result.cause = cause;
    return result;
}

SendResult unsendable(const std::string& address, AddressFault fault) {
    SendResult result = unsendable(SendCause::address_invalid);
    result.refused_address = address;
    result.address_fault = fault;
    return result;
}

struct Checked {
    std::string from;
    std::vector<std::string> recipients;
};

tl::expected<Checked, SendResult> check(const Envelope& envelope) {
    Checked checked;
    const auto from = mail_address(envelope.from);
    if (!from) return tl::unexpected(unsendable(envelope.from, from.error()));
    checked.from = *from;
    if (envelope.recipients.size() > recipients_max)
        return tl::unexpected(unsendable(SendCause::recipients_missing));
    for (const auto& recipient : envelope.recipients) {
        const auto address = mail_address(recipient);
        if (!address) return tl::unexpected(unsendable(recipient, address.error()));
        const auto& known = checked.recipients;
        if (std::find(known.begin(), known.end(), *address) == known.end())
            checked.recipients.push_back(*address);
    }
    if (checked.recipients.empty()) return tl::unexpected(unsendable(SendCause::recipients_missing));
    const auto message = envelope.message;
    if (message.empty() || message.size() > message_bytes_max || message.find('\0') != message.npos)
        return tl::unexpected(unsendable(SendCause::message_invalid));
    return checked;
}

}  // namespace

struct SmtpSession::Wire {
    SmtpSettings settings;
    SmtpProgress progress;  // outlives the handle, which talks until it is closed
    std::unique_ptr<CURL, CloseHandle> handle;

    ~Wire();
    void configure();
    SendResult transfer(const Checked& envelope, std::string_view body, bool& on_kept_connection);
};

/// libcurl waits up to two minutes for the answer to QUIT; with reading shut it says QUIT and leaves.
SmtpSession::Wire::~Wire() {
    curl_socket_t socket = CURL_SOCKET_BAD;
    if (handle && curl_easy_getinfo(handle.get(), CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK &&
        socket != CURL_SOCKET_BAD)
        shutdown(socket, SHUT_RD);
}

void SmtpSession::Wire::configure() {
    CURL* curl = handle.get();
    const auto set = [curl](CURLoption option, auto value) {
        ensure(curl_easy_setopt(curl, option, value) == CURLE_OK, "libcurl knows the option");
    };
    set(CURLOPT_URL, url_of(settings).c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_USE_SSL,
        static_cast<long>(settings.security == SmtpSecurity::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    const bool verified = settings.verify == CertificateCheck::required;
    set(CURLOPT_SSL_VERIFYPEER, verified ? 1L : 0L);
    set(CURLOPT_SSL_VERIFYHOST, verified ? 2L : 0L);
    if (!settings.ca_file.empty()) set(CURLOPT_CAINFO, settings.ca_file.c_str());
    if (!settings.user.empty()) {
        set(CURLOPT_USERNAME, settings.user.c_str());
        set(CURLOPT_PASSWORD, settings.password.c_str());
    }
    const auto timeout = static_cast<long>(settings.message_timeout.count());
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_timeout.count()));
    set(CURLOPT_TIMEOUT_MS, timeout);
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, std::max(1L, (timeout + 999) / 1000));
    set(CURLOPT_MAIL_RCPT_ALLLOWFAILS, 0L);
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, give_body);
    set(CURLOPT_WRITEFUNCTION, swallow);
    set(CURLOPT_VERBOSE, 1L);
    set(CURLOPT_DEBUGFUNCTION, watch);
    set(CURLOPT_DEBUGDATA, &progress);
}

SendResult SmtpSession::Wire::transfer(const Checked& envelope, std::string_view body,
                                       bool& on_kept_connection) {
    CURL* curl = handle.get();
    std::unique_ptr<curl_slist, FreeList> recipients;
    for (const auto& recipient : envelope.recipients) {
        curl_slist* longer = curl_slist_append(recipients.get(), recipient.c_str());
        ensure(longer != nullptr, "there is memory for a recipient");
        (void)recipients.release();
        recipients.reset(longer);
    }
    Upload upload{body};
    progress = SmtpProgress();
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, envelope.from.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(body.size()));
    const CURLcode ended = curl_easy_perform(curl);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, nullptr);
    long connects = 1;
    curl_easy_getinfo(curl, CURLINFO_NUM_CONNECTS, &connects);
    on_kept_connection = connects == 0;
    // libcurl may keep the closing line end back for the final dot: two bytes short is as good as all.
    SendResult result = judge(ended, progress, body.size() - 2);
    const bool no = result.outcome == SendOutcome::refused || result.outcome == SendOutcome::refused_for_now;
    if ((no || result.cause == SendCause::sender_refused) && progress.stage() == SmtpProgress::Stage::sender)
        result.refused_address = envelope.from;
    if (no && progress.stage() == SmtpProgress::Stage::recipient)
        result.refused_address = envelope.recipients[progress.recipients_named() - 1];
    return result;
}

tl::expected<SmtpSession, SmtpSettingsFault> SmtpSession::open(SmtpSettings settings) {
    if (const auto checked = check(settings); !checked) return tl::unexpected(checked.error());
    start_library();
    auto wire = std::make_unique<Wire>();
    wire->settings = std::move(settings);
    wire->handle.reset(curl_easy_init());
    ensure(wire->handle != nullptr, "libcurl gives a handle");
    wire->configure();
    return SmtpSession(std::move(wire));
}

SmtpSession::SmtpSession(std::unique_ptr<Wire> wire) : wire_(std::move(wire)) {}
SmtpSession::SmtpSession(SmtpSession&&) noexcept = default;
SmtpSession& SmtpSession::operator=(SmtpSession&&) noexcept = default;
SmtpSession::~SmtpSession() = default;

SendResult SmtpSession::send(const Envelope& envelope) {
    const auto checked = check(envelope);
    if (!checked) return checked.error();
    const std::string body = with_wire_line_ends(envelope.message);
    bool on_kept_connection = false;
    SendResult result = wire_->transfer(*checked, body, on_kept_connection);
    if (!on_kept_connection) return result;
    // Servers close idle connections, with or without saying 421: nothing was handed over, so once more.
    const bool dropped =
        result.outcome == SendOutcome::not_connected && result.cause == SendCause::connection_lost;
    const bool told_to_leave = result.outcome == SendOutcome::refused_for_now && result.code == 421;
    if (!dropped && !told_to_leave) return result;
    curl_easy_setopt(wire_->handle.get(), CURLOPT_FRESH_CONNECT, 1L);
    result = wire_->transfer(*checked, body, on_kept_connection);
    curl_easy_setopt(wire_->handle.get(), CURLOPT_FRESH_CONNECT, 0L);
    return result;
}

}  // namespace countback::net
