#include "http/wire.h"

#include <algorithm>
#include <array>
#include <ctime>

#include "base/ensure.h"
#include "base/text.h"

namespace countback::http {

namespace {

constexpr std::size_t parameters_max = 200;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

enum class Plus : std::uint8_t { is_plus, is_blank };

/// Percent signs undone, once. Nothing when broken, or when control characters or bad UTF-8 come out.
std::optional<std::string> decoded(std::string_view text, Plus plus) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        char c = text[at];
        if (c == '%') {
            if (at + 2 >= text.size()) return std::nullopt;
            const int high = hex_digit(text[at + 1]);
            const int low = hex_digit(text[at + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            at += 2;
        } else if (c == '+' && plus == Plus::is_blank) {
            c = ' ';
        }
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) return std::nullopt;
        plain.push_back(c);
    }
    if (!valid_utf8(plain)) return std::nullopt;
    return plain;
}

bool clean_path(std::string_view path) {
    if (path.find('\\') != std::string_view::npos) return false;
    const auto segments = split(path, '/');
    return std::none_of(segments.begin(), segments.end(),
                        [](std::string_view s) { return s == ".." || s == "."; });
}

tl::unexpected<Refusal> bad(const char* reason) {
    return refuse(RefusalCode::bad_request, {{"reason", reason}});
}

std::string http_date(Instant now) {
    const auto seconds = static_cast<std::time_t>(now.micros / 1'000'000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[40];
    std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return text;
}

// Scripts only from our own files; Mantine and the charts set styles on elements, hence 'unsafe-inline'
// there.
constexpr std::string_view security_headers =
    "Content-Security-Policy: default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), microphone=(), geolocation=()\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

bool fit_for_a_header(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

}  // namespace

Result<Target> parse_target(std::string_view target) {
    if (target.empty() || target.front() != '/') return bad("the address must start with /");
    const auto question = target.find('?');
    const auto path = decoded(target.substr(0, question), Plus::is_plus);
    if (!path || !clean_path(*path)) return bad("the address cannot be read");
    Target parsed{*path, {}};
    if (question == std::string_view::npos) return parsed;
    for (const std::string_view pair : split(target.substr(question + 1), '&')) {
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        const auto name = decoded(pair.substr(0, equals), Plus::is_blank);
        const auto value = equals == std::string_view::npos
                               ? std::optional<std::string>("")
                               : decoded(pair.substr(equals + 1), Plus::is_blank);
        if (!name || !value) return bad("a parameter cannot be read");
        if (parsed.query.size() == parameters_max) return bad("too many parameters");
        parsed.query.emplace_back(*name, *value);
    }
    return parsed;
}

bool host_allowed(std::string_view host, const std::vector<std::string>& hosts) {
    const auto colon = host.rfind(':');
    const auto bracket = host.rfind(']');
    const bool has_port =
        colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
    const std::string_view port = has_port ? host.substr(colon + 1) : std::string_view{};
    if (has_port && !std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return false;
    const std::string name = ascii_lower(host.substr(0, has_port ? colon : host.size()));
    if (name == "localhost" || name == "127.0.0.1" || name == "[::1]") return true;
    return std::find(hosts.begin(), hosts.end(), name) != hosts.end();
}

std::optional<Method> parse_method(std::string_view name) {
    for (const Method method : {Method::get, Method::post, Method::put, Method::patch, Method::remove}) {
        if (name == name_of(method)) return method;
    }
    return std::nullopt;
}

std::string_view reason_of(int status) {
    constexpr std::array<std::pair<int, std::string_view>, 24> reasons{{
        {200, "OK"},
        {201, "Created"},
        {204, "No Content"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {413, "Content Too Large"},
        {415, "Unsupported Media Type"},
        {421, "Misdirected Request"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
        {507, "Insufficient Storage"},
        {302, "Found"},
        {206, "Partial Content"},
    }};
    for (const auto& [code, reason] : reasons) {
        if (code == status) return reason;
    }
    return "Answer";
}

std::string head_of(const Response& response, const Framing& framing, Ending ending, Instant now) {
    std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
    head.reserve(1200);
    head.append(reason_of(response.status)).append("\r\nDate: ").append(http_date(now)).append("\r\n");
    head.append(security_headers);
    for (const auto& [name, value] : response.headers) {
        ensure(fit_for_a_header(name) && fit_for_a_header(value), "a header is one line");
        head.append(name).append(": ").append(value).append("\r\n");
    }
    if (framing.kind == Framing::Kind::length) {
        head.append("Content-Length: ").append(std::to_string(framing.length)).append("\r\n");
    } else if (framing.kind == Framing::Kind::chunked) {
        head.append("Transfer-Encoding: chunked\r\n");
    }
    head.append(ending == Ending::close ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n");
    return head;
}

}  // namespace countback::http
