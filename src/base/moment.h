// The two times of every figure (LED-3): what the books said of day D, seen with what was recorded by T.
#pragma once
#include <limits>

#include "base/date.h"
#include "base/ids.h"

namespace countback {

/// Known at no particular time: everything recorded so far.
constexpr FactNo known_now{std::numeric_limits<std::int64_t>::max()};

struct Moment {
    Date as_of;
    FactNo known_at = known_now;
};

}  // namespace countback
