// Speaks SMTP to one mail server. A message handed over twice is a customer chased twice, so the one question
// answered with care is what the server may have when something breaks:
//
//   before the last byte of the body was written     the server cannot have the message: safe to send again
//   after it, and the server answered                its answer decides
//   after it, and no answer came                     ambiguous: only a person may send again
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "net/address.h"

namespace countback::net {

enum class SmtpSecurity : std::uint8_t {
    none,      ///< clear text; a password is then accepted for this very machine only
    starttls,  ///< clear text turned into TLS, required: a server without it is not used
    tls,       ///< TLS from the first byte (port 465)
};

enum class CertificateCheck : std::uint8_t { required, skipped };

struct SmtpSettings {
    std::string host;         ///< a name or an IP address
    std::uint16_t port = 25;  ///< 1…65535
    SmtpSecurity security = SmtpSecurity::starttls;
    CertificateCheck verify = CertificateCheck::required;
    /// PEM file of the authorities to trust; empty = the one SSL_CERT_FILE names, else the system's.
    std::string ca_file;
    std::string user;      ///< empty = no sign-in
    std::string password;  ///< held in memory only
    std::string own_name;  ///< said in EHLO; empty = this machine's name
    /// For connecting, and for one message from its first command to the last answer.
    std::chrono::milliseconds connect_timeout{20'000};
    std::chrono::milliseconds message_timeout{120'000};
};

enum class SmtpSettingsFault {
    host_invalid,
    port_invalid,
    ca_file_unreadable,
    own_name_invalid,
    credentials_invalid,   ///< a control character, or a password without a user
    password_without_tls,  ///< a password would leave this machine in clear text
    timeout_out_of_range,  ///< outside 1 ms … 1 hour
};
std::string_view name_of(SmtpSettingsFault fault);  ///< `host_invalid`

/// One message, ready to go. Line ends of any kind leave as CRLF, lines that begin with a dot are kept whole.
struct Envelope {
    std::string from;                     ///< the envelope's sender, where bounces go
    std::vector<std::string> recipients;  ///< 1…100; the same one twice counts once
    std::string_view message;             ///< headers and body; must outlive the call; at most 50 MB
};

enum class SendOutcome : std::uint8_t {
    sent,             ///< the server took it over and said so
    refused_for_now,  ///< 4xx: nothing was delivered, later it may be
    refused,          ///< 5xx, or an envelope that cannot be sent: nothing was delivered, nor will be
    not_connected,    ///< the server cannot have the whole message: safe to send again
    ambiguous,        ///< the message may have arrived: never sent again without a person
};
std::string_view name_of(SendOutcome outcome);  ///< `refused_for_now`

/// Why there was no delivery, beyond what the server said.
enum class SendCause : std::uint8_t {
    none,          ///< sent, or the server's code says it all
    host_unknown,  ///< no such name
    unreachable,   ///< nobody listens there, or no route
    timed_out,
    connection_lost,
    tls_unavailable,  ///< the server offers no STARTTLS, or TLS could not be agreed on
    certificate_refused,
    sign_in_refused,
    sender_refused,      ///< the server does not take our own address as the sender, whoever it is for
    server_not_ready,    ///< a banner or greeting that is not an SMTP server's, or says no
    address_invalid,     ///< of the envelope; `refused_address` and `address_fault` say which and why
    recipients_missing,  ///< none, or more than 100
    message_invalid,     ///< empty, too large, or holds a zero byte
};
std::string_view name_of(SendCause cause);  ///< `certificate_refused`

struct SendResult {
    SendOutcome outcome = SendOutcome::not_connected;
    SendCause cause = SendCause::none;
    int code = 0;                 ///< the server's last answer, 0 = none
    std::string answer;           ///< its text, one line of printable UTF-8, at most 500 bytes
    std::string refused_address;  ///< the sender or recipient that was refused, else empty
    AddressFault address_fault = AddressFault::empty;  ///< with SendCause::address_invalid only
};

/// One server, one connection at a time, kept between messages. Not for two threads at once.
class SmtpSession {
public:
    static tl::expected<SmtpSession, SmtpSettingsFault> open(SmtpSettings settings);
    SmtpSession(SmtpSession&&) noexcept;
    SmtpSession& operator=(SmtpSession&&) noexcept;
    /// Says goodbye without waiting for an answer.
    ~SmtpSession();

    /// Hands one message over; connects when needed. A kept connection that proves dead before anything was
    /// handed over is replaced once, unseen. Waits at most twice the timeouts.
    SendResult send(const Envelope& envelope);

private:
    struct Wire;
    explicit SmtpSession(std::unique_ptr<Wire> wire);
    std::unique_ptr<Wire> wire_;
};

}  // namespace countback::net
