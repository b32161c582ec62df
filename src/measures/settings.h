// What a company chooses for its measures: the settings that the handbook names, with its defaults.
//   DSO-6 the internal rate; AGE-1 the columns' bounds; KPI-1 the basis of the late rate; KPI-3 the span;
//   KPI-4 the months and the classes of payers.
// Example: internal rate 8.5 % a year, columns at 15, 30, 60 and 90 days.
#pragma once
#include <boost/json.hpp>
#include <optional>

#include "base/refusal.h"
#include "measures/ageing.h"
#include "measures/indicators.h"
#include "store/database.h"

namespace countback {

struct MeasureSettings {
    std::optional<std::int64_t> internal_rate_ppm;  ///< a year, 0 to 1 000 000; none: DSO-6 is not told
    AgeingBounds ageing;
    int late_days_above = 0;  ///< KPI-1: 0, 30, 60 or 90
    int cei_months = 3;       ///< KPI-3: 1, 3, 6 or 12
    BehaviourOptions behaviour;

    AgeingOptions ageing_options(Unapplied unapplied = Unapplied::own_column) const {
        return {ageing, unapplied};
    }
    IndicatorOptions indicator_options(JudgePromise judge_promise) const;
};

/// As saved; the defaults where nobody chose.
MeasureSettings measure_settings(store::Connection& connection);

/// Every field of the contract's MeasureSettings must be there. Refuses `field_missing`, `field_invalid`.
Result<MeasureSettings> read_measure_settings(const boost::json::object& object);
boost::json::object measure_settings_json(const MeasureSettings& settings);

/// Under which `access::setting` they are kept.
inline constexpr std::string_view measure_settings_name = "measures";

}  // namespace countback
