// What a person reads, in her language. Texts live in texts/{en,fr}.txt, one line each:
//   refusal.not_found = Not found: there is no such {what}, or it is not in your perimeter.
// Empty lines and lines that begin with # are skipped. A room keeps its lines under its own prefix.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/refusal.h"
#include "locale/language.h"

namespace countback::locale {

using Data = std::vector<std::pair<std::string, std::string>>;

/// The text of `key` with each `{name}` replaced by its value in `data` (a name without value becomes …).
/// A key that no file has answers the key itself: the house tests see to it that none is missing.
std::string text(Language language, std::string_view key, const Data& data = {});

bool has_text(Language language, std::string_view key);

/// What happened and what to do next, of `refusal.<code>.<reason>` where a reason has words of its own, else
/// of `refusal.<code>`.
std::string text_of(Language language, const Refusal& refusal);

}  // namespace countback::locale
