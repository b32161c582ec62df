// HTTP of the imports, as docs/api/openapi.yaml has it: parse, call the service, render. No rules here.
#pragma once
#include "access/gate.h"
#include "imports/service.h"

namespace countback::imports {

/// `service` and `clock` outlive the gate.
void declare_routes(access::Gate& gate, Imports& service, const Clock& clock);

}  // namespace countback::imports
