// The names of collections' enums, as the API and the files spell them.
#include <algorithm>

#include "collections/types.h"

namespace countback::collections {

std::string_view name_of(Channel channel) {
    constexpr std::array<std::string_view, 8> names{
        "email", "interactive_email", "sms", "letter", "registered_letter", "call", "task", "hand_over"};
    return names[static_cast<std::size_t>(channel)];
}

std::optional<Channel> parse_channel(std::string_view name) {
    for (std::size_t place = 0; place < channel_count; ++place) {
        if (name_of(static_cast<Channel>(place)) == name) return static_cast<Channel>(place);
    }
    return std::nullopt;
}

std::string_view name_of(Mode mode) {
    constexpr std::array<std::string_view, 3> names{"manual", "confirm", "automatic"};
    return names[static_cast<std::size_t>(mode)];
}

std::string_view name_of(TriggerBase base) {
    constexpr std::array<std::string_view, 3> names{"due", "issue", "previous"};
    return names[static_cast<std::size_t>(base)];
}

std::string_view name_of(Notice::Kind kind) {
    return kind == Notice::Kind::new_invoice ? "new_invoice" : "thank_you";
}

std::string_view name_of(Scenario::State state) {
    constexpr std::array<std::string_view, 3> names{"draft", "active", "retired"};
    return names[static_cast<std::size_t>(state)];
}

std::string_view name_of(Outcome outcome) {
    constexpr std::array<std::string_view, 4> names{"due", "waiting", "suppressed", "nothing"};
    return names[static_cast<std::size_t>(outcome)];
}

std::string_view name_of(AgendaKind kind) {
    constexpr std::array<std::string_view, 11> names{
        "call",    "email",       "letter",         "task",
        "confirm", "promise_due", "promise_broken", "dispute_to_answer",
        "reply",   "alert",       "credit_review"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(ItemOutcome::State state) {
    constexpr std::array<std::string_view, 5> names{"chased", "excluded", "not_due", "unapplied", "memo"};
    return names[static_cast<std::size_t>(state)];
}

}  // namespace countback::collections
