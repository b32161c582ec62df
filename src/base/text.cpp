#include "base/text.h"

#include <algorithm>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "base/ensure.h"

namespace countback {

std::string_view trim(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n\f\v";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

bool has_control(std::string_view text) { return std::any_of(text.begin(), text.end(), is_control); }

bool valid_utf8(std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    std::size_t at = 0;
    while (at < text.size()) {
        UChar32 code = 0;
        U8_NEXT(bytes, at, text.size(), code);
        if (code < 0) return false;
    }
    return true;
}

std::string fold(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* decompose = icu::Normalizer2::getNFKDInstance(status);
    ensure(U_SUCCESS(status) != 0, "ICU has its normalisation data");
    icu::UnicodeString plain =
        icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    plain = decompose->normalize(plain, status).foldCase();
    icu::UnicodeString folded;
    for (std::int32_t at = 0; at < plain.length(); at = plain.moveIndex32(at, 1)) {
        const UChar32 c = plain.char32At(at);
        if (u_charType(c) == U_NON_SPACING_MARK) continue;
        if (u_isalnum(c) != 0) {
            folded.append(c);
        } else if (!folded.isEmpty() && !folded.endsWith(u" ", 1)) {
            folded.append(u' ');
        }
    }
    folded.trim();
    std::string result;
    return folded.toUTF8String(result);
}

std::uint64_t hash64(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93ULL;
    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93ULL;
    return hash ^ (hash >> 32);
}

}  // namespace countback
