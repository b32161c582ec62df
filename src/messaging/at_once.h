// One mail at once, outside every queue and kept nowhere: a test, by a person, of the mail server or of a
// text.
#pragma once
#include "formats/mime.h"
#include "messaging/settings.h"

namespace countback::messaging {

struct AtOnce {
    const MailSettings& settings;
    const crypto::Key& key;
    bool demo = false;  ///< only the allow-list may be written to
    Instant now;
};

/// Whether a test may go to the address. Refuses mail_settings_invalid (host_invalid: no server is set;
/// not_allowed_in_demo).
Result<void> may_go_at_once(const AtOnce& way, const std::string& address);

/// Hands the mail to the server and answers what that said; sender's address, message id and day are filled
/// in here. Refuses as may_go_at_once() for each recipient, field_invalid (an address or a header that cannot
/// be written), mail_settings_invalid (why the server cannot be used as set).
Result<net::SendResult> send_at_once(const AtOnce& way, formats::OutgoingMail mail);

}  // namespace countback::messaging
