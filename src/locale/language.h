// The languages the desk speaks.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace countback {

enum class Language : std::uint8_t { en, fr };

std::string_view code_of(Language language);  ///< `en`, `fr`

/// By its two letters; nothing when the desk does not speak it.
std::optional<Language> parse_language(std::string_view code);

/// The first language of an `Accept-Language` header that the desk speaks, by its weights; else English.
Language preferred_language(std::string_view accept_language);

}  // namespace countback
