// Whole numbers of any size: what stays exact when several currencies meet (LED-1, handbook 5).
// Amounts of one currency fit 64 bits; sums over currencies have a common denominator that may not.
#pragma once
#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <vector>

#include "base/ratio.h"

namespace countback {

using Exact =
    boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>, boost::multiprecision::et_off>;

/// numerator / denominator as a whole number, half to even. Denominator > 0 (else Bug), result within 64
/// bits.
std::int64_t rounded_half_even(const Exact& numerator, const Exact& denominator);

/// numerator / denominator in hundredths, half to even. Denominator > 0.
Hundredths exact_hundredths(const Exact& numerator, const Exact& denominator);

/// Each value / unit rounded, then what is missing to `total` given to the largest (absolute; tie: the
/// first), so that the parts sum to `total`. Example: 10.4, 10.4, 10.2 to 31 → 11, 10, 10.
std::vector<std::int64_t> rounded_to_total(const std::vector<Exact>& values, const Exact& unit,
                                           std::int64_t total);

}  // namespace countback
