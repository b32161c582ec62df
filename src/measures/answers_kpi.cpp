// KPI-1 to KPI-5 as the API tells them: each value with its rule, inputs and flags.
#include "locale/texts.h"
#include "measures/answers.h"

namespace countback {
namespace {

struct ValueHead {
    std::string_view rule;
    std::string_view unit;  ///< `ratio` or `days`
};

json::object value_json(json::value value, ValueHead head, Language language, json::object inputs) {
    return {{"value", std::move(value)},
            {"unit", head.unit},
            {"rule", head.rule},
            {"rule_text", locale::text(language, "measures.rule." + std::string(head.rule))},
            {"inputs", std::move(inputs)},
            {"flags", json::array{}}};
}

json::object ratio_json(const std::optional<ExactRatio>& ratio, std::string_view rule, Language language,
                        json::object inputs) {
    json::object value = value_json(ratio ? json::value(ratio->text()) : json::value(nullptr),
                                    {rule, "ratio"}, language, std::move(inputs));
    if (ratio && ratio->above_one()) value["flags"].as_array().emplace_back("above_one");
    return value;
}

/// "2870.40 EUR"
std::string money(const KpiRow& row, const Exact& sum) {
    return decimal(rounded_half_even(sum, row.unit), row.currency) + " " + std::string(row.currency.code());
}

std::string money(const KpiRow& row, KpiSum sum) { return money(row, row.sums[sum]); }

json::object cei_json(const KpiRow& row, const KpiDates& dates, Language language) {
    return ratio_json(collection_effectiveness(row.sums), "KPI-3", language,
                      {{"span_first", dates.span.first.iso()},
                       {"span_last", dates.span.last.iso()},
                       {"begin", money(row, KpiSum::begin)},
                       {"billings", money(row, KpiSum::billings)},
                       {"end_outstanding", money(row, KpiSum::end_outstanding)},
                       {"end_not_due", money(row, KpiSum::end_not_due)}});
}

json::object behaviour_json(const KpiRow& row, const KpiDates& dates, Language language) {
    const Behaviour found = behaviour_of(row.sums.behaviour);
    const auto days = [&](const std::optional<Hundredths>& value) {
        return value_json(days_json(value), {"KPI-4", "days"}, language,
                          {{"settled_since", dates.behaviour_first.iso()},
                           {"settled_items", std::to_string(found.settled_items)},
                           {"cash", money(row, row.sums.behaviour.cash)}});
    };
    json::object open_included = days(found.open_included_delay);
    open_included["inputs"].as_object()["open_overdue"] = money(row, row.sums.behaviour.open);
    return {{"weighted_delay", days(found.weighted_delay)},
            {"plain_delay", days(found.plain_delay)},
            {"weighted_duration", days(found.weighted_duration)},
            {"plain_duration", days(found.plain_duration)},
            {"open_included_delay", std::move(open_included)}};
}

json::object promises_json(const KpiRow& row, Language language) {
    const KpiSums& sums = row.sums;
    const auto ratio = [](const Exact& kept, const Exact& all) {
        return all > 0 ? std::optional(ExactRatio{kept, all}) : std::nullopt;
    };
    return {{"by_amount",
             ratio_json(ratio(sums[KpiSum::kept], sums[KpiSum::promised]), "KPI-5", language,
                        {{"kept", money(row, KpiSum::kept)}, {"promised", money(row, KpiSum::promised)}})},
            {"by_count", ratio_json(ratio(sums.promises_kept, sums.promises), "KPI-5", language,
                                    {{"kept", std::to_string(sums.promises_kept)},
                                     {"promises", std::to_string(sums.promises)}})}};
}

json::array resolution_json(const KpiSums& sums, ListNames& names) {
    json::array causes;
    for (const auto& [cause, resolved] : sums.resolved) {
        causes.push_back(json::object{{"cause", cause_word(cause, names)},
                                      {"days", exact_hundredths(resolved.days, resolved.count).text()},
                                      {"count", resolved.count}});
    }
    return causes;
}

}  // namespace

json::object collection_rate_json(const KpiRow& row, const KpiDates& dates, Language language) {
    const auto text = [&](const Exact& sum) {
        return decimal(rounded_half_even(sum, row.unit), row.currency);
    };
    const Exact left = remaining(row.sums);
    const Exact& collectable = row.sums[KpiSum::collectable];
    const std::int64_t shown_collectable = rounded_half_even(collectable, row.unit),
                       shown_left = rounded_half_even(left, row.unit);
    return {{"month", dates.month.iso()},
            {"collectable", decimal(shown_collectable, row.currency)},
            {"collected", decimal(shown_collectable - shown_left, row.currency)},
            {"remaining", decimal(shown_left, row.currency)},
            {"issued_after", text(row.sums[KpiSum::issued_after])},
            {"rate", ratio_json(collection_rate(row.sums), "KPI-2", language,
                                {{"collectable", money(row, collectable)},
                                 {"remaining_open", money(row, KpiSum::remaining_open)},
                                 {"unapplied_payments", money(row, KpiSum::unapplied_payments)}})}};
}

json::object kpi_row_json(const KpiRow& row, const KpiDates& dates, Language language, ListNames& names) {
    const KpiSums& sums = row.sums;
    return {{"currency", row.currency.code()},
            {"late_rate", ratio_json(late_rate(sums), "KPI-1", language,
                                     {{"late", money(row, KpiSum::late)},
                                      {"overdue", money(row, KpiSum::overdue)},
                                      {"not_due", money(row, KpiSum::not_due)},
                                      {"late_days_above", std::to_string(dates.late_days_above)}})},
            {"collection_rate", collection_rate_json(row, dates, language)},
            {"cei", cei_json(row, dates, language)},
            {"qualification_rate", ratio_json(qualification_rate(sums), "KPI-5", language,
                                              {{"with_reason", money(row, KpiSum::reasoned)},
                                               {"overdue", money(row, KpiSum::overdue)}})},
            {"behaviour", behaviour_json(row, dates, language)},
            {"at_risk_rate", ratio_json(at_risk_rate(sums), "KPI-5", language,
                                        {{"month", dates.at_risk_month.iso()},
                                         {"unpaid", money(row, KpiSum::at_risk_unpaid)},
                                         {"billings", money(row, KpiSum::at_risk_billings)}})},
            {"promise_kept", promises_json(row, language)},
            {"dispute_resolution_days", resolution_json(sums, names)}};
}

}  // namespace countback
