#include "measures/answers.h"

#include <algorithm>

#include "locale/texts.h"
#include "parties/directory.h"

namespace countback {
namespace {

constexpr std::size_t sort_text_bytes_max = 120;
constexpr int search_customers_max = 10'000;

Refusal unknown_sort(const std::string& sort) {
    return {RefusalCode::field_invalid, {{"field", "sort"}, {"reason", sort}}};
}

std::int64_t days_number(const std::optional<Hundredths>& days) {
    return days ? days->value : std::int64_t{-1} << 40;
}

std::optional<std::int64_t> ageing_number(const AgeingAmounts& amounts, std::string_view column) {
    for (std::size_t i = 0; i < ageing_column_count; ++i) {
        if (name_of(static_cast<AgeingColumn>(i)) == column) return amounts.column[i];
    }
    if (column == "outstanding") return amounts.outstanding();
    return column == "overdue" ? std::optional(amounts.overdue()) : std::nullopt;
}

std::optional<std::int64_t> dso_number(const DsoRow& row, std::string_view column) {
    if (column == "outstanding") return row.outstanding;
    if (column == "billings") return row.billings;
    if (column == "window_days") return row.figure.window_days;
    if (column == "best_possible") return days_number(row.best_possible);
    if (column == "average_days_delinquent") return days_number(row.average_days_delinquent);
    if (column != "days") return std::nullopt;
    return days_number(row.figure.days ? std::optional(row.figure.days->rounded()) : std::nullopt);
}

/// Sort values of rows: `number(row, column)` or the row's own words.
template <class Row, class Number>
Result<std::vector<Cursor>> sort_keys(const std::vector<Row>& rows, const std::string& column,
                                      MeasureAnswers& answers, Number number) {
    std::vector<Cursor> keys;
    for (const Row& row : rows) {
        Cursor key{{}, row.key.id * 256 + row.key.currency.index()};
        if (column == "key" || column == "label") {
            key.value.text = column == "key" ? answers.row_code(row.key) : answers.row_label(row.key);
            key.value.text.resize(std::min(key.value.text.size(), sort_text_bytes_max));
        } else if (column == "currency") {
            key.value.text = row.key.currency.code();
        } else if (const auto value = number(row, column)) {
            key.value.number = *value;
        } else {
            return tl::unexpected(unknown_sort(column));
        }
        keys.push_back(std::move(key));
    }
    return keys;
}

/// By customer the largest come first; else rows stand by their key.
RowsRequest with_default_sort(RowsRequest rows, By by) {
    if (!rows.sort.empty()) return rows;
    rows.sort = by == By::customer ? "outstanding" : "key";
    rows.page.direction = by == By::customer ? Direction::descending : Direction::ascending;
    return rows;
}

json::value instant_json(const std::optional<Instant>& instant) {
    return instant ? json::value(instant->rfc3339()) : json::value(nullptr);
}

json::value next_json(const std::optional<Cursor>& next) {
    return next ? json::value(next->text()) : json::value(nullptr);
}

std::string code_of(RowKey key, By by, ListNames& names) {
    if (by == By::entity) return names.entity(EntityId{key.id}).code;
    if (by == By::customer) return names.customer(CustomerId{key.id}).code;
    return std::string(key.currency.code());
}

std::string label_of(RowKey key, By by, ListNames& names) {
    if (by == By::entity) return names.entity(EntityId{key.id}).name;
    if (by == By::customer) return names.customer(CustomerId{key.id}).name;
    return std::string(key.currency.code());
}

json::object key_object(RowKey key, By by, ListNames& names) {
    return {{"key", code_of(key, by, names)},
            {"label", label_of(key, by, names)},
            {"id", by == By::currency ? json::value(nullptr) : json::value(key.id)}};
}

}  // namespace

void narrow_to_search(MeasureRequest& request, std::string_view text, ListNames& names) {
    std::vector<CustomerId> found = parties::search_customers(names.connection(), text, search_customers_max);
    auto& customers = request.query.selection.customers;
    if (!customers.empty()) {
        std::erase_if(found,
                      [&](CustomerId id) { return std::ranges::find(customers, id) == customers.end(); });
    }
    if (found.empty()) found.push_back(CustomerId{-1});  // nobody: an empty list would mean everybody
    customers = std::move(found);
}

std::string MeasureAnswers::row_code(RowKey key) { return code_of(key, request_.query.by, names_); }

std::string MeasureAnswers::row_label(RowKey key) { return label_of(key, request_.query.by, names_); }

json::object MeasureAnswers::key_json(RowKey key) { return key_object(key, request_.query.by, names_); }

template <class Row, class Columns>
void MeasureAnswers::put_rows(json::object& answer, std::vector<Row> rows, PageOfRows page, Columns columns) {
    answer["count"] = rows.size();
    answer["next"] = next_json(page.next);
    json::array& shown = answer["rows"].emplace_array();
    if (!file_rows_) {
        for (const std::size_t place : page.places)
            shown.push_back(joined(key_json(rows[place].key), columns(rows[place])));
        return;
    }
    const std::size_t count = page.places.size();
    const auto row = [rows = std::make_shared<const std::vector<Row>>(std::move(rows)),
                      places = std::move(page.places), by = request_.query.by, columns,
                      &database = services_.ledger.database()](std::size_t n) {
        ListNames names(database);
        const Row& one = (*rows)[places[n]];
        return joined(key_object(one.key, by, names), columns(one));
    };
    file_rows_ = rows_made(count, row);
}

json::object MeasureAnswers::head(std::string_view rule, const ConversionNote& conversion,
                                  json::object inputs) const {
    json::array flags;
    if (!conversion.unconverted.empty()) flags.emplace_back("unconverted");
    for (const Currency currency : conversion.unconverted)
        inputs["unconverted_" + std::string(currency.code())] = nullptr;
    const auto& query = request_.query;
    if (query.reporting) inputs["reporting"] = query.reporting->code();
    return {{"rule", rule},
            {"rule_text", locale::text(request_.language, "measures.rule." + std::string(rule))},
            {"as_of", query.moment.as_of.iso()},
            {"known_at", instant_json(request_.known_at)},
            {"inputs", std::move(inputs)},
            {"flags", std::move(flags)},
            {"rate_table_date",
             conversion.rate_day ? json::value(conversion.rate_day->iso()) : json::value(nullptr)}};
}

Result<json::object> MeasureAnswers::ageing(Unapplied unapplied, const RowsRequest& asked) {
    const AgeingOptions options = settings_.ageing_options(unapplied);
    const RowsRequest wanted = with_default_sort(asked, request_.query.by);
    Ageing found =
        measure_ageing(request_.perimeter, request_.book, request_.query, options, services_.table());
    const auto number = [](const AgeingRow& row, const std::string& column) {
        return ageing_number(row.amounts, column);
    };
    const auto keys = sort_keys(found.rows, wanted.sort, *this, number);
    if (!keys) return tl::unexpected(keys.error());
    std::string bounds;
    for (const int bound : options.bounds.days)
        bounds += (bounds.empty() ? "" : ", ") + std::to_string(bound);
    json::object answer = head(
        "AGE-1", found.conversion,
        {{"bounds_days", bounds}, {"unapplied", options.unapplied == Unapplied::netted ? "netted" : "own"}});
    if (asked.page.limit == every_row) file_rows_.emplace();
    put_rows(answer, std::move(found.rows), page_of(*keys, wanted.page),
             [](const AgeingRow& row) { return ageing_columns_json(row.amounts, row.key.currency); });
    json::array totals;
    for (const AgeingRow& row : found.totals)
        totals.push_back(ageing_columns_json(row.amounts, row.key.currency));
    answer["totals"] = std::move(totals);
    return answer;
}

json::object MeasureAnswers::dso_inputs(const DsoOptions& options) const {
    const Window window = window_of(request_.query.moment.as_of, options.window_months);
    json::object inputs{
        {"doubtful_accounts", options.doubtful == Doubtful::counted ? "counted" : "left_out"}};
    if (options.method == DsoMethod::accounting) {
        inputs["window_first"] = window.first.iso();
        inputs["window_last"] = window.last.iso();
        inputs["window_days"] = std::to_string(window.days);
    } else {
        inputs["step"] = options.step == Step::month ? "month" : "week";
    }
    return inputs;
}

Result<json::object> MeasureAnswers::dso(const DsoOptions& options, const RowsRequest& asked) {
    const RowsRequest wanted = with_default_sort(asked, request_.query.by);
    DsoMeasure found =
        measure_dso(request_.perimeter, request_.book, request_.query, options, services_.table());
    const auto keys = sort_keys(found.rows, wanted.sort, *this, dso_number);
    if (!keys) return tl::unexpected(keys.error());
    const bool accounting = options.method == DsoMethod::accounting;
    json::object answer = head(accounting ? "DSO-1" : "DSO-2", found.conversion, dso_inputs(options));
    answer["method"] = accounting ? "accounting" : "countback";
    answer["window"] = options.window_months;
    if (asked.page.limit == every_row) file_rows_.emplace();
    put_rows(answer, std::move(found.rows), page_of(*keys, wanted.page), dso_columns_json);
    json::array totals;
    for (const DsoRow& row : found.totals) totals.push_back(dso_columns_json(row));
    answer["totals"] = std::move(totals);
    return answer;
}

json::object MeasureAnswers::dso_trend(const DsoOptions& options, int months) {
    const DsoTrend found = measure_dso_trend(request_.perimeter, request_.book, request_.query, options,
                                             months, services_.table());
    const bool accounting = options.method == DsoMethod::accounting;
    json::object answer = head(accounting ? "DSO-1" : "DSO-2", found.conversion, dso_inputs(options));
    answer["method"] = accounting ? "accounting" : "countback";
    answer["window"] = options.window_months;
    json::array rows;
    for (const DsoSeries& series : found.series) rows.push_back(dso_series_json(series));
    answer["rows"] = std::move(rows);
    return answer;
}

json::object MeasureAnswers::dso_waterfall(const DsoOptions& options) {
    const WaterfallOptions wanted{options, settings_.internal_rate_ppm};
    const WaterfallMeasure found =
        measure_waterfall(request_.perimeter, request_.book, request_.query, wanted, services_.table());
    json::object answer = head("DSO-4", found.conversion, dso_inputs(options));
    answer["method"] = options.method == DsoMethod::accounting ? "accounting" : "countback";
    answer["window"] = options.window_months;
    json::array rows;
    for (const Waterfall& row : found.rows)
        rows.push_back(waterfall_json(row, request_.query.reporting, names_));
    answer["rows"] = std::move(rows);
    return answer;
}

json::object MeasureAnswers::kpi() {
    const Indicators found =
        measure_indicators(request_.perimeter, request_.book, request_.query,
                           settings_.indicator_options(services_.judge_promise), services_.table());
    json::object answer = head("KPI-1", found.conversion, {});
    for (const char* name : {"rule", "rule_text", "inputs"}) answer.erase(name);
    json::array rows;
    for (const KpiRow& row : found.rows)
        rows.push_back(kpi_row_json(row, found.dates, request_.language, names_));
    answer["rows"] = std::move(rows);
    return answer;
}

}  // namespace countback
