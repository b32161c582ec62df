#include "locale/numbers.h"

#include <unicode/dtfmtsym.h>
#include <unicode/numberformatter.h>

#include <array>

#include "base/ensure.h"

namespace countback::locale {

namespace {

const icu::Locale& icu_locale(Language language) {
    static const std::array<icu::Locale, 2> locales{icu::Locale("en", "GB"), icu::Locale("fr", "FR")};
    return locales[static_cast<std::size_t>(language)];
}

/// Formatters are costly to make and free to use from several threads.
const icu::number::LocalizedNumberFormatter& formatter(Language language, int decimals) {
    static const auto all = [] {
        std::array<std::array<icu::number::LocalizedNumberFormatter, 4>, 2> made;
        for (std::size_t one = 0; one < 2; ++one) {
            for (int digits = 0; digits < 4; ++digits) {
                made[one][static_cast<std::size_t>(digits)] =
                    icu::number::NumberFormatter::withLocale(icu_locale(static_cast<Language>(one)))
                        .precision(icu::number::Precision::fixedFraction(digits));
            }
        }
        return made;
    }();
    return all[static_cast<std::size_t>(language)][static_cast<std::size_t>(decimals)];
}

/// A real minus, and no-break spaces that every font has.
std::string printable(std::string text) {
    const auto replace = [&](std::string_view from, std::string_view to) {
        for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
            text.replace(at, from.size(), to);
        }
    };
    replace("\xE2\x80\xAF", "\xC2\xA0");
    replace("-", "\xE2\x88\x92");
    return text;
}

}  // namespace

std::string amount(Language language, Money money) {
    UErrorCode status = U_ZERO_ERROR;
    const std::string plain = decimal(money.minor, money.currency);
    const auto formatted = formatter(language, money.currency.decimals()).formatDecimal(plain, status);
    std::string text;
    formatted.toString(status).toUTF8String(text);
    ensure(U_SUCCESS(status) != 0, "a decimal can be written in every language");
    return printable(std::move(text));
}

std::string money(Language language, Money money) {
    return amount(language, money) + "\xC2\xA0" + std::string(money.currency.code());
}

std::string long_date(Language language, Date date) {
    static const auto names = [] {
        std::array<std::array<std::string, 12>, 2> all;
        UErrorCode status = U_ZERO_ERROR;
        for (std::size_t one = 0; one < 2; ++one) {
            const icu::DateFormatSymbols symbols(icu_locale(static_cast<Language>(one)), status);
            int count = 0;
            const icu::UnicodeString* months = symbols.getMonths(count);
            for (std::size_t month = 0; month < 12; ++month) months[month].toUTF8String(all[one][month]);
        }
        return all;
    }();
    const std::string& month =
        names[static_cast<std::size_t>(language)][static_cast<std::size_t>(date.month() - 1)];
    const bool first = language == Language::fr && date.day() == 1;
    return std::to_string(date.day()) + (first ? "er " : " ") + month + ' ' + std::to_string(date.year());
}

std::string short_date(Language /*language*/, Date date) {
    const std::string iso = date.iso();
    return iso.substr(8, 2) + '/' + iso.substr(5, 2) + '/' + iso.substr(0, 4);
}

}  // namespace countback::locale
