#include "receivables/lists.h"

#include <charconv>

namespace countback {
namespace {

std::optional<std::int64_t> whole(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string hex(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[static_cast<unsigned char>(c) & 15];
    }
    return out;
}

std::optional<std::string> unhex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        unsigned value = 0;
        const auto [end, error] = std::from_chars(text.data() + i, text.data() + i + 2, value, 16);
        if (error != std::errc{} || end != text.data() + i + 2) return std::nullopt;
        out += static_cast<char>(value);
    }
    return out;
}

}  // namespace

std::string Cursor::text() const {
    return std::to_string(value.number) + "." + hex(std::string_view(value.text).substr(0, 120)) + "." +
           std::to_string(id);
}

std::optional<Cursor> Cursor::parse(std::string_view text) {
    const auto first = text.find('.');
    const auto last = text.rfind('.');
    if (first == std::string_view::npos || first == last) return std::nullopt;
    const auto number = whole(text.substr(0, first));
    const auto words = unhex(text.substr(first + 1, last - first - 1));
    const auto id = whole(text.substr(last + 1));
    if (!number || !words || !id) return std::nullopt;
    return Cursor{{*number, *words}, *id};
}

PageOfRows page_of(const std::vector<Cursor>& keys, const PageRequest& request) {
    const bool descending = request.direction == Direction::descending;
    const auto before = [&](const Cursor& a, const Cursor& b) { return descending ? b < a : a < b; };
    PageOfRows page;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (!request.after || before(*request.after, keys[i])) page.places.push_back(i);
    }
    const std::size_t shown = std::min(request.limit, page.places.size());
    const bool more = page.places.size() > shown;
    std::partial_sort(page.places.begin(), page.places.begin() + static_cast<std::ptrdiff_t>(shown),
                      page.places.end(),
                      [&](std::size_t a, std::size_t b) { return before(keys[a], keys[b]); });
    page.places.resize(shown);
    if (more && shown > 0) page.next = keys[page.places.back()];
    return page;
}

}  // namespace countback
