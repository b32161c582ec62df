// Lines that were refused: what the user reads, and what they protect (IMP-1, IMP-3).
#pragma once
#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/refusal.h"

namespace countback::imports {

struct RefusedLine {
    std::int64_t line = 0;
    std::string column;  ///< the header; empty when the whole line is meant
    std::string value;   ///< as the file has it
    Refusal refusal;
};

/// What must not be cleared by absence because a refused line names it: the item, if unreadable its customer,
/// else its entity; a line that names none of the three protects every entity of the file.
struct Protected {
    std::unordered_set<std::uint64_t> keys;
    std::unordered_set<std::uint32_t> customers;  ///< places in FileParties
    std::unordered_set<std::uint32_t> entities;
    bool everything = false;
};

}  // namespace countback::imports
