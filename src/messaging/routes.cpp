#include "messaging/routes.h"

#include "crypto/random.h"
#include "formats/mime.h"

namespace countback::messaging {

namespace {

namespace json = boost::json;
using access::Method;
using access::Right;
using access::Scope;
using Answer = Result<http::Response>;

json::object whole_json(const Mail& mail, const MailSettings& settings) {
    json::object object = settings_json(settings);
    object["demo"] = mail.demo();
    object["ready"] = settings.ready();
    return object;
}

Answer settings_page(const Mail& mail) {
    return http::json_answer(whole_json(mail, mail_settings(*mail.ledger.database().lease())));
}

Answer save_page(const Mail& mail, const access::Caller& caller, const http::Request& request) {
    const auto object = http::read_object(request);
    if (!object) return tl::unexpected(object.error());
    const auto connection = mail.ledger.database().lease();
    const auto settings = read_settings(*object, mail_settings(*connection), mail.key);
    if (!settings) return tl::unexpected(settings.error());
    store::Transaction transaction(*connection);
    save_settings(*connection, *settings, caller.user, mail.ledger.clock().now());
    transaction.commit();
    mail.sender.wake();
    return http::json_answer(whole_json(mail, *settings));
}

/// One message to the address given, at once, outside every queue: does the server take it?
Answer test_page(const Mail& mail, const http::Request& request) {
    const auto object = http::read_object(request);
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    const std::string to = body.text("to", {3, 254});
    if (body.refusal()) return tl::unexpected(*body.refusal());
    const MailSettings settings = mail_settings(*mail.ledger.database().lease());
    if (!settings.ready()) return refuse(RefusalCode::mail_settings_invalid, {{"reason", "host_invalid"}});
    if (mail.demo() && !allowed(settings, to))
        return refuse(RefusalCode::mail_settings_invalid, {{"reason", "not_allowed_in_demo"}});
    auto wire = smtp_settings(settings, mail.key);
    if (!wire) return tl::unexpected(wire.error());
    formats::OutgoingMail letter;
    letter.from = {"Countback", settings.from_address};
    letter.to = {{"", to}};
    letter.subject = "Countback";
    letter.text = "Test.\n";
    letter.message_id =
        crypto::random_hex(8) + "@" + settings.from_address.substr(settings.from_address.find('@') + 1);
    letter.unix_seconds = mail.ledger.clock().now().micros / 1'000'000;
    const auto bytes = formats::write_mail(letter);
    if (!bytes) return refuse(RefusalCode::field_invalid, {{"field", "to"}, {"reason", to}});
    wire->connect_timeout = std::chrono::milliseconds(10'000);
    wire->message_timeout = std::chrono::milliseconds(20'000);
    auto session = net::SmtpSession::open(*wire);
    if (!session)
        return refuse(RefusalCode::mail_settings_invalid,
                      {{"reason", std::string(name_of(session.error()))}});
    const net::SendResult result = session->send({settings.from_address, {to}, *bytes});
    return http::json_answer(json::object{{"outcome", name_of(result.outcome)},
                                          {"cause", name_of(result.cause)},
                                          {"code", result.code},
                                          {"answer", result.answer}});
}

}  // namespace

void declare_routes(access::Gate& gate, std::shared_ptr<const Mail> mail) {
    gate.declare({Method::get, "/api/settings/mail", Right::administer, Scope::signed_in,
                  [mail](const access::Caller&, const http::Request&) { return settings_page(*mail); }});
    gate.declare({Method::put, "/api/settings/mail", Right::administer, Scope::signed_in,
                  [mail](const access::Caller& caller, const http::Request& request) {
                      return save_page(*mail, caller, request);
                  }});
    gate.declare(
        {Method::post, "/api/settings/mail/test", Right::administer, Scope::signed_in,
         [mail](const access::Caller&, const http::Request& request) { return test_page(*mail, request); }});
}

}  // namespace countback::messaging
