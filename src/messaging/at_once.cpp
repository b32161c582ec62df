#include "messaging/at_once.h"

#include <chrono>

#include "crypto/random.h"
#include "net/address.h"

namespace countback::messaging {

namespace {

constexpr std::chrono::milliseconds connect_timeout{10'000};
constexpr std::chrono::milliseconds message_timeout{20'000};

tl::unexpected<Refusal> cannot(std::string_view why) {
    return refuse(RefusalCode::mail_settings_invalid, {{"reason", std::string(why)}});
}

}  // namespace

Result<void> may_go_at_once(const AtOnce& way, const std::string& address) {
    if (!way.settings.has_server()) return cannot("host_invalid");
    if (way.demo && !allowed(way.settings, address)) return cannot("not_allowed_in_demo");
    return {};
}

Result<net::SendResult> send_at_once(const AtOnce& way, formats::OutgoingMail mail) {
    const MailSettings& settings = way.settings;
    net::Envelope envelope{settings.from_address, {}, {}};
    for (const formats::Mailbox& box : mail.to) {
        if (const auto good = may_go_at_once(way, box.address); !good) return tl::unexpected(good.error());
        envelope.recipients.push_back(box.address);
    }
    auto wire = smtp_settings(settings, way.key);
    if (!wire) return tl::unexpected(wire.error());
    mail.from.address = settings.from_address;
    mail.message_id = crypto::random_hex(8) + "@" + net::domain_of(settings.from_address);
    mail.unix_seconds = way.now.micros / 1'000'000;
    const auto bytes = formats::write_mail(mail);
    if (!bytes) return refuse(RefusalCode::field_invalid, {{"field", "to"}, {"reason", bytes.error().where}});
    wire->connect_timeout = connect_timeout;
    wire->message_timeout = message_timeout;
    auto session = net::SmtpSession::open(*wire);
    if (!session) return cannot(name_of(session.error()));
    envelope.message = *bytes;
    return session->send(envelope);
}

}  // namespace countback::messaging
