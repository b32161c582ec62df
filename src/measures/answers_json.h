// Figures as the API and the command line spell them: amounts, days and ratios are decimal strings or null.
#pragma once
#include <boost/json.hpp>

#include "measures/ageing.h"
#include "measures/indicators.h"
#include "measures/item_list.h"
#include "measures/waterfall.h"
#include "receivables/lists_names.h"

namespace countback {
namespace json = boost::json;

json::value days_json(const std::optional<Hundredths>& days);
json::value days_json(const DsoFigure& figure);

json::object ageing_columns_json(const AgeingAmounts& amounts, Currency currency);
json::object dso_columns_json(const DsoRow& row);
json::object dso_series_json(const DsoSeries& series);
/// `reporting`: the rows of that currency are converted ones, so their items are of any currency.
json::object waterfall_json(const Waterfall& waterfall, std::optional<Currency> reporting, ListNames& names);

/// `short_history`, `more_than`, `no_history` of a figure.
json::array dso_flags_json(const DsoFigure& figure);

/// The word of a dispute's cause; `none` when none was given.
std::string cause_word(LabelId cause, ListNames& names);

/// Answers with `items` of both objects; the second wins.
json::object joined(json::object first, const json::object& second);

}  // namespace countback
