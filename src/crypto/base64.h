// Bytes written as letters, RFC 4648.
#pragma once
#include <string>
#include <string_view>

namespace countback::crypto {

/// Empty when it is not base64 with its padding.
std::string bytes_of_base64(std::string_view text);

}  // namespace countback::crypto
