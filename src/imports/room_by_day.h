// LED-3 for what a file says is settled: an item's allocations stay between 0 and its amount on every day, so
// what is missing is settled on the days on which there is room for it.
//
// Example: F1 of 100, settled on 1 May, taken back on 15 June. A file says cleared on 1 May: from 1 May to
// 14 June it is; 100 are settled on 15 June. Seen from now on F1 is settled from 1 May on.
#pragma once
#include <vector>

#include "imports/plan.h"

namespace countback::imports {

struct DayAmount {
    Date day;
    std::int64_t amount = 0;  ///< minor units
    bool operator==(const DayAmount&) const = default;
};

/// What the allocations of an item settle, by effective day, without provisional cash (IMP-8) and without
/// what the plan takes back. Ascending days, sums of all up to and with the day.
std::vector<DayAmount> settled_by_day(const Snapshot& book, const Plan& plan, ItemRow item);

/// What can be settled from `from` on so that as much as possible of `target` (minor units, >= 0) is settled
/// and no day exceeds it. Ascending days, amounts > 0.
std::vector<DayAmount> settlements_to(const std::vector<DayAmount>& settled, Date from, std::int64_t target);

/// The first day from which on exactly `target` is settled; nothing when it is not in the end.
std::optional<Date> settled_from(const std::vector<DayAmount>& settled, std::int64_t target);

}  // namespace countback::imports
