// The web app's files, from inside the program: ETag, caching, gzip. Addresses without a file are the app's
// own (/customers/12) and answer index.html.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "http/message.h"

namespace countback::http {

class Assets {
public:
    /// `pack`: for each file "path\0size\0size compressed\0bytes, compressed bytes" (gzip, made with the
    /// program), path with its first slash. It outlives the assets.
    explicit Assets(std::string_view pack);
    Response answer(const Request& request) const;
    std::size_t count() const { return files_.size(); }

private:
    struct File {
        std::string_view plain;
        std::string_view packed;  ///< gzip; empty when it would not be smaller
        std::string etag;
        std::string_view type;
    };
    std::map<std::string, File, std::less<>> files_;
};

}  // namespace countback::http
