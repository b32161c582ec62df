// What measures ask about standings and only collections knows, handed over here since neither includes the
// other.
#pragma once
#include "collections/service.h"
#include "measures/answers.h"
#include "measures/routes.h"

namespace countback {

/// PRO-1 for KPI: what became of a promise. One recorded for several items is told once, by its first
/// standing.
JudgePromise promise_judge(collections::Collections& service);

/// The standings of one item, those of its whole account too, and the scenario chosen for it alone, as
/// GET /api/items/{id} shows them.
ItemTold item_told(collections::Collections& service, std::function<std::string(UserId)> user_name);

}  // namespace countback
