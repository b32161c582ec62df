// The measures' pages behind the gate: ageing, DSO, trend, waterfall, indicators, items, histories.
#pragma once
#include <functional>

#include "measures/answers.h"
#include "measures/exports.h"

namespace countback {

/// Standings of one item as the pages show them; the room that owns standings hands this in.
using ItemStandings = std::function<json::array(const access::Caller&, const MeasureRequest&, ItemId)>;

/// `services` outlives the gate.
void declare_measure_routes(access::Gate& gate, const MeasureServices& services);
void declare_settings_routes(access::Gate& gate, const MeasureServices& services);
void declare_item_routes(access::Gate& gate, const MeasureServices& services,
                         ItemStandings item_standings = {});

/// limit, after, sort and q of a list; format of an answer.
struct ListParameters {
    RowsRequest rows;
    std::optional<std::string> search;
    AnswerFormat format = AnswerFormat::json;
};
Result<ListParameters> read_list_parameters(const http::Request& request);

}  // namespace countback
