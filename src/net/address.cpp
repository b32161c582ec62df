#include "net/address.h"

#include <unicode/idna.h>
#include <unicode/stringpiece.h>

#include <algorithm>
#include <memory>

#include "base/text.h"

namespace countback::net {
namespace {

constexpr std::size_t local_part_bytes_max = 64;
constexpr std::size_t address_bytes_max = 254;
constexpr std::size_t host_bytes_max = 253;

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}
bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// RFC 5322 dot-atom: words of `atext` with single dots between them.
bool is_dot_atom(std::string_view text) {
    constexpr std::string_view signs = "!#$%&'*+-/=?^_`{|}~";
    char before = '.';
    for (const char c : text) {
        if (c == '.' && before == '.') return false;
        if (c != '.' && !is_letter_or_digit(c) && signs.find(c) == std::string_view::npos) return false;
        before = c;
    }
    return before != '.';
}

bool is_label(std::string_view label) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    return std::all_of(label.begin(), label.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

/// Made once: UTS 46, the mapping that browsers and mail servers use.
const icu::IDNA* idna() {
    static const std::unique_ptr<icu::IDNA> made = [] {
        UErrorCode error = U_ZERO_ERROR;
        constexpr std::uint32_t options =
            UIDNA_USE_STD3_RULES | UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ;
        return std::unique_ptr<icu::IDNA>(icu::IDNA::createUTS46Instance(options, error));
    }();
    return made.get();
}

}  // namespace

std::string_view name_of(AddressFault fault) {
    switch (fault) {
        case AddressFault::empty:
            return "empty";
        case AddressFault::control_character:
            return "control_character";
        case AddressFault::not_an_address:
            return "not_an_address";
        case AddressFault::not_ascii:
            return "not_ascii";
        case AddressFault::domain_invalid:
            return "domain_invalid";
        case AddressFault::too_long:
            return "too_long";
    }
    return "unknown";
}

std::string host_name(std::string_view text) {
    if (text.empty() || text.size() > 4 * host_bytes_max || !valid_utf8(text) || idna() == nullptr) return {};
    UErrorCode error = U_ZERO_ERROR;
    icu::IDNAInfo info;
    std::string ascii;
    icu::StringByteSink<std::string> sink(&ascii);
    idna()->nameToASCII_UTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink,
                             info, error);
    if (U_FAILURE(error) || info.hasErrors() || ascii.empty() || ascii.size() > host_bytes_max) return {};
    const auto labels = split(ascii, '.');
    return std::all_of(labels.begin(), labels.end(), is_label) ? ascii : std::string();
}

tl::expected<std::string, AddressFault> mail_address(std::string_view text) {
    if (has_control(text)) return tl::unexpected(AddressFault::control_character);
    text = trim(text);
    if (text.empty()) return tl::unexpected(AddressFault::empty);
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || text.find('@', at + 1) != std::string_view::npos)
        return tl::unexpected(AddressFault::not_an_address);
    const std::string_view local = text.substr(0, at);
    if (!is_ascii(local)) return tl::unexpected(AddressFault::not_ascii);
    if (!is_dot_atom(local)) return tl::unexpected(AddressFault::not_an_address);
    const std::string domain = host_name(text.substr(at + 1));
    if (domain.empty()) return tl::unexpected(AddressFault::domain_invalid);
    std::string address = std::string(local) + "@" + domain;
    if (local.size() > local_part_bytes_max || address.size() > address_bytes_max)
        return tl::unexpected(AddressFault::too_long);
    return address;
}

std::string domain_of(std::string_view address) {
    const auto at = address.rfind('@');
    return at == std::string_view::npos ? std::string() : ascii_lower(address.substr(at + 1));
}

}  // namespace countback::net
