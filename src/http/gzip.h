// Inside http/ only: assets are kept compressed once, not per request.
#pragma once
#include <string>
#include <string_view>

namespace countback::http {

/// RFC 1952, one member, level 9.
std::string gzipped(std::string_view plain);

}  // namespace countback::http
