#include "net/smtp.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "net/scripted_server_test.h"

using namespace countback::net;

namespace {

const std::string letter = "Subject: reminder\r\n\r\nPlease pay.\r\n.\r\n..and thanks\r\n";

SmtpSettings settings_of(std::uint16_t port) {
    SmtpSettings settings;
    settings.host = "127.0.0.1";
    settings.port = port;
    settings.security = SmtpSecurity::none;
    settings.own_name = "desk.test";
    settings.message_timeout = std::chrono::milliseconds(300);
    settings.connect_timeout = std::chrono::milliseconds(300);
    return settings;
}

Envelope envelope(std::vector<std::string> recipients = {"ap@acme.test"}) {
    return Envelope{"desk@us.test", std::move(recipients), letter};
}

SendResult send_to(const ScriptedServer& server, const Envelope& one = envelope()) {
    auto session = SmtpSession::open(settings_of(server.port()));
    return session->send(one);
}

SendResult sent_under(std::map<std::string, std::string> answers, const Envelope& one = envelope()) {
    const ScriptedServer server(Script{std::move(answers)});
    return send_to(server, one);
}

}  // namespace

TEST(Smtp, a_message_arrives_byte_for_byte_over_one_connection) {
    const ScriptedServer server(Script{});
    {
        auto session = SmtpSession::open(settings_of(server.port()));
        for (int i = 0; i < 20; ++i) {
            const SendResult result = session->send(envelope({"ap@acme.test", "cfo@acme.test"}));
            ASSERT_EQ(name_of(result.outcome), "sent") << result.answer;
            EXPECT_EQ(result.code, 250);
            EXPECT_EQ(result.answer, "2.0.0 queued as 4711");
        }
    }
    EXPECT_EQ(server.connections(), 1);
    ASSERT_EQ(server.bodies().size(), 20u);
    EXPECT_EQ(server.bodies()[19], "Subject: reminder\r\n\r\nPlease pay.\r\n..\r\n...and thanks");
    EXPECT_EQ(server.commands()[0], "EHLO desk.test");
    EXPECT_EQ(server.commands()[1].substr(0, 24), "MAIL FROM:<desk@us.test>");
}

TEST(Smtp, line_ends_of_any_kind_leave_as_pairs) {
    const ScriptedServer server(Script{});
    Envelope one = envelope();
    one.message = "A: b\n\nend\n.\nMAIL FROM:<x@evil.test>\rlast";
    EXPECT_EQ(send_to(server, one).outcome, SendOutcome::sent);
    ASSERT_EQ(server.bodies().size(), 1u);
    EXPECT_EQ(server.bodies()[0], "A: b\r\n\r\nend\r\n..\r\nMAIL FROM:<x@evil.test>\r\nlast");
}

TEST(Smtp, the_servers_no_is_told_with_its_code) {
    auto result = sent_under({{"MAIL", "550-no\r\n550 5.7.1 not you\r\n"}});
    EXPECT_EQ(name_of(result.outcome), "not_connected");
    EXPECT_EQ(name_of(result.cause), "sender_refused");
    EXPECT_EQ(result.code, 550);
    EXPECT_EQ(result.answer, "no 5.7.1 not you");
    EXPECT_EQ(result.refused_address, "desk@us.test");
    EXPECT_EQ(sent_under({{"MAIL", "552 5.3.4 too large\r\n"}}).outcome, SendOutcome::refused);
    EXPECT_EQ(sent_under({{"MAIL", "452 busy\r\n"}}).outcome, SendOutcome::refused_for_now);
    result = sent_under({{"RCPT", "450 4.2.1 later\r\n"}});
    EXPECT_EQ(result.outcome, SendOutcome::refused_for_now);
    EXPECT_EQ(result.refused_address, "ap@acme.test");
    EXPECT_EQ(sent_under({{"DATA", "451 busy\r\n"}}).outcome, SendOutcome::refused_for_now);
    EXPECT_EQ(sent_under({{"DATA", "554 never\r\n"}}).outcome, SendOutcome::refused);
    result = sent_under({{"BODY", "554 5.6.0 spam\r\n"}});
    EXPECT_EQ(result.outcome, SendOutcome::refused);
    EXPECT_EQ(result.code, 554);
    EXPECT_EQ(result.answer, "5.6.0 spam");
    EXPECT_EQ(sent_under({{"BODY", "452 full\r\n"}}).outcome, SendOutcome::refused_for_now);
}

