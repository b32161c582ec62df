// The routes of collections: agenda, standings, customers, today. Thin: parse, ask, render.
#pragma once
#include "access/gate.h"
#include "collections/page_names.h"
#include "collections/service.h"
#include "measures/answers.h"

namespace countback::collections {

/// `service`, `measures` and what `user_name` reads live as long as the gate.
void declare_routes(access::Gate& gate, Collections& service, const MeasureServices& measures,
                    UserName user_name);

}  // namespace countback::collections
