#include "base/ratio.h"

#include "base/ensure.h"

namespace countback {

Wide divide_half_even(Wide numerator, Wide denominator) {
    ensure(denominator > 0, "a ratio has a positive denominator");
    Wide quotient = numerator / denominator;
    Wide rest = numerator % denominator;
    if (rest < 0) {
        rest += denominator;
        --quotient;
    }
    const Wide twice = rest * 2;
    if (twice > denominator || (twice == denominator && quotient % 2 != 0)) ++quotient;
    return quotient;
}

std::string Hundredths::text() const {
    const bool negative = value < 0;
    const std::uint64_t size =
        negative ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    const std::string part = std::to_string(size % 100);
    return (negative ? "-" : "") + std::to_string(size / 100) + (part.size() == 1 ? ".0" : ".") + part;
}

Hundredths hundredths(Wide numerator, Wide denominator) {
    return {static_cast<std::int64_t>(divide_half_even(numerator * 100, denominator))};
}

}  // namespace countback
