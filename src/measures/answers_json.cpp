#include "measures/answers_json.h"

namespace countback {

json::value days_json(const std::optional<Hundredths>& days) {
    return days ? json::value(days->text()) : json::value(nullptr);
}

json::value days_json(const DsoFigure& figure) {
    return figure.days ? json::value(figure.days->rounded().text()) : json::value(nullptr);
}

json::object joined(json::object first, const json::object& second) {
    for (const auto& [name, value] : second) first[name] = value;
    return first;
}

json::object ageing_columns_json(const AgeingAmounts& amounts, Currency currency) {
    json::object row{{"currency", currency.code()}};
    for (std::size_t i = 0; i < ageing_column_count; ++i) {
        row[name_of(static_cast<AgeingColumn>(i))] = decimal(amounts.column[i], currency);
    }
    row["outstanding"] = decimal(amounts.outstanding(), currency);
    row["overdue"] = decimal(amounts.overdue(), currency);
    return row;
}

json::array dso_flags_json(const DsoFigure& figure) {
    json::array flags;
    if (figure.short_history) flags.emplace_back("short_history");
    if (figure.more_than) flags.emplace_back("more_than");
    if (figure.no_history) flags.emplace_back("no_history");
    return flags;
}

json::object dso_columns_json(const DsoRow& row) {
    return {{"currency", row.key.currency.code()},
            {"outstanding", decimal(row.outstanding, row.key.currency)},
            {"billings", decimal(row.billings, row.key.currency)},
            {"window_days", row.figure.window_days},
            {"days", days_json(row.figure)},
            {"more_than", row.figure.more_than},
            {"short_history", row.figure.short_history},
            {"best_possible", days_json(row.best_possible)},
            {"average_days_delinquent", days_json(row.average_days_delinquent)},
            {"flags", dso_flags_json(row.figure)}};
}

json::object dso_series_json(const DsoSeries& series) {
    json::array points;
    for (const DsoPoint& point : series.points) {
        points.push_back(json::object{{"month_end", point.day.iso()},
                                      {"outstanding", decimal(point.outstanding, series.currency)},
                                      {"billings", decimal(point.billings, series.currency)},
                                      {"days", days_json(point.figure)},
                                      {"more_than", point.figure.more_than},
                                      {"short_history", point.figure.short_history}});
    }
    return {{"currency", series.currency.code()}, {"points", std::move(points)}};
}

std::string cause_word(LabelId cause, ListNames& names) { return cause ? names.label(cause) : "none"; }

namespace {

json::object part_json(const WaterfallPart& part, Currency currency, json::object items_filter,
                       ListNames& names) {
    items_filter["part"] = name_of(part.part);
    json::array causes;
    for (const WaterfallCause& cause : part.causes) {
        causes.push_back(json::object{{"cause", cause_word(cause.cause, names)},
                                      {"amount", decimal(cause.amount, currency)},
                                      {"days", days_json(cause.days)},
                                      {"count", cause.count}});
    }
    return {{"part", name_of(part.part)},   {"amount", decimal(part.amount, currency)},
            {"days", days_json(part.days)}, {"count", part.count},
            {"causes", std::move(causes)},  {"items_filter", std::move(items_filter)}};
}

}  // namespace

json::object waterfall_json(const Waterfall& waterfall, std::optional<Currency> reporting, ListNames& names) {
    const Currency currency = waterfall.dso.key.currency;
    json::object row = dso_columns_json(waterfall.dso);
    row.erase("window_days");
    row.erase("flags");
    row["disputed_not_due"] = decimal(waterfall.disputed_not_due, currency);
    row["cost_of_one_day"] = waterfall.cost_of_one_day
                                 ? json::value(decimal(*waterfall.cost_of_one_day, currency))
                                 : json::value(nullptr);
    json::object items_filter;
    if (currency != reporting) items_filter["currency"] = currency.code();
    json::array parts;
    for (const WaterfallPart& part : waterfall.parts)
        parts.push_back(part_json(part, currency, items_filter, names));
    row["parts"] = std::move(parts);
    return row;
}

}  // namespace countback
