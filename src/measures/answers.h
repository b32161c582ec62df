// Whole answers of the measures: rule, inputs, rows with their labels, totals, pages. For routes and for
// rooms above that compose pages from them (the first screen, the customer sheet).
#pragma once
#include <functional>
#include <limits>
#include <memory>

#include "access/audit.h"
#include "measures/answers_json.h"
#include "measures/exports.h"
#include "measures/query.h"
#include "measures/settings.h"
#include "receivables/ledger.h"
#include "receivables/lists.h"

namespace countback {

/// What measures need beside the Book; handed in by main.
struct MeasureServices {
    Ledger& ledger;
    std::shared_ptr<const RateTable> rates;        ///< none: the shipped table
    JudgePromise judge_promise;                    ///< KPI-5; empty: promises are n/a
    std::function<std::string(UserId)> user_name;  ///< for histories; empty: the source is named

    /// What the scenario of that number is called (COL-5); empty: it is not told.
    std::function<std::string(std::int64_t, Language)> scenario_name;
    const access::Audit* audit = nullptr;  ///< where a changed setting is written down

    const RateTable& table() const { return rates ? *rates : RateTable::shipped(); }
};

/// The limit of a page that is a file: every row.
constexpr std::size_t every_row = std::numeric_limits<std::size_t>::max();

/// Which rows of an answer: all of them in order for exports, else one page.
struct RowsRequest {
    std::string sort;  ///< a column's name; empty = the answer's own order
    PageRequest page;
};

struct Rows {
    std::vector<std::size_t> places;
    std::optional<Cursor> next;
};

/// Keeps only the customers whose code or name begins with the text; before measuring.
void narrow_to_search(MeasureRequest& request, std::string_view text, ListNames& names);

class MeasureAnswers {
public:
    MeasureAnswers(const MeasureServices& services, MeasureRequest request)
        : services_(services),
          request_(std::move(request)),
          names_(services.ledger.database()),
          settings_(measure_settings(names_.connection())) {}

    Result<json::object> ageing(Unapplied unapplied, const RowsRequest& rows);
    Result<json::object> dso(const DsoOptions& options, const RowsRequest& rows);
    /// Of the ageing or DSO that was asked for with every row: they are made as they are taken, and are not
    /// in the answer itself.
    std::optional<ExportRows> file_rows() { return std::move(file_rows_); }
    json::object dso_trend(const DsoOptions& options, int months);
    json::object dso_waterfall(const DsoOptions& options);
    json::object kpi();
    /// Keeps only the customers whose code or name begins with the text.
    void narrow_to_search(std::string_view text) { countback::narrow_to_search(request_, text, names_); }

    /// The first things of every measure: rule, its text, the moment, the conversion.
    json::object head(std::string_view rule, const ConversionNote& conversion, json::object inputs) const;
    /// Key, label and id of a row by the query's `by`.
    json::object key_json(RowKey key);
    std::string row_code(RowKey key);
    std::string row_label(RowKey key);

    const MeasureRequest& request() const { return request_; }
    const MeasureServices& services() const { return services_; }
    const MeasureSettings& settings() const { return settings_; }
    ListNames& names() { return names_; }

private:
    json::object dso_inputs(const DsoOptions& options) const;
    template <class Row, class Columns>
    void put_rows(json::object& answer, std::vector<Row> rows, PageOfRows page, Columns columns);

    const MeasureServices& services_;
    MeasureRequest request_;
    ListNames names_;
    MeasureSettings settings_;
    std::optional<ExportRows> file_rows_;
};

/// KPI-1 to KPI-5 of one currency.
json::object kpi_row_json(const KpiRow& row, const KpiDates& dates, Language language, ListNames& names);
/// KPI-2 alone, as the first screen shows it.
json::object collection_rate_json(const KpiRow& row, const KpiDates& dates, Language language);

}  // namespace countback
