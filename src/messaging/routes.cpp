#include "messaging/routes.h"

#include "locale/texts.h"
#include "messaging/at_once.h"

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
    object["ready"] = settings.has_server();
    json::array& codes = object["without_bank"].emplace_array();
    for (std::string& code : mail.without_bank()) codes.emplace_back(std::move(code));
    return object;
}

Answer settings_page(const Mail& mail) {
    return http::json_answer(whole_json(mail, mail_settings(*mail.ledger.database().lease())));
}

Answer save_page(const Mail& mail, const access::Caller& caller, const http::Request& request) {
    const auto object = http::read_object(
        request, {"host", "port", "security", "user", "password", "password_set", "from_address",
                  "reply_domain", "public_url", "per_minute_and_domain", "documents_megabytes_max", "allowed",
                  "paused", "demo", "ready", "without_bank"});
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

AtOnce way_of(const Mail& mail, const MailSettings& settings) {
    return {settings, mail.key, mail.demo(), mail.ledger.clock().now()};
}

json::object told_json(const net::SendResult& result) {
    return {{"outcome", name_of(result.outcome)},
            {"cause", name_of(result.cause)},
            {"code", result.code},
            {"answer", result.answer}};
}

/// One message to the address given: does the server take it?
Answer test_page(const Mail& mail, const http::Request& request) {
    const auto object = http::read_object(request, {"to"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    const std::string to = body.text("to", {3, 254});
    if (body.refusal()) return tl::unexpected(*body.refusal());
    const MailSettings settings = mail_settings(*mail.ledger.database().lease());
    formats::OutgoingMail letter;
    letter.from.name = "Countback";
    letter.to = {{"", to}};
    letter.subject = "Countback";
    letter.text = "Test.\n";
    const auto result = send_at_once(way_of(mail, settings), std::move(letter));
    if (!result) return tl::unexpected(result.error());
    return http::json_answer(told_json(*result));
}

/// What the customer would get, to the person at the desk instead: neither he nor a copy is written to.
formats::OutgoingMail test_mail(const Content& content, const formats::Mailbox& own) {
    const Language language = parse_language(content.language).value_or(Language::en);
    formats::OutgoingMail letter;
    letter.from.name = content.from.name;
    letter.reply_to = own;
    letter.to = {own};
    letter.subject = locale::text(language, "message.test_subject", {{"subject", content.subject}});
    letter.text = content.text;
    letter.html = content.html;
    for (const auto& one : content.attachments)
        letter.attachments.push_back({one.name, one.media_type, one.bytes});
    return letter;
}

/// A text as it stands in the editor, on a real customer, to her own address. It is no message of the
/// customer's: nothing of it is kept, no step is done by it, no gap or cap counts it.
Answer test_text_page(const Mail& mail, const access::Caller& caller, const http::Request& request) {
    const formats::Mailbox own{caller.name, mail.address_of(caller.user)};
    const MailSettings settings = mail_settings(*mail.ledger.database().lease());
    const AtOnce way = way_of(mail, settings);
    if (const auto good = may_go_at_once(way, own.address); !good) return tl::unexpected(good.error());
    const auto content = mail.written_text(caller, request);
    if (!content) return tl::unexpected(content.error());
    const auto result = send_at_once(way, test_mail(*content, own));
    if (!result) return tl::unexpected(result.error());
    json::object told = told_json(*result);
    told["to"] = own.address;
    return http::json_answer(std::move(told));
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
    gate.declare({Method::post, "/api/templates/test", Right::act, Scope::signed_in,
                  [mail](const access::Caller& caller, const http::Request& request) {
                      return test_text_page(*mail, caller, request);
                  }});
}

}  // namespace countback::messaging
