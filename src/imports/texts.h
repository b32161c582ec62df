// Keeps the texts of a file in a few large blocks, so that a million lines do not make a million strings.
#pragma once
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace countback::imports {

class Texts {
public:
    /// A copy that lives as long as this.
    std::string_view keep(std::string_view text) {
        if (text.empty()) return {};
        if (used_ + text.size() > size_) open_block(text.size());
        char* place = blocks_.back().get() + used_;
        std::memcpy(place, text.data(), text.size());
        used_ += text.size();
        return {place, text.size()};
    }

private:
    static constexpr std::size_t block_bytes = 1 << 20;
    void open_block(std::size_t least) {
        size_ = least > block_bytes ? least : block_bytes;
        blocks_.push_back(std::make_unique_for_overwrite<char[]>(size_));
        used_ = 0;
    }
    std::vector<std::unique_ptr<char[]>> blocks_;
    std::size_t used_ = 0;
    std::size_t size_ = 0;
};

}  // namespace countback::imports
