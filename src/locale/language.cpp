#include "locale/language.h"

#include <charconv>

#include "base/text.h"

namespace countback {

namespace {

/// `q=0.8` as thousandths; 1000 when there is none or it cannot be read.
int weight_of(std::string_view part) {
    const auto at = part.find("q=");
    if (at == std::string_view::npos) return 1000;
    const std::string_view number = trim(part.substr(at + 2));
    if (number.empty() || number.front() != '0') return 1000;
    int thousandths = 0;
    int place = 100;
    for (std::size_t digit = 2; digit < number.size() && place > 0; ++digit, place /= 10) {
        if (number[digit] < '0' || number[digit] > '9') break;
        thousandths += (number[digit] - '0') * place;
    }
    return thousandths;
}

}  // namespace

std::string_view code_of(Language language) { return language == Language::fr ? "fr" : "en"; }

std::optional<Language> parse_language(std::string_view code) {
    if (code == "en") return Language::en;
    if (code == "fr") return Language::fr;
    return std::nullopt;
}

Language preferred_language(std::string_view accept_language) {
    Language best = Language::en;
    int best_weight = 0;
    for (const std::string_view part : split(accept_language.substr(0, 200), ',')) {
        const std::string tag = ascii_lower(trim(part).substr(0, 2));
        const auto language = parse_language(tag);
        const int weight = weight_of(part);
        if (language && weight > best_weight) {
            best = *language;
            best_weight = weight;
        }
    }
    return best;
}

}  // namespace countback
