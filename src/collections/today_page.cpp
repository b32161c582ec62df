// The first screen in one call: what to do now, then the figures.
#include <algorithm>
#include <array>

#include "collections/agenda_json.h"
#include "collections/page_query.h"
#include "collections/pages.h"
#include "collections/standing_json.h"

namespace countback::collections {

namespace {

constexpr std::size_t act_on_max = 10;
constexpr std::size_t promises_max = 50;

/// The kinds that are built, zeros included.
constexpr std::array kinds{
    AgendaKind::call,    AgendaKind::email,       AgendaKind::letter,         AgendaKind::task,
    AgendaKind::confirm, AgendaKind::promise_due, AgendaKind::promise_broken, AgendaKind::dispute_to_answer};

json::object agenda_json(const Decisions& decisions, std::size_t disputes) {
    json::array array;
    for (const AgendaKind kind : kinds) {
        const auto same = [&](const Decision& row) { return row.kind == kind; };
        const auto count =
            kind == AgendaKind::dispute_to_answer
                ? disputes
                : static_cast<std::size_t>(std::count_if(decisions.rows.begin(), decisions.rows.end(), same));
        array.emplace_back(json::object{{"kind", name_of(kind)}, {"count", count}});
    }
    return {{"counts", counts_json(decisions.counts)}, {"kinds", std::move(array)}};
}

/// Promises whose date is in the week of the day, Monday to Sunday.
json::array promises_json(const Run& run, const MeasureRequest& request, PageNames& names) {
    const Date monday = run.today() - (run.today().weekday() + 6) % 7;
    json::array array;
    run.book.each_account(request.perimeter, request.query.selection, run.moment, [&](AccountRow account) {
        for (const StandingGroup& group : standing_groups(run, account)) {
            const StandingView& promise = group.first();
            if (promise.kind != StandingKind::promise || !promise.to || array.size() >= promises_max)
                continue;
            if (*promise.to >= monday && *promise.to < monday + 7)
                array.push_back(standing_json(run, group, names));
        }
    });
    return array;
}

json::array collected_json(const Pages& pages, const MeasureRequest& request,
                           const MeasureSettings& settings) {
    const Indicators indicators =
        measure_indicators(request.perimeter, request.book, request.query,
                           settings.indicator_options(pages.measures.judge_promise), pages.measures.table());
    json::array array;
    for (const KpiRow& row : indicators.rows) {
        json::object object = collection_rate_json(row, indicators.dates, request.language);
        object["currency"] = row.currency.code();
        array.push_back(std::move(object));
    }
    return array;
}

json::array act_on_json(const DecidedRun& run, PageNames& names) {
    const Decisions& decisions = run.decisions;
    Explainer explain(run.book, {*run.policy, *run.state}, {decisions.date, decisions.known_at});
    json::array array;
    for (const Decision& row : decisions.rows) {
        if (row.outcome != Outcome::due || array.size() >= act_on_max) break;
        array.push_back(agenda_row_json(explain(row), decisions.date, names));
    }
    return array;
}

}  // namespace

Answer today_page(const Pages& pages, const access::Caller& caller, const http::Request& http_request) {
    auto request =
        read_measure_request(caller, http_request, pages.service.ledger().book(), pages.service.today());
    if (!request) return tl::unexpected(request.error());
    request->query.by = By::currency;
    DecideQuery query{request->query.selection, request->query.moment, Detail::outcome};
    const DecidedRun decided = pages.service.decide(caller.perimeter, query);
    const Run run = make_run(request->book, *decided.policy, *decided.state, request->query.moment);
    const auto disputes = disputes_to_answer(run, caller.perimeter, query.selection);
    PageNames names(pages.service.ledger().database(), caller.language, pages.user_name);
    MeasureAnswers answers(pages.measures, *request);
    auto ageing = answers.ageing({}, {});
    if (!ageing) return tl::unexpected(ageing.error());
    auto dso = answers.dso({}, {});
    if (!dso) return tl::unexpected(dso.error());
    const json::value known_at =
        request->known_at ? json::value(request->known_at->rfc3339()) : json::value(nullptr);
    const json::value rate_date = ageing->at("rate_table_date");
    return http::json_answer(json::object{{"as_of", request->query.moment.as_of.iso()},
                                          {"known_at", known_at},
                                          {"rate_table_date", rate_date},
                                          {"working_day", decided.decisions.works(decided.decisions.date)},
                                          {"next_working_day", decided.decisions.next_working_day().iso()},
                                          {"agenda", agenda_json(decided.decisions, disputes.size())},
                                          {"collected", collected_json(pages, *request, answers.settings())},
                                          {"dso", std::move(*dso)},
                                          {"trend", answers.dso_trend({}, 12)},
                                          {"waterfall", answers.dso_waterfall({})},
                                          {"ageing", std::move(*ageing)},
                                          {"promises", promises_json(run, *request, names)},
                                          {"customers_to_act_on", act_on_json(decided, names)}});
}

}  // namespace countback::collections
