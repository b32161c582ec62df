#include "measures/routes.h"

#include "locale/texts.h"

namespace countback {
namespace {

using access::Caller;
using access::Gate;
using access::Method;
using access::Right;
using access::Scope;
using formats::CellKind;
using http::Request;
using http::Response;

/// Titled by the days of the company's own columns.
std::vector<ExportColumn> ageing_columns(const AgeingBounds& bounds, Language language) {
    std::vector<ExportColumn> columns{{"key"}, {"label"}, {"currency"}, {"not_due", CellKind::money}};
    int from = 1;
    for (std::size_t i = 0; i < bounds.days.size(); ++i) {
        const locale::Data days{{"from", std::to_string(from)}, {"to", std::to_string(bounds.days[i])}};
        columns.push_back({name_of(static_cast<AgeingColumn>(i + 1)), CellKind::money,
                           locale::text(language, "measures.column.days_between", days)});
        from = bounds.days[i] + 1;
    }
    columns.push_back(
        {name_of(AgeingColumn::d120_plus), CellKind::money,
         locale::text(language, "measures.column.days_over", {{"days", std::to_string(from - 1)}})});
    for (const char* field : {"unapplied", "outstanding", "overdue"})
        columns.push_back({field, CellKind::money});
    return columns;
}

const std::vector<ExportColumn> dso_columns{{"key"},
                                            {"label"},
                                            {"currency"},
                                            {"outstanding", CellKind::money},
                                            {"billings", CellKind::money},
                                            {"window_days", CellKind::integer},
                                            {"days", CellKind::hundredths},
                                            {"best_possible", CellKind::hundredths},
                                            {"average_days_delinquent", CellKind::hundredths},
                                            {"more_than", CellKind::integer},
                                            {"short_history", CellKind::integer}};
const std::vector<ExportColumn> trend_columns{{"currency"},
                                              {"month_end", CellKind::date},
                                              {"outstanding", CellKind::money},
                                              {"billings", CellKind::money},
                                              {"days", CellKind::hundredths},
                                              {"more_than", CellKind::integer},
                                              {"short_history", CellKind::integer}};
const std::vector<ExportColumn> waterfall_columns{{"currency"},
                                                  {"part"},
                                                  {"amount", CellKind::money},
                                                  {"days", CellKind::hundredths},
                                                  {"count", CellKind::integer}};
const std::vector<ExportColumn> kpi_columns{{"currency"}, {"indicator"}, {"value"}, {"unit"}};

struct Asked {
    MeasureRequest request;
    ListParameters list;
};

Result<Asked> read_asked(const MeasureServices& services, const Caller& caller, const Request& request) {
    const Snapshot book = services.ledger.book();
    auto measure = read_measure_request(caller, request, book, services.ledger.clock().today());
    if (!measure) return tl::unexpected(measure.error());
    auto list = read_list_parameters(request);
    if (!list) return tl::unexpected(list.error());
    return Asked{std::move(*measure), std::move(*list)};
}

Result<DsoOptions> read_dso_options(const Request& request) {
    http::QueryReader reader(request);
    DsoOptions options;
    options.method = reader.choice("method", {"accounting", "countback"}) == 1 ? DsoMethod::countback
                                                                               : DsoMethod::accounting;
    constexpr std::array windows{12, 6, 3, 1};
    options.window_months = windows.at(reader.choice("window", {"12", "6", "3", "1"}));
    options.doubtful =
        reader.choice("doubtful", {"counted", "left_out"}) == 1 ? Doubtful::left_out : Doubtful::counted;
    if (reader.refusal()) return tl::unexpected(*reader.refusal());
    return options;
}

/// What a file of an answer is called and holds.
struct Told {
    std::string_view name;
    const std::vector<ExportColumn>& columns;
    std::optional<ExportRows> rows{};  ///< of a file, where they are not in the answer
};

/// The answer itself, or its rows as a file.
Result<Response> answered(Result<json::object> answer, const Asked& asked, Told told) {
    if (!answer) return tl::unexpected(answer.error());
    if (asked.list.format == AnswerFormat::json) return http::json_answer(*answer);
    std::vector<json::object> totals;
    if (const json::value* all = answer->if_contains("totals")) {
        for (const json::value& total : all->as_array()) totals.push_back(total.as_object());
    }
    ExportRows rows = told.rows ? std::move(*told.rows) : rows_at_hand(answer->at("rows").as_array());
    ExportFile file{told.name, told.columns, std::move(rows), std::move(totals)};
    return export_answer(std::move(file), asked.list.format, asked.request.language);
}

/// `{"rows": …}` with each row's `inner` array opened, the outer currency put in front.
json::object flattened(const json::object& answer, std::string_view inner) {
    json::array rows;
    for (const json::value& outer : answer.at("rows").as_array()) {
        const json::object& row = outer.as_object();
        for (const json::value& one : row.at(inner).as_array()) {
            rows.push_back(joined(one.as_object(), {{"currency", row.at("currency")}}));
        }
    }
    return {{"rows", std::move(rows)}};
}

void add_indicators(const json::object& values, const std::string& prefix, json::array& rows,
                    const json::value& currency) {
    for (const auto& [name, value] : values) {
        if (!value.is_object()) continue;
        const json::object& one = value.as_object();
        const std::string indicator = prefix + std::string(name);
        if (!one.contains("value")) {
            add_indicators(one, indicator + ".", rows, currency);
            continue;
        }
        rows.push_back(json::object{{"currency", currency},
                                    {"indicator", indicator},
                                    {"value", one.at("value")},
                                    {"unit", one.at("unit")}});
    }
}

json::object flattened_indicators(const json::object& answer) {
    json::array rows;
    for (const json::value& row : answer.at("rows").as_array())
        add_indicators(row.as_object(), "", rows, row.at("currency"));
    return {{"rows", std::move(rows)}};
}

Result<Response> answer_ageing(const MeasureServices& services, const Caller& caller,
                               const Request& request) {
    auto asked = read_asked(services, caller, request);
    if (!asked) return tl::unexpected(asked.error());
    http::QueryReader reader(request);
    const Unapplied unapplied =
        reader.choice("unapplied", {"own", "netted"}) == 1 ? Unapplied::netted : Unapplied::own_column;
    if (reader.refusal()) return tl::unexpected(*reader.refusal());
    MeasureAnswers answers(services, asked->request);
    if (asked->list.search) answers.narrow_to_search(*asked->list.search);
    auto answer = answers.ageing(unapplied, asked->list.rows);
    const auto columns = ageing_columns(answers.settings().ageing, caller.language);
    return answered(std::move(answer), *asked, {"ageing", columns, answers.file_rows()});
}

Result<Response> answer_dso(const MeasureServices& services, const Caller& caller, const Request& request) {
    auto asked = read_asked(services, caller, request);
    if (!asked) return tl::unexpected(asked.error());
    const auto options = read_dso_options(request);
    if (!options) return tl::unexpected(options.error());
    MeasureAnswers answers(services, asked->request);
    if (asked->list.search) answers.narrow_to_search(*asked->list.search);
    auto answer = answers.dso(*options, asked->list.rows);
    return answered(std::move(answer), *asked, {"dso", dso_columns, answers.file_rows()});
}

Result<Response> answer_trend(const MeasureServices& services, const Caller& caller, const Request& request) {
    auto asked = read_asked(services, caller, request);
    if (!asked) return tl::unexpected(asked.error());
    const auto options = read_dso_options(request);
    if (!options) return tl::unexpected(options.error());
    http::QueryReader reader(request);
    const auto months = reader.whole("months", 24, 1, 60);
    if (reader.refusal()) return tl::unexpected(*reader.refusal());
    MeasureAnswers answers(services, asked->request);
    json::object answer = answers.dso_trend(*options, static_cast<int>(months));
    if (asked->list.format != AnswerFormat::json) answer = flattened(answer, "points");
    return answered(std::move(answer), *asked, {"dso_trend", trend_columns});
}

Result<Response> answer_waterfall(const MeasureServices& services, const Caller& caller,
                                  const Request& request) {
    auto asked = read_asked(services, caller, request);
    if (!asked) return tl::unexpected(asked.error());
    const auto options = read_dso_options(request);
    if (!options) return tl::unexpected(options.error());
    MeasureAnswers answers(services, asked->request);
    json::object answer = answers.dso_waterfall(*options);
    if (asked->list.format != AnswerFormat::json) answer = flattened(answer, "parts");
    return answered(std::move(answer), *asked, {"dso_waterfall", waterfall_columns});
}

Result<Response> answer_kpi(const MeasureServices& services, const Caller& caller, const Request& request) {
    auto asked = read_asked(services, caller, request);
    if (!asked) return tl::unexpected(asked.error());
    MeasureAnswers answers(services, asked->request);
    json::object answer = answers.kpi();
    if (asked->list.format != AnswerFormat::json) answer = flattened_indicators(answer);
    return answered(std::move(answer), *asked, {"kpi", kpi_columns});
}

}  // namespace

Result<ListParameters> read_list_parameters(const Request& request) {
    http::QueryReader reader(request);
    ListParameters read;
    constexpr std::array formats{AnswerFormat::json, AnswerFormat::csv, AnswerFormat::xlsx};
    read.format = formats.at(reader.choice("format", {"json", "csv", "xlsx"}));
    read.search = reader.text("q", {1, 200});
    std::string sort = reader.text("sort", {1, 60}).value_or("");
    if (sort.starts_with('-')) {
        read.rows.page.direction = Direction::descending;
        sort.erase(0, 1);
    }
    read.rows.sort = std::move(sort);
    read.rows.page.limit = static_cast<std::size_t>(reader.whole("limit", 100, 1, 500));
    if (const auto after = reader.text("after", {1, 400})) {
        read.rows.page.after = Cursor::parse(*after);
        if (!read.rows.page.after) reader.refuse_field("after", "not a place in this list");
    }
    if (reader.refusal()) return tl::unexpected(*reader.refusal());
    if (read.format != AnswerFormat::json) {
        read.rows.page.after.reset();
        read.rows.page.limit = every_row;
    }
    return read;
}

void declare_measure_routes(Gate& gate, const MeasureServices& services) {
    const auto with = [&services](auto answer) {
        return [&services, answer](const Caller& caller, const Request& request) {
            return answer(services, caller, request);
        };
    };
    gate.declare({Method::get, "/api/ageing", Right::read, Scope::signed_in, with(answer_ageing)});
    gate.declare({Method::get, "/api/dso", Right::read, Scope::signed_in, with(answer_dso)});
    gate.declare({Method::get, "/api/dso/trend", Right::read, Scope::signed_in, with(answer_trend)});
    gate.declare({Method::get, "/api/dso/waterfall", Right::read, Scope::signed_in, with(answer_waterfall)});
    gate.declare({Method::get, "/api/kpi", Right::read, Scope::signed_in, with(answer_kpi)});
}

}  // namespace countback
