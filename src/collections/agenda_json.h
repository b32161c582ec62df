// Decisions as the agenda and the why panel show them (COL-4, COL-6, COL-10, COL-11).
#pragma once
#include "collections/page_names.h"
#include "collections/service.h"

namespace countback::collections {

json::object counts_json(const OutcomeCounts& counts);

/// One AgendaRow of the contract.
json::object agenda_row_json(const Decision& decision, Date today, PageNames& names);

/// The decision whole: every suppressor tried, every item with its state.
json::object decision_json(const Decision& decision, const DecidedRun& run, PageNames& names);

/// A step's name in the caller's language, or null.
json::value step_name_json(const Decision& decision, std::optional<std::size_t> step, Language language);

json::value date_json(std::optional<Date> date);

}  // namespace countback::collections
