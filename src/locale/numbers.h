// Amounts and dates as a customer reads them in a letter: exact decimals, never binary floating point
// (LED-1).
//
//   en  1,234.56 EUR   31 March 2026      fr  1 234,56 EUR   31 mars 2026
//
// The spaces that group digits are no-break spaces, so that an amount never breaks over two lines.
#pragma once
#include <string>

#include "base/date.h"
#include "base/money.h"
#include "locale/language.h"

namespace countback::locale {

/// The amount alone, with the currency's decimals and a real minus.
std::string amount(Language language, Money money);
/// The amount and its three letters.
std::string money(Language language, Money money);
std::string long_date(Language language, Date date);   ///< `31 March 2026`
std::string short_date(Language language, Date date);  ///< `31/03/2026`, day first in both

}  // namespace countback::locale
