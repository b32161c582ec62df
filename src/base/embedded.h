// Files that travel inside the program (migrations, texts, the web app).
#pragma once
#include <span>
#include <string_view>
#include <vector>

namespace countback::embedded {

struct File {
    std::string_view name;  ///< relative, `0001_items.sql`
    std::string_view bytes;
};

}  // namespace countback::embedded
