#include "receivables/rates_exact.h"

#include <limits>

#include "base/ensure.h"

namespace countback {

std::int64_t rounded_half_even(const Exact& numerator, const Exact& denominator) {
    ensure(denominator > 0, "a denominator is positive");
    Exact quotient = numerator / denominator;  // truncates towards zero
    const Exact rest = numerator - quotient * denominator;
    const Exact twice = 2 * abs(rest);
    const bool away = twice > denominator || (twice == denominator && bit_test(abs(quotient), 0));
    if (away) quotient += numerator < 0 ? -1 : 1;
    ensure(quotient <= std::numeric_limits<std::int64_t>::max() &&
               quotient >= std::numeric_limits<std::int64_t>::min(),
           "a rounded amount fits 64 bits");
    return quotient.convert_to<std::int64_t>();
}

Hundredths exact_hundredths(const Exact& numerator, const Exact& denominator) {
    return Hundredths{rounded_half_even(numerator * 100, denominator)};
}

std::vector<std::int64_t> rounded_to_total(const std::vector<Exact>& values, const Exact& unit,
                                           std::int64_t total) {
    std::vector<std::int64_t> rounded;
    rounded.reserve(values.size());
    std::int64_t rest = total;
    std::size_t largest = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        rounded.push_back(rounded_half_even(values[i], unit));
        rest -= rounded.back();
        if (abs(values[i]) > abs(values[largest])) largest = i;
    }
    if (!rounded.empty()) rounded[largest] += rest;
    return rounded;
}

}  // namespace countback
