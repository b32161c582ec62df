// The facts of one account, newest first (LED-4): items, their versions, allocations, what was taken back,
// standings.
#pragma once
#include "measures/answers.h"

namespace countback {

/// One page by fact number. Refuses not_found outside the perimeter.
Result<json::object> history_json(const MeasureRequest& request, CustomerId customer, const PageRequest& page,
                                  const MeasureServices& services, ListNames& names);

}  // namespace countback
