#include "messaging/settings.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "net/address.h"

namespace countback::messaging {

namespace {

namespace json = boost::json;

constexpr store::Sql newest{"mail_settings_newest",
                            "select document from mail_settings order by row_no desc limit 1"};
constexpr store::Sql add{
    "mail_settings_add",
    "insert into mail_settings (row_no, document, user_id, recorded_at) values ($1, $2, $3, $4)"};
constexpr std::array<std::string_view, 3> security_names{"none", "starttls", "tls"};

std::string hex_of(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        text += digits[value >> 4U];
        text += digits[value & 15U];
    }
    return text;
}

std::string bytes_of(std::string_view hex) {
    std::string bytes;
    const auto digit = [](char letter) { return letter <= '9' ? letter - '0' : letter - 'a' + 10; };
    for (std::size_t at = 0; at + 1 < hex.size(); at += 2) {
        bytes += static_cast<char>(digit(hex[at]) * 16 + digit(hex[at + 1]));
    }
    return bytes;
}

json::array texts(const std::vector<std::string>& all) {
    json::array array;
    for (const std::string& one : all) array.emplace_back(one);
    return array;
}

std::string word(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

int number(const json::object& object, std::string_view name, int fallback) {
    const json::value* value = object.if_contains(name);
    return value && value->is_int64() ? static_cast<int>(value->as_int64()) : fallback;
}

void check_numbers(const json::object& object, MailSettings& settings, http::BodyReader& body) {
    settings.port = number(object, "port", settings.port);
    if (settings.port < 1 || settings.port > 65'535) body.refuse_field("port", "1-65535");
    settings.per_minute_and_domain = number(object, "per_minute_and_domain", settings.per_minute_and_domain);
    if (settings.per_minute_and_domain < 1 || settings.per_minute_and_domain > 10'000)
        body.refuse_field("per_minute_and_domain", "1-10000");
    settings.documents_megabytes_max =
        number(object, "documents_megabytes_max", settings.documents_megabytes_max);
    if (settings.documents_megabytes_max < 0 || settings.documents_megabytes_max > 25)
        body.refuse_field("documents_megabytes_max", "0-25");
}

/// Without encryption only where nothing leaves the machine: exactly these names, with or without a port.
bool good_public_url(std::string_view url) {
    constexpr std::string_view open = "http://";
    constexpr std::string_view closed = "https://";
    const bool safe = url.starts_with(closed);
    if (!safe && !url.starts_with(open)) return false;
    std::string_view rest = url.substr(safe ? closed.size() : open.size());
    rest = rest.substr(0, rest.find_first_of("/?#\\"));
    if (rest.empty() || rest.find('@') != std::string_view::npos) return false;
    if (safe) return true;
    for (const std::string_view own : {"localhost", "127.0.0.1", "[::1]"}) {
        if (!rest.starts_with(own)) continue;
        const std::string_view port = rest.substr(own.size());
        const bool digits = port.size() > 1 && port.size() <= 6 && port.front() == ':' &&
                            port.find_first_not_of("0123456789", 1) == std::string_view::npos;
        if (port.empty() || digits) return true;
    }
    return false;
}

/// The password was given to one server and one user: another one gets it from a person, or not at all.
bool same_server(const MailSettings& one, const MailSettings& other) {
    return ascii_lower(one.host) == ascii_lower(other.host) && one.port == other.port &&
           one.security == other.security && one.user == other.user;
}

void check_addresses(MailSettings& settings, http::BodyReader& body) {
    if (!settings.from_address.empty()) {
        const auto good = net::mail_address(settings.from_address);
        if (!good) return body.refuse_field("from_address", net::name_of(good.error()));
        settings.from_address = *good;
    }
    if (!settings.host.empty() && settings.from_address.empty()) body.refuse_field("from_address", "missing");
    if (!settings.reply_domain.empty()) {
        settings.reply_domain = net::host_name(settings.reply_domain);
        if (settings.reply_domain.empty()) return body.refuse_field("reply_domain", "domain_invalid");
    }
    if (!settings.public_url.empty() && !good_public_url(settings.public_url))
        body.refuse_field("public_url", "https://");
    for (const std::string& one : settings.allowed) {
        const bool domain = one.size() > 1 && one.front() == '@' && !net::host_name(one.substr(1)).empty();
        if (!domain && !net::mail_address(one)) return body.refuse_field("allowed", one);
    }
}

}  // namespace

MailSettings mail_settings(store::Connection& connection) {
    MailSettings settings;
    const auto text = connection.text(newest);
    if (!text) return settings;
    const json::value value = json::parse(*text);
    const json::object& object = value.as_object();
    settings.host = word(object, "host");
    settings.port = number(object, "port", settings.port);
    const std::string security = word(object, "security");
    for (std::size_t place = 0; place < security_names.size(); ++place) {
        if (security_names[place] == security) settings.security = static_cast<net::SmtpSecurity>(place);
    }
    settings.user = word(object, "user");
    settings.sealed_password = word(object, "sealed_password");
    settings.from_address = word(object, "from_address");
    settings.reply_domain = word(object, "reply_domain");
    settings.public_url = word(object, "public_url");
    settings.per_minute_and_domain = number(object, "per_minute_and_domain", settings.per_minute_and_domain);
    settings.documents_megabytes_max =
        number(object, "documents_megabytes_max", settings.documents_megabytes_max);
    const json::value* paused = object.if_contains("paused");
    settings.paused = paused && paused->as_bool();
    if (const json::value* allowed = object.if_contains("allowed")) {
        for (const json::value& one : allowed->as_array()) settings.allowed.emplace_back(one.as_string());
    }
    return settings;
}

Result<MailSettings> read_settings(const json::object& object, const MailSettings& before,
                                   const crypto::Key& key) {
    http::BodyReader body(object);
    MailSettings settings;
    settings.documents_megabytes_max = before.documents_megabytes_max;
    const auto text = [&](std::string_view field) {
        return body.optional_text(field, {0, 254}).value_or("");
    };
    settings.host = text("host");
    settings.security = static_cast<net::SmtpSecurity>(body.choice("security", {"none", "starttls", "tls"}));
    settings.user = text("user");
    settings.from_address = text("from_address");
    settings.reply_domain = text("reply_domain");
    settings.public_url = text("public_url");
    settings.allowed = body.texts("allowed");
    const json::value* paused = object.if_contains("paused");
    if (paused && !paused->is_bool()) body.refuse_field("paused", "true, false");
    settings.paused = paused && paused->is_bool() ? paused->as_bool() : before.paused;
    check_numbers(object, settings, body);
    settings.sealed_password = before.sealed_password;
    const auto password = body.optional_text("password", {0, 500});
    if (password) settings.sealed_password = password->empty() ? "" : hex_of(crypto::sealed(key, *password));
    if (settings.user.empty() || settings.host.empty()) settings.sealed_password.clear();
    const bool kept = !password && !settings.sealed_password.empty();
    if (kept && !same_server(settings, before)) body.refuse_field("password", "password_again");
    check_addresses(settings, body);
    if (body.refusal()) return tl::unexpected(*body.refusal());
    if (settings.host.empty()) return settings;
    const auto wire = smtp_settings(settings, key);
    if (!wire) return tl::unexpected(wire.error());
    return settings;
}

json::object settings_json(const MailSettings& settings) {
    return {{"host", settings.host},
            {"port", settings.port},
            {"security", security_names[static_cast<std::size_t>(settings.security)]},
            {"user", settings.user},
            {"password_set", !settings.sealed_password.empty()},
            {"from_address", settings.from_address},
            {"reply_domain", settings.reply_domain},
            {"public_url", settings.public_url},
            {"per_minute_and_domain", settings.per_minute_and_domain},
            {"documents_megabytes_max", settings.documents_megabytes_max},
            {"allowed", texts(settings.allowed)},
            {"paused", settings.paused}};
}

void save_settings(store::Connection& connection, const MailSettings& settings, UserId author, Instant now) {
    json::object document = settings_json(settings);
    document.erase("password_set");
    document["sealed_password"] = settings.sealed_password;
    const std::int64_t row = store::allot(connection, "mail_settings", 1);
    connection.run(add, {row, json::serialize(document), author.value, now.micros});
}

bool pause_sending(store::Connection& connection, Instant now) {
    MailSettings settings = mail_settings(connection);
    if (!settings.ready()) return false;
    settings.paused = true;
    save_settings(connection, settings, {}, now);
    return true;
}

Result<net::SmtpSettings> smtp_settings(const MailSettings& settings, const crypto::Key& key) {
    net::SmtpSettings wire;
    wire.host = settings.host;
    wire.port = static_cast<std::uint16_t>(settings.port);
    wire.security = settings.security;
    wire.user = settings.user;
    if (!settings.sealed_password.empty()) {
        const auto password = crypto::unsealed(key, bytes_of(settings.sealed_password));
        if (!password) return refuse(RefusalCode::mail_settings_invalid, {{"reason", "password"}});
        wire.password = *password;
    }
    const auto session = net::SmtpSession::open(wire);
    if (!session)
        return refuse(RefusalCode::mail_settings_invalid,
                      {{"reason", std::string(name_of(session.error()))}});
    return wire;
}

bool allowed(const MailSettings& settings, const std::string& address) {
    const std::string small = ascii_lower(address);
    return std::any_of(settings.allowed.begin(), settings.allowed.end(), [&](const std::string& one) {
        const std::string rule = ascii_lower(one);
        return rule == small || (rule.front() == '@' && small.ends_with(rule));
    });
}

}  // namespace countback::messaging
