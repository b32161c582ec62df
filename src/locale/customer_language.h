// The language of a customer or contact, as the programs that export them write it.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace countback {

/// Two small letters (ISO 639-1): of `fr`, `FR`, `fr-FR`, `fr_FR.UTF-8`, `fra`, `French`, `Français`, or the
/// one sign SAP has for it (`F`). Empty of an empty text; nothing where it is none of these.
std::optional<std::string> customer_language(std::string_view text);

}  // namespace countback
