// The edge's own rules, free of any library: which targets and hosts are taken, how an answer's head is
// written.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/refusal.h"
#include "http/message.h"

namespace countback::http {

/// What follows the method: `/api/items?state=open`, decoded. Refuses `bad_request` for anything but a clean
/// absolute path: `..` segments, backslashes, control characters, broken percent signs, bytes that are no
/// UTF-8.
struct Target {
    std::string path;
    Pairs query;
};
Result<Target> parse_target(std::string_view target);

/// Whether a Host header names us: localhost, 127.0.0.1, [::1] or one of `hosts`, with any port.
/// Keeps pages of other names (DNS rebinding) from talking to a desk on the reader's own machine.
bool host_allowed(std::string_view host, const std::vector<std::string>& hosts);

std::optional<Method> parse_method(std::string_view name);

enum class Ending : std::uint8_t { keep_alive, close };

/// How long the body is: bytes, or `chunked`, or there is none at all (204, 304).
struct Framing {
    enum class Kind : std::uint8_t { none, length, chunked } kind = Kind::length;
    std::size_t length = 0;
};

/// Status line and headers to the empty line, with the security headers each answer carries.
std::string head_of(const Response& response, const Framing& framing, Ending ending, Instant now);

std::string_view reason_of(int status);

}  // namespace countback::http
