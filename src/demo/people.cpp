#include "demo/people.h"

#include <array>
#include <map>
#include <string_view>

#include "base/text.h"

namespace countback::demo {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 22> trades_fr{
    "Menuiserie", "Ateliers",      "Mécanique",  "Fonderie",    "Charpentes", "Outillage",
    "Serrurerie", "Imprimerie",    "Transports", "Boulangerie", "Métallerie", "Électricité",
    "Plomberie",  "Carrosserie",   "Scierie",    "Verrerie",    "Maçonnerie", "Tôlerie",
    "Garage",     "Quincaillerie", "Peintures",  "Isolation"};
constexpr std::array<std::string_view, 26> places_fr{
    "Valbrune",    "du Marais", "Tercelin",  "Aubrac",     "de l'Orme", "Castelmar", "Rochevert",
    "Saint-Elvre", "Montfaur",  "Delaunoy",  "Percheval",  "du Gué",    "Lorimont",  "Bellefosse",
    "Garonval",    "Hautrive",  "Clairfond", "Vauquelin",  "Brévan",    "Ormesy",    "Plancourt",
    "Noirval",     "Sauterre",  "Tavernel",  "Gassin-Roy", "Échevin"};
constexpr std::array<std::string_view, 5> forms_fr{"SARL", "SAS", "SA", "EURL", "et Fils"};
constexpr std::array<std::string_view, 20> trades_be{
    "Houtbedrijf",   "Metaalwerken", "Bouwgroep", "Garage",   "Drukkerij",  "Atelier",     "Constructies",
    "Schrijnwerken", "Techniek",     "Elektro",   "Toitures", "Menuiserie", "Brouwerij",   "Logistiek",
    "Interieur",     "Glaswerken",   "Tuinbouw",  "Textiel",  "Chapes",     "Installaties"};
constexpr std::array<std::string_view, 18> places_be{
    "Van Eerdewijk", "Leyendaal", "Dewolve",  "Schaarhoek", "Maesvoorde", "Peeterbroek",
    "Vandermolen",   "Hoogstede", "Lambrecq", "Torhoven",   "Dendermeer", "Walvres",
    "Ourthenne",     "Mosanval",  "Brabeek",  "Kempenaer",  "Zandhove",   "Hesbayard"};
constexpr std::array<std::string_view, 4> forms_be{"BV", "NV", "SRL", "SA"};
constexpr std::array<std::string_view, 22> places_gb{
    "Hartwell",   "Ashcombe",      "Fernley",  "Oakmere",   "Thornbury Vale", "Kestrel",
    "Langdale",   "Pemberley Row", "Redfield", "Stonebeck", "Wexcombe",       "Harrowgate",
    "Marlow End", "Birchall",      "Cranmoor", "Elmsworth", "Dunsford",       "Greystoke Lane",
    "Millbrook",  "Norwell",       "Quayside", "Silverton"};
constexpr std::array<std::string_view, 20> trades_gb{
    "Tooling",   "Joinery",   "Fabrications", "Builders", "Motors",      "Electrical", "Plastics",
    "Packaging", "Interiors", "Roofing",      "Fixings",  "Engineering", "Printers",   "Logistics",
    "Hardware",  "Glazing",   "Kitchens",     "Marine",   "Signs",       "Castings"};
constexpr std::array<std::string_view, 4> forms_gb{"Ltd", "Ltd", "plc", "LLP"};

constexpr std::array<std::string_view, 16> first_names{
    "Camille", "Élise", "Hugo",   "Nadia", "Thomas", "Inès",   "Marc",  "Léa",
    "Sofie",   "Bram",  "Jeroen", "Anke",  "Emma",   "Oliver", "Priya", "Callum"};
constexpr std::array<std::string_view, 16> family_names{
    "Rivaud",    "Lemarchal", "Osterlin",  "Benhadi",  "Carvalin", "Duprelle", "Vanhoecke", "Declerq-Maes",
    "Tillemans", "Aerts-Roy", "Whitcombe", "Fairburn", "Ahmedi",   "Oakeley",  "Prestley",  "Garrowby"};

std::string_view one(Random& random, Words words) {
    return words[static_cast<std::size_t>(random.below(static_cast<int>(words.size())))];
}

std::string joined(std::string_view a, std::string_view b, std::string_view c) {
    return std::string(a) + " " + std::string(b) + " " + std::string(c);
}

}  // namespace

std::string firm_name(Random& random, const std::string& country) {
    if (country == "GB") return joined(one(random, places_gb), one(random, trades_gb), one(random, forms_gb));
    if (country == "BE" || country == "NL")
        return joined(one(random, trades_be), one(random, places_be), one(random, forms_be));
    return joined(one(random, trades_fr), one(random, places_fr), one(random, forms_fr));
}

std::string person_name(Random& random, const std::string& country) {
    const int start = country == "GB" ? 12 : country == "FR" ? 0 : 8;
    const auto first = first_names[static_cast<std::size_t>(start + random.below(country == "FR" ? 8 : 4))];
    const auto family =
        family_names[static_cast<std::size_t>(country == "GB" ? 10 + random.below(6) : random.below(10))];
    return std::string(first) + " " + std::string(family);
}

std::string domain_of(const std::string& firm) {
    std::string domain;
    for (const char c : fold(firm)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain) domain += c;
        if (!plain && !domain.empty() && domain.back() != '-') domain += '-';
    }
    while (domain.ends_with('-')) domain.pop_back();
    return domain;
}

std::string street(Random& random, const std::string& country) {
    const std::string number = std::to_string(random.between(1, 180));
    if (country == "GB") return number + " " + std::string(one(random, places_gb)) + " Road";
    if (country == "FR") return number + " rue " + std::string(one(random, places_fr));
    return std::string(one(random, places_be)) + "straat " + number;
}

std::string town(int place, const std::string& country) {
    using Towns = std::array<const char*, 5>;
    static const std::map<std::string, Towns> towns{
        {"FR", {"75011 Paris", "69003 Lyon", "59000 Lille", "44000 Nantes", "31000 Toulouse"}},
        {"GB", {"Leeds LS1 4AP", "Bristol BS1 5TR", "London SE1 7PB", "Norwich NR2 1AA", "Sheffield S1 2HE"}},
        {"BE", {"1000 Bruxelles", "2000 Antwerpen", "9000 Gent", "4000 Liège", "8500 Kortrijk"}},
        {"NL",
         {"3011 AA Rotterdam", "1012 AB Amsterdam", "5611 EM Eindhoven", "3511 LX Utrecht",
          "9711 LM Groningen"}}};
    const Towns& of_country = towns.at(country);
    return of_country[static_cast<std::size_t>(place) % of_country.size()];
}

}  // namespace countback::demo
