// The mail server and what may leave through it (MSG-1, MSG-3). The password is sealed with the
// installation's key and never read back out; nothing of it is in argv, logs or exports.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/refusal.h"
#include "crypto/secret_file.h"
#include "http/json.h"
#include "net/smtp.h"
#include "store/database.h"

namespace countback::messaging {

struct MailSettings {
    std::string host{};  ///< empty = no server: messages wait
    int port = 587;
    net::SmtpSecurity security = net::SmtpSecurity::starttls;
    std::string user{};
    std::string sealed_password{};  ///< base16 of the sealed bytes
    std::string from_address{};     ///< the company's mailbox, in the envelope and in From
    std::string reply_domain{};  ///< where replies are caught: replies+TOKEN@domain; empty = the person's own
    std::string public_url{};    ///< the only base of links in messages
    int per_minute_and_domain = 30;      ///< at most so many messages a minute to one domain
    int documents_megabytes_max = 8;     ///< of invoices' own PDF in one message; 0 = none are attached
    std::vector<std::string> allowed{};  ///< addresses and @domains; a demo company sends to these only

    bool paused = false;  ///< a person's pause, or a restored or moved company's: every e-mail waits

    bool has_server() const { return !host.empty() && !from_address.empty(); }
    bool ready() const { return has_server() && !paused; }
};

MailSettings mail_settings(store::Connection& connection);
/// A password not given keeps the one there is, for the same server and user only (field_invalid,
/// `password`). Refuses field_invalid, mail_settings_invalid.
Result<MailSettings> read_settings(const http::json::object& object, const MailSettings& before,
                                   const crypto::Key& key);
void save_settings(store::Connection& connection, const MailSettings& settings, UserId author, Instant now);
/// For a company that may be running elsewhere too: a copy that was put back, the place one was moved from.
/// Its messages wait until an administrator says that this is the company now (MSG-1: nothing goes twice).
/// Answers whether there was anything to pause.
bool pause_sending(store::Connection& connection, Instant now);
http::json::object settings_json(const MailSettings& settings);  ///< without the password

/// Whether a demo company may write to the address: it is listed, or its domain is.
bool allowed(const MailSettings& settings, const std::string& address);
/// Ready for the wire, the password opened. Refuses mail_settings_invalid.
Result<net::SmtpSettings> smtp_settings(const MailSettings& settings, const crypto::Key& key);

}  // namespace countback::messaging
