// Unguessable tokens, and comparing them without telling how much was right.
#pragma once
#include <string>
#include <string_view>

namespace countback::crypto {

/// 32 random bytes as 43 letters of base64url: a session, a link.
std::string random_token();
std::string random_hex(std::size_t bytes);
/// In a time that does not depend on where the two differ. Two empty texts are not equal.
bool equal(std::string_view a, std::string_view b);

}  // namespace countback::crypto
