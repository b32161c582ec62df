#include "http/intake.h"

#include "base/text.h"
#include "http/wire.h"

namespace countback::http {

namespace {

namespace beast_http = boost::beast::http;
using Header = beast_http::request_header<>;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

tl::unexpected<Refusal> bad(const char* reason) {
    return refuse(RefusalCode::bad_request, {{"reason", reason}});
}

/// Ambiguity between two readers of one request is how requests are smuggled; refuse each such head.
std::optional<const char*> ambiguity(const Header& header) {
    if (header.count(beast_http::field::host) > 1) return "two Host headers";
    if (header.count(beast_http::field::content_length) > 1) return "two Content-Length headers";
    const std::string_view length = view(header[beast_http::field::content_length]);
    if (length.find_first_not_of("0123456789") != std::string_view::npos) return "Content-Length";
    const auto codings = header.count(beast_http::field::transfer_encoding);
    if (codings == 0) return std::nullopt;
    if (codings > 1 || ascii_lower(view(header[beast_http::field::transfer_encoding])) != "chunked") {
        return "Transfer-Encoding";
    }
    if (header.count(beast_http::field::content_length) > 0) return "Content-Length beside Transfer-Encoding";
    if (header.version() != 11) return "Transfer-Encoding in HTTP/1.0";
    return std::nullopt;
}

/// The library counts a head only while it is incomplete; one that comes in a single piece is counted here.
bool too_large(const Header& header, const Limits& limits) {
    std::size_t bytes = header.target().size();
    std::size_t lines = 0;
    for (const auto& field : header) {
        bytes += field.name_string().size() + field.value().size() + 4;
        ++lines;
    }
    return bytes > limits.head_bytes || lines > limits.head_lines;
}

/// A reverse proxy on this machine says who asked, and whether over TLS; nobody else is believed.
void believe_proxy(Request& request, const ServerSettings& settings) {
    const bool from_here = request.remote_address == "127.0.0.1" || request.remote_address == "::1";
    if (!settings.behind_proxy || !from_here) return;
    const auto chain = split(request.header("x-forwarded-for"), ',');
    if (!trim(chain.back()).empty()) request.remote_address = std::string(trim(chain.back()));
    request.secure = request.header("x-forwarded-proto") == "https";
}

}  // namespace

Result<Head> head_from(const Header& header, const ServerSettings& settings, const std::string& peer) {
    if (header.version() != 11 && header.version() != 10) return bad("HTTP version");
    if (too_large(header, settings.limits)) return refuse(RefusalCode::headers_too_large);
    if (const auto reason = ambiguity(header)) return bad(*reason);
    if (header.count(beast_http::field::host) == 0) return bad("no Host header");
    Head head;
    const std::string_view method = view(header.method_string());
    head.only_head = method == "HEAD";
    const auto known = head.only_head ? std::optional(Method::get) : parse_method(method);
    if (!known)
        return refuse(RefusalCode::method_not_allowed, {{"method", std::string(method.substr(0, 20))}});
    auto target = parse_target(view(header.target()));
    if (!target) return tl::unexpected(target.error());
    for (const auto& field : header) {
        head.request.headers.emplace_back(ascii_lower(view(field.name_string())),
                                          std::string(view(field.value())));
    }
    if (!host_allowed(head.request.header("host"), settings.public_hosts))
        return refuse(RefusalCode::host_unknown);
    head.request.method = *known;
    head.request.path = std::move(target->path);
    head.request.query = std::move(target->query);
    head.request.remote_address = peer;
    believe_proxy(head.request, settings);
    const std::string connection = ascii_lower(head.request.header("connection"));
    head.keep_alive = header.version() == 11 && connection.find("close") == std::string::npos;
    head.expects_continue = ascii_lower(head.request.header("expect")) == "100-continue";
    return head;
}

}  // namespace countback::http
