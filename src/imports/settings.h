// What a company chooses for its loads (IMP-3).
#pragma once
#include "access/audit.h"
#include "access/gate.h"
#include "receivables/ledger.h"

namespace countback::imports {

struct ImportSettings {
    int guard_percent = 20;  ///< 1 to 100: a full load that would clear more asks first; 100 = never asks
};

ImportSettings import_settings(store::Connection& connection);

/// GET and PUT /api/settings/imports. Both outlive the gate.
void declare_settings_routes(access::Gate& gate, Ledger& ledger, const access::Audit& audit);

}  // namespace countback::imports
