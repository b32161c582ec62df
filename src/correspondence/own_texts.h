// MSG-2: texts beside those delivered: a new one with its code and name, the versions of one, and its end.
//
// A new text begins with the words of another, in both languages, or bare. Words that are those delivered
// make the text "as delivered" again. Example: reminder_1 saved twice, then with the delivered words: it
// stands as delivered, and both versions can still be read. Source: handbook §6.
#pragma once
#include <map>

#include "correspondence/templates.h"

namespace countback::correspondence {

/// What was delivered with the program; nothing for another code.
std::optional<TemplateText> shipped_text(std::string_view code, std::string_view language);
bool is_shipped(std::string_view code);

struct NewText {
    std::string code, name;     ///< a-z 0-9 _, 1 to 40; 1 to 80 letters on one line
    std::string begins_with{};  ///< the code whose words it takes; empty = bare
};
struct ByWhom {
    UserId author;
    Instant now;
};
/// Inside the open transaction. Refuses field_invalid (code, name; a code that is taken), template_unknown.
Result<void> add_text(store::Connection& connection, const NewText& text, const ByWhom& by);

/// By code; texts delivered are named by the pages, in the reader's language.
std::map<std::string, std::string> text_names(store::Connection& connection);

struct TextVersion {
    TemplateText text;  ///< version 0 = as delivered
    std::optional<Instant> saved_at{};
    UserId author;
};
/// Newest first, what was delivered last.
std::vector<TextVersion> text_versions(store::Connection& connection, std::string_view code,
                                       std::string_view language);

/// Inside the open transaction: the versions saved before stand no more. Answers the row.
std::int64_t withdraw_text(store::Connection& connection, std::string_view code, std::string_view language,
                           const ByWhom& by);
/// Inside the open transaction, in every language. Refuses template_unknown, field_invalid (delivered).
Result<void> remove_text(store::Connection& connection, std::string_view code, const ByWhom& by);

}  // namespace countback::correspondence
