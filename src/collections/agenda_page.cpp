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

constexpr int search_limit = 5'000;

/// The outcomes asked for; due alone when none is named.
Result<std::set<Outcome>> outcomes_of(const http::Request& request) {
    const auto text = request.parameter("outcome");
    if (!text || text->empty()) return std::set{Outcome::due};
    std::set<Outcome> wanted;
    for (const std::string_view name : split(*text, ',')) {
        const auto all = {Outcome::due, Outcome::waiting, Outcome::suppressed, Outcome::nothing};
        const auto found = std::find_if(all.begin(), all.end(), [&](Outcome one) { return name_of(one) == name; });
        if (found == all.end()) {
            return refuse(RefusalCode::field_invalid, {{"field", "outcome"}, {"reason", std::string(name)}});
        }
        wanted.insert(*found);
    }
    return wanted;
}

/// Limits the selection to what the text finds among codes and names.
bool narrow_by_search(store::Connection& connection, const std::string& search, Selection& selection) {
    if (search.empty()) return true;
    std::vector<CustomerId> found = parties::search_customers(connection, search, search_limit);
    if (!selection.customers.empty()) {
        std::erase_if(found, [&](CustomerId id) {
            return std::find(selection.customers.begin(), selection.customers.end(), id) == selection.customers.end();
        });
    }
    selection.customers = std::move(found);
    return !selection.customers.empty();
}

json::array scenario_counts(const std::vector<const Decision*>& rows, Language language) {
    std::map<std::string, std::int64_t> counts;
    for (const Decision* row : rows) {
        if (row->scenario) ++counts[name_of(*row->scenario, language)];
    }
    json::array array;
    for (const auto& [name, count] : counts) array.emplace_back(json::object{{"scenario", name}, {"count", count}});
    return array;
}

std::size_t place_after(const std::vector<const Decision*>& rows, const std::string& after) {
    const auto id = http::parse_id(after);
    if (!id) return 0;
    const auto last = std::find_if(rows.begin(), rows.end(), [&](const Decision* row) { return row->customer.value == *id; });
    return last == rows.end() ? 0 : static_cast<std::size_t>(last - rows.begin()) + 1;
}

json::object agenda_json(const DecidedRun& run, const std::vector<const Decision*>& rows, const PageQuery& page,
                         PageNames& names) {
    const std::size_t first = place_after(rows, page.after);
    const std::size_t end = std::min(rows.size(), first + page.limit);
    json::array shown;
    for (std::size_t i = first; i < end; ++i) {
        shown.push_back(agenda_row_json(*rows[i], run.decisions.date, names));
    }
    const bool more = end < rows.size();
    return {{"date", run.decisions.date.iso()},
            {"dry_run", true},
            {"scenario_counts", scenario_counts(rows, names.language())},
            {"counts", counts_json(run.decisions.counts)},
            {"rows", std::move(shown)},
            {"next", more ? json::value(std::to_string(rows[end - 1]->customer.value)) : json::value(nullptr)},
            {"count", rows.size()}};
}

}  // namespace

Result<std::int64_t> path_id(const http::Request& request, std::string_view name) {
    const auto id = http::parse_id(request.capture(name));
    if (!id) return refuse(RefusalCode::not_found);
    return *id;
}

Answer agenda_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const Snapshot book = pages.service.ledger().book();
    auto page = read_page_query(request, book, pages.service.today());
    if (!page) return tl::unexpected(page.error());
    const auto wanted = outcomes_of(request);
    if (!wanted) return tl::unexpected(wanted.error());
    PageNames names(pages.service.ledger().database(), caller.language, pages.user_name);
    DecideQuery query{page->selection, page->moment, false};
    DecidedRun run;
    run.decisions.date = page->moment.as_of;
    if (narrow_by_search(names.connection(), page->search, query.selection)) {
        run = pages.service.decide(caller.perimeter, query);
    }
    std::vector<const Decision*> rows;
    for (const Decision& row : run.decisions.rows) {
        if (wanted->contains(row.outcome)) rows.push_back(&row);
    }
    return http::json_answer(agenda_json(run, rows, *page, names));
}

Answer decision_page(const Pages& pages, const access::Caller& caller, const http::Request& request) {
    const auto customer = path_id(request, "customer_id");
    if (!customer) return tl::unexpected(customer.error());
    const Snapshot book = pages.service.ledger().book();
    const auto page = read_page_query(request, book, pages.service.today());
    if (!page) return tl::unexpected(page.error());
    DecideQuery query{{}, page->moment, true};
    query.selection.customers = {CustomerId{*customer}};
    const DecidedRun run = pages.service.decide(caller.perimeter, query);
    if (run.decisions.rows.empty()) return refuse(RefusalCode::not_found, {{"what", "customer"}});
    PageNames names(pages.service.ledger().database(), caller.language, pages.user_name);
    return http::json_answer(decision_json(run.decisions.rows.front(), run, names));
}

}  // namespace countback::collections
