// Countries as an envelope names them: the last line, in capitals, in a language that the post of the
// sender's country reads (UPU, S42 and the posts' own guides). Names are those of ICU.
//
//   from France to DE: ALLEMAGNE      from Spain to DE: GERMANY
#pragma once
#include <string>
#include <string_view>

#include "locale/language.h"

namespace countback::locale {

/// French where French is a language of the post's (BE, FR, LU, MC), else English.
Language language_of_post(std::string_view country);

/// `DE` in French: `ALLEMAGNE`. ISO 3166, two capitals; a code that is no country answers itself.
std::string country_in_capitals(Language language, std::string_view code);

/// Whether the line is the country, by its code or by its name in English, French or its own language, in
/// whatever case.
bool names_country(std::string_view line, std::string_view code);

}  // namespace countback::locale
