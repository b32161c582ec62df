#include "locale/country.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace countback::locale {

namespace {

std::string in_capitals(icu::UnicodeString name, const icu::Locale& reader) {
    std::string text;
    name.toUpper(reader).toUTF8String(text);
    return text;
}

std::string name_for(const icu::Locale& reader, std::string_view code) {
    icu::UnicodeString name;
    icu::Locale("", std::string(code).c_str()).getDisplayCountry(reader, name);
    return in_capitals(name, reader);
}

/// The language that most people of the country speak.
icu::Locale own_reader(std::string_view code) {
    icu::Locale reader("und", std::string(code).c_str());
    UErrorCode status = U_ZERO_ERROR;
    reader.addLikelySubtags(status);
    return U_SUCCESS(status) ? reader : icu::Locale::getEnglish();
}

}  // namespace

Language language_of_post(std::string_view country) {
    constexpr std::array<std::string_view, 4> french{"BE", "FR", "LU", "MC"};
    const bool reads = std::find(french.begin(), french.end(), country) != french.end();
    return reads ? Language::fr : Language::en;
}

std::string country_in_capitals(Language language, std::string_view code) {
    return name_for(language == Language::fr ? icu::Locale::getFrench() : icu::Locale::getEnglish(), code);
}

bool names_country(std::string_view line, std::string_view code) {
    const std::string_view bare = trim(line);
    const std::string given =
        in_capitals(icu::UnicodeString::fromUTF8(std::string(bare)), icu::Locale::getRoot());
    const std::array<icu::Locale, 3> readers{icu::Locale::getEnglish(), icu::Locale::getFrench(),
                                             own_reader(code)};
    return given == code || std::any_of(readers.begin(), readers.end(), [&](const icu::Locale& reader) {
               return given == name_for(reader, code);
           });
}

}  // namespace countback::locale
