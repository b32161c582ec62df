// One number for a row of values: sums of them compare whole tables, whatever their order.
#pragma once
#include <cstdint>

namespace countback {

/// The hash with the value mixed in, the same on every machine; not against attackers. A row begins with the
/// number of its values; texts go in by their `hash64`.
constexpr std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
    hash = (hash ^ value) * 0x9e3779b97f4a7c15ULL;
    return hash ^ (hash >> 29U);
}

}  // namespace countback
