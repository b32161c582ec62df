// What a contact can be in his company; scenarios write to functions, never to names.
#pragma once
#include <array>
#include <string_view>

namespace countback::parties {

inline constexpr std::array<std::string_view, 5> contact_functions{"payables", "buyer", "executive", "legal",
                                                                   "other"};

}  // namespace countback::parties
