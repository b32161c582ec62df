// The zip around a workbook: parts by name, read through expat, within limits.
#pragma once
#include <zip.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace countback::formats {

using Attributes = std::map<std::string_view, std::string_view>;

/// What a walk over one XML part calls. Names come without their prefix.
struct XmlHandlers {
    std::function<void(std::string_view name, const Attributes&)> start;
    std::function<void(std::string_view name)> end;
    std::function<void(std::string_view text)> text;
    /// Asked after each block; false ends the walk.
    std::function<bool()> go_on = [] { return true; };
};

class XlsxPackage {
public:
    /// Takes the zip; closes it at the end.
    explicit XlsxPackage(zip_t* archive) : archive_(archive, &zip_discard) {}
    /// Few enough entries, none and not all together too large when unpacked.
    bool within_limits() const;
    bool has(const std::string& part) const;
    /// Walks one part. False: missing, damaged, with a document type, or larger than it said.
    bool walk(const std::string& part, const XmlHandlers& handlers) const;

private:
    std::unique_ptr<zip_t, decltype(&zip_discard)> archive_;
};

}  // namespace countback::formats
