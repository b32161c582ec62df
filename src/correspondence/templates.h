// MSG-2: the texts of messages, by code and language. Shipped ones stand until a person saves her own; every
// version is kept. A text is checked when it is saved: what is unknown or broken is refused with its line.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/refusal.h"
#include "correspondence/types.h"
#include "formats/message_text.h"
#include "store/database.h"

namespace countback::correspondence {

/// Mustache: subject and plain text. The HTML part is made from the text, with the items as a table.
struct TemplateText {
    std::string code{}, language{};  ///< language: `en`, `fr`
    std::string subject{}, text{};
    std::int64_t version = 0;  ///< 0 = as shipped
};

inline constexpr std::array<std::string_view, 11> shipped_codes{
    "pre_reminder", "reminder_1",  "reminder_2", "firm_reminder", "formal_notice",         "final_notice",
    "statement",    "new_invoice", "thank_you",  "courtesy",      "public_buyer_reminder",
};

/// Every name a template may use (docs/rules/messages.md lists them with their meaning).
const formats::MessageNames& template_names();

/// The text that stands. In a language that has none: English. Nothing when no such code is known.
std::optional<TemplateText> template_text(store::Connection& connection, std::string_view code,
                                          std::string_view language);
/// Whether a message's text is the one that stood when it was asked for (MSG-2): what a person said yes to is
/// what leaves. Words of her own stand by themselves; what the run asked for takes the text of its day; what
/// is not written yet is asked again once it is.
bool text_stands(store::Connection& connection, const Message& message);
/// Every code with its languages, shipped ones first.
std::vector<TemplateText> all_templates(store::Connection& connection);

/// Refuses template_invalid (line, reason), field_invalid (code, language, subject).
Result<void> check_template(const TemplateText& text);
struct TextChange {
    UserId author;
    Instant now;
    std::optional<std::int64_t>
        seen{};  ///< the version that was changed, 0 = as shipped; none = whichever stands
};
/// Checks and appends a version inside the open transaction; answers its number, 0 where the words are those
/// delivered. Refuses, besides what the check does, changed_meanwhile: another version than the one seen
/// stands.
Result<std::int64_t> save_template(store::Connection& connection, const TemplateText& text,
                                   const TextChange& change);

struct Rendered {
    std::string subject{}, text{};
};
/// Refuses template_invalid when the result is too large or the text does not stand any more.
Result<Rendered> render(const TemplateText& text, const formats::MessageData& data);

}  // namespace countback::correspondence
