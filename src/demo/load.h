// Appends the demo company to an empty ledger.
#pragma once
#include "demo/generate.h"
#include "receivables/ledger.h"

namespace countback::demo {

/// One transaction. Refuses load_already_applied when the ledger holds facts: a real company is never mixed
/// up.
Result<void> load(Ledger& ledger, const DemoCompany& company, Date today);

}  // namespace countback::demo
