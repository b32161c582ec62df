#include "base/money.h"

#include <algorithm>
#include <iterator>

#include "base/ensure.h"

namespace countback {
namespace {

struct Listed {
    char code[4];
    std::uint8_t decimals;
};

constexpr Listed listed[] = {
#define CURRENCY(code, decimals) {#code, decimals},
#include "base/currencies.def"
#undef CURRENCY
};

}  // namespace

std::optional<Currency> Currency::parse(std::string_view code) {
    const auto* found = std::lower_bound(std::begin(listed), std::end(listed), code,
                                         [](const Listed& a, std::string_view b) { return a.code < b; });
    if (found == std::end(listed) || found->code != code) return std::nullopt;
    return Currency(static_cast<std::uint8_t>(found - std::begin(listed)));
}

std::string_view Currency::code() const { return listed[index_].code; }
int Currency::decimals() const { return listed[index_].decimals; }
std::uint8_t Currency::count() { return static_cast<std::uint8_t>(std::size(listed)); }

std::int64_t Currency::minor_per_unit() const {
    constexpr std::int64_t powers[] = {1, 10, 100, 1000};
    return powers[decimals()];
}

std::string decimal(std::int64_t minor, Currency currency) {
    const bool negative = minor < 0;
    const auto magnitude =
        negative ? 0 - static_cast<std::uint64_t>(minor) : static_cast<std::uint64_t>(minor);
    std::string digits = std::to_string(magnitude);
    const auto decimals = static_cast<std::size_t>(currency.decimals());
    if (decimals > 0) {
        if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
        digits.insert(digits.size() - decimals, 1, '.');
    }
    return negative ? "-" + digits : digits;
}

std::optional<std::int64_t> parse_decimal(std::string_view text, Currency currency) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view part = point == std::string_view::npos ? "" : text.substr(point + 1);
    const auto decimals = static_cast<std::size_t>(currency.decimals());
    if (whole.empty() || whole.size() > 15 || part.size() > decimals) return std::nullopt;
    if (point != std::string_view::npos && part.empty()) return std::nullopt;
    std::int64_t minor = 0;
    for (const std::string_view digits : {whole, part}) {
        for (const char c : digits) {
            if (c < '0' || c > '9') return std::nullopt;
            minor = minor * 10 + (c - '0');
        }
    }
    for (std::size_t i = part.size(); i < decimals; ++i) minor *= 10;
    return negative ? -minor : minor;
}

std::int64_t checked_add(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    ensure(!__builtin_add_overflow(a, b, &sum), "sums of money fit 64 bits");
    return sum;
}

}  // namespace countback
