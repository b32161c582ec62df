// Files of allocations: dated amounts that settle items known by number or source id.
#pragma once
#include "imports/plan.h"

namespace countback::imports {

/// Reads and matches them. A line equal to an allocation that the ledger has already (same items, day,
/// amount) is unchanged; the same line n times in one file means n allocations. Refuses by line:
/// item_unknown, allocation_exceeds_item{amount, open, item}, currency_mismatch, amount_not_positive.
/// Refusals of the file end it.
Result<void> plan_allocations(formats::TableSource& rows, const ItemReading& reading, const Snapshot& book,
                              const Perimeter& perimeter, Plan& plan);

}  // namespace countback::imports
