// What the rooms see of HTTP: one plain request, one plain response. The library stays behind the server.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "locale/language.h"

namespace countback::http {

enum class Method : std::uint8_t { get, post, put, patch, remove };

std::string_view name_of(Method method);  ///< `GET` … `DELETE`

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
    Method method = Method::get;
    std::string path;                 ///< decoded, starts with `/`, holds no `..` segment
    Pairs captures;                   ///< `{id}` of the pattern, filled by the gate
    Pairs query;                      ///< decoded, in order
    Pairs headers;                    ///< names in lower case
    std::string body;                 ///< empty when the body was streamed to `body_file`
    std::filesystem::path body_file;  ///< of routes with Body::upload; removed after the answer unless moved
    std::string remote_address;
    bool secure = false;  ///< reached over TLS (told by the reverse proxy)

    std::string_view header(std::string_view lower_name) const;              ///< empty when absent
    std::string_view capture(std::string_view name) const;                   ///< empty when absent
    std::optional<std::string_view> parameter(std::string_view name) const;  ///< first of the query
    std::string_view cookie(std::string_view name) const;                    ///< empty when absent
    Language language() const;                                               ///< of Accept-Language
};

/// Writes the next part of a long answer into `part` (replaced); false when there is no more.
using Producer = std::function<bool(std::string& part)>;

struct Response {
    int status = 200;
    Pairs headers;
    std::string body;
    std::string_view constant_body;  ///< bytes that live as long as the program; used when body is empty
    Producer producer;               ///< when set, the answer is streamed from it on the blocking pool
    std::filesystem::path file;      ///< when set, the answer is this file's bytes
    std::string route;               ///< pattern that answered, for the log and the metrics
    std::int64_t user = 0;           ///< who asked, for the log; 0 = nobody
};

/// The number an id in the path or query names: digits only, > 0.
std::optional<std::int64_t> parse_id(std::string_view text);

}  // namespace countback::http
