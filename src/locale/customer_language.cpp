#include "locale/customer_language.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace countback {

namespace {

/// The letters, SAP's sign (LANG), ISO 639-2, then names: English, its own, French, German, plain spellings.
struct Known {
    std::string_view letters, sap, names;
};
constexpr std::array<Known, 22> known_languages{{
    {"en", "e", "eng english anglais englisch inglés ingles inglese"},
    {"fr", "f", "fra fre french français francais französisch francés francese frans"},
    {"de", "d", "deu ger german deutsch allemand alemán aleman tedesco duits"},
    {"es", "s", "spa spanish español espanol espagnol spanisch spagnolo castellano"},
    {"it", "i", "ita italian italiano italien italienisch"},
    {"pt", "p", "por portuguese português portugues portugais portugiesisch"},
    {"nl", "n", "nld dut dutch nederlands néerlandais neerlandais niederländisch flemish flamand vlaams"},
    {"pl", "l", "pol polish polski polonais polnisch"},
    {"da", "k", "dan danish dansk danois dänisch"},
    {"sv", "v", "swe swedish svenska suédois suedois schwedisch"},
    {"no", "o", "nor norwegian norsk norvégien norvegien norwegisch"},
    {"fi", "u", "fin finnish suomi finnois finnisch"},
    {"cs", "c", "ces cze czech čeština tchèque tcheque tschechisch"},
    {"hu", "h", "hun hungarian magyar hongrois ungarisch"},
    {"el", "g", "ell gre greek ελληνικά grec griechisch"},
    {"ru", "r", "rus russian русский russe russisch"},
    {"tr", "t", "tur turkish türkçe turc türkisch"},
    {"ro", "4", "ron rum romanian română roumain rumänisch"},
    {"ar", "a", "ara arabic العربية arabe arabisch"},
    {"he", "b", "heb hebrew עברית hébreu hebreu hebräisch"},
    {"ja", "j", "jpn japanese 日本語 japonais japanisch"},
    {"zh", "1", "zho chi chinese 中文 chinois chinesisch"},
}};

constexpr std::size_t text_bytes_max = 60;

bool is_letters(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char one) { return one >= 'a' && one <= 'z'; });
}

bool is_named(const Known& language, std::string_view text) {
    if (text == language.letters || text == language.sap) return true;
    const auto names = split(language.names, ' ');
    return std::find(names.begin(), names.end(), text) != names.end();
}

std::optional<std::string> by_name(std::string_view text) {
    for (const Known& one : known_languages) {
        if (is_named(one, text)) return std::string(one.letters);
    }
    return std::nullopt;
}

/// Names come in capitals too: those beyond ASCII that the names above begin with or hold.
std::string lowered(std::string_view text) {
    std::string lower = ascii_lower(text);
    // À … Þ are 0xC3 0x80 … 0xC3 0x9E; each is 0x20 below its small letter.
    for (std::size_t at = 0; at + 1 < lower.size(); ++at) {
        const auto second = static_cast<unsigned char>(lower[at + 1]);
        if (static_cast<unsigned char>(lower[at]) == 0xC3 && second >= 0x80 && second <= 0x9E)
            lower[at + 1] = static_cast<char>(second + 0x20);
    }
    return lower;
}

}  // namespace

std::optional<std::string> customer_language(std::string_view text) {
    const std::string lower = lowered(trim(text.substr(0, text_bytes_max)));
    if (lower.empty()) return lower;
    if (auto found = by_name(lower)) return found;
    if (lower.size() == 2 && is_letters(lower)) return lower;
    // `fr-FR`, `fr_FR.UTF-8`, `English (UK)`: what comes first says it.
    const std::string first = lower.substr(0, lower.find_first_of("-_ .("));
    if (first.size() == lower.size() || first.size() < 2) return std::nullopt;
    if (first.size() == 2 && is_letters(first)) return first;
    return by_name(first);
}

}  // namespace countback
