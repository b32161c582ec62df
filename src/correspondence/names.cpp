#include <array>

#include "correspondence/types.h"

namespace countback::correspondence {

namespace {
constexpr std::array<std::string_view, message_states> state_names{
    "requested", "reserved", "sending", "waiting", "sent", "failed", "ambiguous", "cancelled", "to_post"};
constexpr std::array<std::string_view, 3> kind_names{"step", "notice", "single"};
}  // namespace

std::string_view name_of(MessageState state) { return state_names[static_cast<std::size_t>(state) - 1]; }
std::string_view name_of(MessageKind kind) { return kind_names[static_cast<std::size_t>(kind) - 1]; }

std::optional<MessageState> parse_state(std::string_view name) {
    for (std::size_t place = 0; place < state_names.size(); ++place) {
        if (state_names[place] == name) return static_cast<MessageState>(place + 1);
    }
    return std::nullopt;
}

}  // namespace countback::correspondence
