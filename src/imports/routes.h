// HTTP of the imports, as docs/api/openapi.yaml has it: parse, call the service, render. No rules here.
#pragma once
#include "access/audit.h"
#include "access/gate.h"
#include "imports/service.h"

namespace countback::imports {

/// `service` and `clock` outlive the gate.
void declare_routes(access::Gate& gate, Imports& service, const Clock& clock);

/// IMP-5, IMP-8: changes by a person, and cash recorded in the product. Both outlive the gate.
void declare_change_routes(access::Gate& gate, Ledger& ledger, const access::Audit& audit);

}  // namespace countback::imports
