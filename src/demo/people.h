// Names of the demo company: made up, none of a real firm or person on purpose.
#pragma once
#include <string>

#include "demo/random.h"

namespace countback::demo {

struct Country {
    const char* code;
    const char* language;
};

/// A firm's name that fits its country: "Menuiserie Valbrune SARL", "Hartwell Tooling Ltd".
std::string firm_name(Random& random, const std::string& country);
/// A person's name that fits its country.
std::string person_name(Random& random, const std::string& country);
/// "Menuiserie Valbrune SARL" → "menuiserie-valbrune": the part of an address before `.test`.
std::string domain_of(const std::string& firm);
std::string street(Random& random, const std::string& country);
/// The last line of an address, by the customer's place in the company: "69003 Lyon", "Leeds LS1 4AP".
std::string town(int place, const std::string& country);

}  // namespace countback::demo