TEST(Smtp, one_refused_recipient_of_three_refuses_the_whole_and_is_named) {
    const ScriptedServer server(Script{{{"RCPT b@acme.test", "550 5.1.1 unknown\r\n"}}});
    const auto result = send_to(server, envelope({"a@acme.test", "b@acme.test", "c@acme.test"}));
    EXPECT_EQ(result.outcome, SendOutcome::refused);
    EXPECT_EQ(result.refused_address, "b@acme.test");
    EXPECT_TRUE(server.bodies().empty());
}

TEST(Smtp, after_the_last_byte_without_an_answer_it_is_ambiguous) {
    for (const std::string end : {"hang", "close", "garbage\r\n", "354 what?\r\n", "250-half"}) {
        const auto result = sent_under({{"BODY", end}});
        EXPECT_EQ(name_of(result.outcome), "ambiguous") << end;
        EXPECT_TRUE(result.cause != SendCause::none) << end;
    }
    EXPECT_EQ(sent_under({{"BODY_START", "close"}}).outcome, SendOutcome::ambiguous);
}

TEST(Smtp, a_long_message_cut_in_the_middle_was_not_delivered) {
    std::string text = letter;
    while (text.size() < 20'000'000) text += "One more line of a very long statement.\r\n";
    Envelope one = envelope();
    one.message = text;
    const auto result = sent_under({{"BODY_START", "close"}}, one);
    EXPECT_EQ(name_of(result.outcome), "not_connected");
    EXPECT_EQ(name_of(result.cause), "connection_lost");
}

TEST(Smtp, before_the_body_nothing_was_handed_over) {
    for (const std::string step : {"connect", "EHLO", "MAIL", "RCPT", "DATA"}) {
        const auto lost = sent_under({{step, "close"}});
        EXPECT_EQ(name_of(lost.outcome), "not_connected") << step;
        EXPECT_EQ(name_of(lost.cause), "connection_lost") << step;
        const auto hung = sent_under({{step, "hang"}});
        EXPECT_EQ(name_of(hung.outcome), "not_connected") << step;
        EXPECT_EQ(name_of(hung.cause), "timed_out") << step;
    }
    EXPECT_EQ(name_of(sent_under({{"connect", "HTTP/1.1 400 Bad Request\r\n\r\n"}}).outcome),
              "not_connected");
    const auto busy = sent_under({{"connect", "421 4.3.2 closing\r\n"}});
    EXPECT_EQ(name_of(busy.outcome), "not_connected");
    EXPECT_EQ(name_of(busy.cause), "server_not_ready");
    EXPECT_EQ(busy.code, 421);
}

TEST(Smtp, nobody_there_is_told) {
    std::uint16_t port = 0;
    { port = ScriptedServer(Script{}).port(); }
    auto session = SmtpSession::open(settings_of(port));
    const auto result = session->send(envelope());
    EXPECT_EQ(result.outcome, SendOutcome::not_connected);
    EXPECT_EQ(result.cause, SendCause::unreachable);
}

TEST(Smtp, a_server_that_closes_after_each_message_loses_none_and_doubles_none) {
    for (const auto& leave : {std::string("close"), std::string("421 4.4.2 idle too long\r\n")}) {
        Script script;
        script.messages_per_connection = 1;
        script.answers["LEAVE"] = leave;
        const ScriptedServer server(script);
        auto session = SmtpSession::open(settings_of(server.port()));
        for (int i = 0; i < 5; ++i) EXPECT_EQ(name_of(session->send(envelope()).outcome), "sent") << i;
        EXPECT_EQ(server.bodies().size(), 5u);
    }
}

TEST(Smtp, after_a_refusal_the_next_message_goes) {
    const ScriptedServer server(Script{{{"RCPT b@acme.test", "550 unknown\r\n"}}});
    auto session = SmtpSession::open(settings_of(server.port()));
    EXPECT_EQ(session->send(envelope({"b@acme.test"})).outcome, SendOutcome::refused);
    EXPECT_EQ(session->send(envelope()).outcome, SendOutcome::sent);
}

