#include "http/assets.h"

#include <array>
#include <charconv>

#include "base/ensure.h"
#include "crypto/hash.h"
#include "http/json.h"

namespace countback::http {

namespace {

std::string_view type_of(std::string_view path) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 12> types{{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".webp", "image/webp"},
        {".woff2", "font/woff2"},
        {".txt", "text/plain; charset=utf-8"},
        {".map", "application/json"},
        {".webmanifest", "application/manifest+json"},
    }};
    for (const auto& [ending, type] : types) {
        if (path.ends_with(ending)) return type;
    }
    return "application/octet-stream";
}

std::string_view taken_to_zero(std::string_view& pack) {
    const auto end = pack.find('\0');
    ensure(end != std::string_view::npos, "the pack of the web app is whole");
    const std::string_view text = pack.substr(0, end);
    pack.remove_prefix(end + 1);
    return text;
}

std::size_t size_taken(std::string_view& pack) {
    const std::string_view text = taken_to_zero(pack);
    std::size_t size = 0;
    std::from_chars(text.data(), text.data() + text.size(), size);
    return size;
}

std::string_view bytes_taken(std::string_view& pack, std::size_t size) {
    ensure(size <= pack.size(), "the pack of the web app is whole");
    const std::string_view bytes = pack.substr(0, size);
    pack.remove_prefix(size);
    return bytes;
}

bool accepts_gzip(const Request& request) {
    return request.header("accept-encoding").find("gzip") != std::string_view::npos;
}

}  // namespace

Assets::Assets(std::string_view pack) {
    while (!pack.empty()) {
        const std::string path(taken_to_zero(pack));
        const std::size_t size = size_taken(pack), packed = size_taken(pack);
        File file{bytes_taken(pack, size), bytes_taken(pack, packed), {}, type_of(path)};
        file.etag = "\"" + crypto::sha256_hex(file.plain).substr(0, 24) + "\"";
        files_.emplace(path, std::move(file));
    }
}

Response Assets::answer(const Request& request) const {
    if (request.method != Method::get)
        return refusal_answer({RefusalCode::not_found, {}}, request.language());
    auto found = files_.find(request.path);
    const bool named = found != files_.end();
    const bool hashed = request.path.starts_with("/assets/");
    if (!named && !hashed) found = files_.find("/index.html");
    Response response;
    response.route = named ? "(file)" : "(page)";
    if (found == files_.end()) {
        response = refusal_answer({RefusalCode::not_found, {}}, request.language());
        response.route = "(file)";
        return response;
    }
    const File& file = found->second;
    const bool packed = !file.packed.empty() && accepts_gzip(request);
    // The names of hashed files change with their bytes; everything else is asked again each time.
    response.headers = {{"Content-Type", std::string(file.type)},
                        {"ETag", file.etag},
                        {"Vary", "Accept-Encoding"},
                        {"Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache"}};
    if (request.header("if-none-match").find(file.etag) != std::string_view::npos) {
        response.status = 304;
        return response;
    }
    if (packed) response.headers.emplace_back("Content-Encoding", "gzip");
    response.constant_body = packed ? file.packed : file.plain;
    return response;
}

}  // namespace countback::http
