// The generator's files, field by field.
#pragma once
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <string_view>

#include "base/date.h"

namespace countback::bench {

/// A CSV file without quotes, read field by field.
class Fields {
public:
    explicit Fields(const std::string& path) {
        const int file = ::open(path.c_str(), O_RDONLY);
        struct stat status {};
        if (file < 0 || ::fstat(file, &status) != 0) throw std::runtime_error("cannot read " + path);
        size_ = static_cast<std::size_t>(status.st_size);
        void* mapped = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file, 0);
        ::close(file);
        if (mapped == MAP_FAILED) throw std::runtime_error("cannot map " + path);
        begin_ = at_ = static_cast<const char*>(mapped);
        end_ = begin_ + size_;
        while (at_ < end_ && *at_++ != '\n') {
        }
    }
    ~Fields() { ::munmap(const_cast<char*>(begin_), size_); }
    Fields(const Fields&) = delete;
    Fields& operator=(const Fields&) = delete;

    bool more() const { return at_ < end_; }
    std::string_view text() {
        const char* from = at_;
        while (*at_ != ',' && *at_ != '\n') ++at_;
        return {from, static_cast<std::size_t>(at_++ - from)};
    }
    std::int64_t number() {
        const bool negative = *at_ == '-';
        std::int64_t value = 0;
        for (const char digit : text()) {
            if (digit != '-') value = value * 10 + (digit - '0');
        }
        return negative ? -value : value;
    }
    Date day() {
        const std::string_view iso = text();
        const auto two = [&](std::size_t at) { return (iso[at] - '0') * 10 + (iso[at + 1] - '0'); };
        return *Date::of(two(0) * 100 + two(2), static_cast<unsigned>(two(5)), static_cast<unsigned>(two(8)));
    }

private:
    const char* begin_ = nullptr;
    const char* at_ = nullptr;
    const char* end_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace countback::bench