TEST(Smtp, saying_goodbye_does_not_wait) {
    const ScriptedServer server(Script{{{"QUIT", "hang"}}});
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(send_to(server).outcome, SendOutcome::sent);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

TEST(Smtp, envelopes_that_cannot_go_are_refused_before_connecting) {
    const ScriptedServer server(Script{});
    auto result = send_to(server, envelope({"ap@acme.test", "x@acme.test>\r\nDATA"}));
    EXPECT_EQ(result.outcome, SendOutcome::refused);
    EXPECT_EQ(name_of(result.cause), "address_invalid");
    EXPECT_EQ(result.address_fault, AddressFault::control_character);
    EXPECT_EQ(name_of(send_to(server, envelope({})).cause), "recipients_missing");
    EXPECT_EQ(name_of(send_to(server, envelope(std::vector<std::string>(101, "a@acme.test"))).cause),
              "recipients_missing");
    Envelope none = envelope();
    none.message = "";
    EXPECT_EQ(name_of(send_to(server, none).cause), "message_invalid");
    EXPECT_EQ(server.connections(), 0);
}

TEST(Smtp, international_domains_go_in_ascii_and_twice_is_once) {
    const ScriptedServer server(Script{});
    EXPECT_EQ(send_to(server, envelope({"ap@bücher.test", "ap@xn--bcher-kva.test"})).outcome,
              SendOutcome::sent);
    const auto commands = server.commands();
    EXPECT_EQ(std::count(commands.begin(), commands.end(), "RCPT TO:<ap@xn--bcher-kva.test>"), 1);
}

TEST(Smtp, signs_in_and_says_when_it_may_not) {
    Script script;
    script.offers = "250-mail.test\r\n250 AUTH PLAIN\r\n";
    const auto attempt = [](const Script& with) {
        const ScriptedServer server(with);
        SmtpSettings settings = settings_of(server.port());
        settings.user = "desk";
        settings.password = "a secret";
        return SmtpSession::open(settings)->send(envelope());
    };
    EXPECT_EQ(attempt(script).outcome, SendOutcome::sent);
    script.answers["AGRl"] = "535 5.7.8 wrong password\r\n";
    const auto refused = attempt(script);
    EXPECT_EQ(name_of(refused.outcome), "not_connected");
    EXPECT_EQ(name_of(refused.cause), "sign_in_refused");
    EXPECT_EQ(name_of(sent_under({{"MAIL", "530 5.7.0 sign in first\r\n"}}).cause), "sign_in_refused");
}

TEST(Smtp, without_the_tls_that_is_asked_for_nothing_goes) {
    const ScriptedServer server(Script{{{"connect", "220 plain\r\n"}}});
    SmtpSettings settings = settings_of(server.port());
    settings.security = SmtpSecurity::starttls;
    const auto result = SmtpSession::open(settings)->send(envelope());
    EXPECT_EQ(name_of(result.outcome), "not_connected");
    EXPECT_EQ(name_of(result.cause), "tls_unavailable");
    settings.security = SmtpSecurity::tls;
    const auto direct = SmtpSession::open(settings)->send(envelope());
    EXPECT_EQ(name_of(direct.outcome), "not_connected");
    EXPECT_TRUE(server.bodies().empty());
}

TEST(Smtp, settings_are_checked_by_name) {
    const auto fault = [](auto change) {
        SmtpSettings settings = settings_of(25);
        change(settings);
        const auto session = SmtpSession::open(settings);
        return session ? std::string("none") : std::string(name_of(session.error()));
    };
    EXPECT_EQ(fault([](auto&) {}), "none");
    EXPECT_EQ(fault([](auto& s) { s.host = "::1"; }), "none");
    EXPECT_EQ(fault([](auto& s) { s.host = "mail.test/../x"; }), "host_invalid");
    EXPECT_EQ(fault([](auto& s) { s.host = "mail.test\r\n"; }), "host_invalid");
    EXPECT_EQ(fault([](auto& s) { s.port = 0; }), "port_invalid");
    EXPECT_EQ(fault([](auto& s) { s.ca_file = "/no/such/file.pem"; }), "ca_file_unreadable");
    EXPECT_EQ(fault([](auto& s) { s.own_name = "a b"; }), "own_name_invalid");
    EXPECT_EQ(fault([](auto& s) { s.password = "x"; }), "credentials_invalid");
    EXPECT_EQ(fault([](auto& s) { s.user = "a\r\nb"; }), "credentials_invalid");
    EXPECT_EQ(fault([](auto& s) { s.host = "mail.test", s.user = "desk"; }), "password_without_tls");
    EXPECT_EQ(fault([](auto& s) { s.message_timeout = std::chrono::hours(2); }), "timeout_out_of_range");
}
