// The words of notes and steps in a person's language, for pages, files and the terminal.
#pragma once
#include "collections/page_names.h"
#include "collections/types.h"

namespace countback::collections {

const std::string& name_of(const Step& step, Language language);
const std::string& name_of(const Scenario& scenario, Language language);

/// The text of `collections.<family>.<code>`; an item's note begins with its number. `decision` names the
/// steps.
std::string text_of(std::string_view family, const Note& note, const Scenario* scenario, PageNames& names);

/// `{code, text, data}` of a reason.
json::object note_json(const Note& note, const Scenario* scenario, PageNames& names);

}  // namespace countback::collections
