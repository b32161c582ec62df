// LED-1: shares, rates and days are exact ratios, rounded once, at the end, half to even.
// Example: 472 / 2 870.4 × 365 days = 60.0194… → 60.02.
#pragma once
#include <cstdint>
#include <string>

namespace countback {

using Wide = __int128;

/// numerator / denominator rounded to a whole number, half to even. Denominator > 0 (else Bug).
Wide divide_half_even(Wide numerator, Wide denominator);

/// A decimal with two places kept as an integer of hundredths: days, percentages.
struct Hundredths {
    std::int64_t value = 0;
    constexpr auto operator<=>(const Hundredths&) const = default;
    std::string text() const;  ///< `60.02`, `-0.50`
};

/// numerator / denominator rounded to hundredths, half to even. Denominator > 0.
Hundredths hundredths(Wide numerator, Wide denominator);

}  // namespace countback
