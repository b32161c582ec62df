// Carries out a plan inside one writing of the ledger (IMP-4).
#pragma once
#include "imports/party_lines.h"
#include "receivables/ledger.h"

namespace countback::imports {

/// The numbers that the load's facts got, filled when the transaction takes them.
struct Applied {
    LoadId load;
    FactNo last;                    ///< of its transaction
    std::vector<ItemId> new_items;  ///< beside Plan::new_lines
};

/// Appends entities, customers, items, allocations and the load's own facts. `applied` must live until the
/// writing ends. Refusals: preview_stale.
Result<void> apply_plan(Writing& writing, const Plan& plan, Applied& applied);

}  // namespace countback::imports
