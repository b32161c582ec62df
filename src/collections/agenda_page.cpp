#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "collections/agenda_json.h"
#include "collections/page_query.h"
#include "collections/pages.h"
#include "collections/words.h"
#include "parties/directory.h"

namespace countback::collections {

namespace {

/// The outcomes asked for; due alone when none is named.
Result<std::set<Outcome>> outcomes_of(const http::Request& request) {
    const auto text = request.parameter("outcome");
    if (!text || text->empty()) return std::set{Outcome::due};
    std::set<Outcome> wanted;
    for (const std::string_view name : split(*text, ',')) {
        const auto all = {Outcome::due, Outcome::waiting, Outcome::suppressed, Outcome::nothing};
        const auto found =
            std::find_if(all.begin(), all.end(), [&](Outcome one) { return name_of(one) == name; });
        if (found == all.end()) {
            return refuse(RefusalCode::field_invalid, {{"field", "outcome"}, {"reason", std::string(name)}});
        }
        wanted.insert(*found);
    }
    return wanted;
}

json::array scenario_counts(const std::vector<const Decision*>& rows, Language language) {
    std::map<std::string, std::int64_t> counts;
    for (const Decision* row : rows) {
        if (row->scenario) ++counts[name_of(*row->scenario, language)];
    }
    json::array array;
    for (const auto& [name, count] : counts)
        array.emplace_back(json::object{{"scenario", name}, {"count", count}});
    return array;
}

/// The agenda's own order: the due ones first, then by priority, then by customer.
Cursor place_of(const Decision& row) {
    const std::int64_t due = row.outcome == Outcome::due ? 1'000'000 : 0;
    return {{-(due + row.priority.total), {}}, row.customer.value};
}

json::object agenda_json(const DecidedRun& run, const std::vector<const Decision*>& rows,
                         const PageQuery& page, PageNames& names) {
    std::vector<Cursor> keys;
    for (const Decision* row : rows) keys.push_back(place_of(*row));
    const PageOfRows shown_rows = page_of(keys, page.page);
    json::array shown;
    Explainer explain(run.book, {*run.policy, *run.state}, page.moment());
    for (const std::size_t place : shown_rows.places)
        shown.push_back(agenda_row_json(explain(*rows[place]), run.decisions.date, names));
    return {{"date", run.decisions.date.iso()},
            {"dry_run", true},
            {"working_day", run.decisions.works(run.decisions.date)},
            {"next_working_day", run.decisions.next_working_day().iso()},
            {"scenario_counts", scenario_counts(rows, names.language())},
            {"counts", counts_json(run.decisions.counts)},
            {"rows", std::move(shown)},
            {"next", shown_rows.next ? json::value(shown_rows.next->text()) : json::value(nullptr)},
            {"count", rows.size()}};
}

const std::vector<ExportColumn> agenda_columns{{"priority.total", formats::CellKind::integer},
                                               {"entity.code"},
                                               {"customer.code"},
                                               {"customer.name"},
                                               {"collector.name"},
                                               {"outcome"},
                                               {"next_step"},
                                               {"earliest_date", formats::CellKind::date},
                                               {"leader.number"},
                                               {"leader.due_date", formats::CellKind::date},
                                               {"overdue"},
                                               {"reason"}};

/// One text for the amounts of several currencies, and the first reason, as a sheet shows them.
void flatten(json::object& row) {
    std::string amounts;
    for (const json::value& sum : row.at("overdue").as_array()) {
        if (!amounts.empty()) amounts += " + ";
        amounts +=
            std::string(sum.at("amount").as_string()) + ' ' + std::string(sum.at("currency").as_string());
    }
    row["overdue"] = amounts;
    const json::array& reasons = row.at("reasons").as_array();
    row["reason"] = reasons.empty() ? json::value("") : reasons.front().at("text");
}

}  // namespace

Result<bool> narrow_to_scope(const access::Caller& caller, const http::Request& request, ListNames& names,
                             Selection& selection) {
    http::QueryReader query(request);
    const bool mine = query.choice("scope", {"all", "mine"}) == 1;
    if (query.refusal()) return tl::unexpected(*query.refusal());
    if (!mine) return true;
    std::vector<LabelId> own;
    for (const Label& label : parties::labels(names.connection(), LabelKind::collector)) {
        const auto& asked = selection.collectors;
        const bool wanted = asked.empty() || std::find(asked.begin(), asked.end(), label.id) != asked.end();
        if (wanted && fold(label.text) == fold(caller.name)) own.push_back(label.id);
    }
    selection.collectors = own;
    return !own.empty();
}

Result<std::int64_t> path_id(const http::Request& request, std::string_view name) {
    const auto id = http::parse_id(request.capture(name));
    if (!id) return refuse(RefusalCode::not_found);
    return *id;
}

Answer agenda_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const Snapshot book = pages.service.ledger().book();
    auto page = read_page_query(caller, request, book, pages.service.today());
    if (!page) return tl::unexpected(page.error());
    const auto wanted = outcomes_of(request);
    if (!wanted) return tl::unexpected(wanted.error());
    PageNames names(pages.service.ledger().database(), caller.language, pages.user_name);
    DecideQuery query{page->selection(), page->moment(), Detail::outcome};
    DecidedRun run = pages.service.undecided(query.moment);
    const auto some = narrow_to_scope(caller, request, names, query.selection);
    if (!some) return tl::unexpected(some.error());
    if (*some && narrow_to(page->search, names, query.selection)) {
        run = pages.service.decide(caller.perimeter, query);
    }
    std::vector<const Decision*> rows;
    for (const Decision& row : run.decisions.rows) {
        if (wanted->contains(row.outcome)) rows.push_back(&row);
    }
    json::object answer = agenda_json(run, rows, *page, names);
    if (page->format != AnswerFormat::json) {
        for (json::value& row : answer["rows"].as_array()) flatten(row.as_object());
    }
    return list_answer(std::move(answer), *page, "agenda", agenda_columns);
}

Answer decision_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto customer = path_id(request, "customer_id");
    if (!customer) return tl::unexpected(customer.error());
    const Snapshot book = pages.service.ledger().book();
    const auto page = read_page_query(caller, request, book, pages.service.today());
    if (!page) return tl::unexpected(page.error());
    DecideQuery query{{}, page->moment(), Detail::whole};
    query.selection.customers = {CustomerId{*customer}};
    const DecidedRun run = pages.service.decide(caller.perimeter, query);
    if (run.decisions.rows.empty()) return refuse(RefusalCode::not_found, {{"what", "customer"}});
    PageNames names(pages.service.ledger().database(), caller.language, pages.user_name);
    return http::json_answer(decision_json(run.decisions.rows.front(), run, names));
}

}  // namespace countback::collections
