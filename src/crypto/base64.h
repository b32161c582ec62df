// Bytes written as letters, RFC 4648.
#pragma once
#include <string>
#include <string_view>

namespace countback::crypto {

std::string base64_of(std::string_view bytes);
/// Empty when it is not base64 with its padding.
std::string bytes_of_base64(std::string_view text);

}  // namespace countback::crypto
