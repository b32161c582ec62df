// LED-1: money is an integer of minor units and an ISO 4217 currency; no binary floating point touches it.
// Example: 1 234.56 EUR is {123456, EUR}; 1 234 JPY is {1234, JPY}; 1.234 KWD is {1234, KWD}.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace countback {

/// One of the active ISO 4217 currencies, as its place in `currencies.def` (kept in memory only;
/// files and the database hold the three letters).
class Currency {
public:
    constexpr Currency() = default;
    static constexpr Currency at(std::uint8_t index) { return Currency(index); }
    /// By its three capital letters; nothing when unknown.
    static std::optional<Currency> parse(std::string_view code);

    constexpr std::uint8_t index() const { return index_; }
    std::string_view code() const;
    int decimals() const;                 ///< 0, 2 or 3
    std::int64_t minor_per_unit() const;  ///< 1, 100 or 1000
    static std::uint8_t count();
    constexpr auto operator<=>(const Currency&) const = default;

private:
    constexpr explicit Currency(std::uint8_t index) : index_(index) {}
    std::uint8_t index_ = 0;
};

struct Money {
    std::int64_t minor = 0;  ///< minor units, signed
    Currency currency;
    constexpr bool operator==(const Money&) const = default;
};

/// Minor units as a plain decimal, `-1234.56`, with the currency's decimals; for files and the API.
std::string decimal(std::int64_t minor, Currency currency);

/// Reads a plain decimal (`-1234.56`, at most the currency's decimals, |x| < 10^15 units).
std::optional<std::int64_t> parse_decimal(std::string_view text, Currency currency);

/// a + b; throws Bug on overflow: sums of a book stay far below 2^63 minor units.
std::int64_t checked_add(std::int64_t a, std::int64_t b);

}  // namespace countback
