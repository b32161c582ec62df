// The measures' pages behind the gate: ageing, DSO, trend, waterfall, indicators, items, histories.
#pragma once
#include <functional>

#include "measures/answers.h"
#include "measures/exports.h"

namespace countback {

/// What only a room above knows of one item, as its page shows it: `standings`, and `scenario`, the one
/// chosen for it alone.
using ItemTold = std::function<json::object(const access::Caller&, const MeasureRequest&, ItemId)>;

/// `services` outlives the gate.
void declare_measure_routes(access::Gate& gate, const MeasureServices& services);
void declare_settings_routes(access::Gate& gate, const MeasureServices& services);
void declare_item_routes(access::Gate& gate, const MeasureServices& services, ItemTold item_told = {});

/// limit, after, sort and q of a list; format of an answer.
struct ListParameters {
    RowsRequest rows;
    std::optional<std::string> search;
    AnswerFormat format = AnswerFormat::json;
};
Result<ListParameters> read_list_parameters(const http::Request& request);

}  // namespace countback
