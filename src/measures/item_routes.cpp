// /api/items, /api/items/{id}, /api/customers/{id}/history: the rows behind every total, and their facts.
#include <algorithm>

#include "measures/history.h"
#include "measures/item_answers.h"
#include "measures/routes.h"
#include "parties/directory.h"

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

constexpr int search_max = 10'000;

const std::vector<ExportColumn> item_columns{{"number"},
                                             {"type"},
                                             {"customer.code"},
                                             {"customer.name"},
                                             {"entity.code"},
                                             {"issue_date", CellKind::date},
                                             {"due_date", CellKind::date},
                                             {"days_late", CellKind::integer},
                                             {"amount", CellKind::money},
                                             {"open", CellKind::money},
                                             {"currency"},
                                             {"reason"}};

Result<MeasureRequest> read_request(const MeasureServices& services, const Caller& caller,
                                    const Request& request) {
    return read_measure_request(caller, request, services.ledger.book(), services.ledger.clock().today());
}

std::optional<Month> parse_month(std::string_view text) {
    const auto first = Date::parse_iso(std::string(text) + "-01");
    return first ? std::optional(month_of(*first)) : std::nullopt;
}

Result<ItemFilter> read_filter(const Request& request, ListNames& names) {
    http::QueryReader reader(request);
    ItemFilter filter;
    filter.state = static_cast<ItemState>(
        reader.choice("state", {"open", "overdue", "not_due", "cleared", "unapplied", "all"}));
    const auto bucket = reader.choice(
        "bucket", {"", "not_due", "d1_30", "d31_60", "d61_90", "d91_120", "d120_plus", "unapplied"});
    if (bucket > 0) filter.bucket = static_cast<AgeingColumn>(bucket - 1);
    if (bucket > 0) filter.bounds = measure_settings(names.connection()).ageing;
    const auto part = reader.choice("part", {"", "unapplied", "not_due", "litigation", "disputed", "plan",
                                             "promised", "processing", "no_reason"});
    if (part > 0) filter.part = static_cast<Part>(part - 1);
    const auto type = reader.choice("type", {"", "invoice", "credit_note", "payment", "misc", "draft",
                                             "late_fee", "down_payment_request"});
    if (type > 0) filter.type = static_cast<ItemType>(type);
    if (const auto cause = reader.text("cause")) {
        // A cause that nobody used opens to no row.
        filter.cause = *cause == "none" ? LabelId{} : names.dispute_cause(*cause).value_or(LabelId{-1});
    }
    if (const auto month = reader.text("billed_in", {7, 7})) {
        filter.billed_in = parse_month(*month);
        if (!filter.billed_in) reader.refuse_field("billed_in", "a month like 2026-03 expected");
    }
    if (reader.refusal()) return tl::unexpected(*reader.refusal());
    return filter;
}

ItemFilter::Found search(std::string_view text, ListNames& names) {
    ItemFilter::Found found{names.items_numbered(text, search_max),
                            parties::search_customers(names.connection(), text, search_max)};
    std::ranges::sort(found.customers);
    return found;
}

json::object list_json(const MeasureRequest& request, const ItemPage& page, ListNames& names) {
    json::array rows, totals;
    for (const ShownItem& row : page.rows) rows.push_back(item_row_json(request, row, names));
    for (const auto& total : page.totals) totals.push_back(item_totals_json(total));
    return {{"as_of", request.query.moment.as_of.iso()},
            {"rows", std::move(rows)},
            {"next", page.next ? json::value(page.next->text()) : json::value(nullptr)},
            {"count", page.count},
            {"totals", std::move(totals)}};
}

Result<Response> list_items_answer(const MeasureServices& services, const Caller& caller,
                                   const Request& request) {
    const auto measure = read_request(services, caller, request);
    if (!measure) return tl::unexpected(measure.error());
    auto list = read_list_parameters(request);
    if (!list) return tl::unexpected(list.error());
    ListNames names(services.ledger.database());
    auto filter = read_filter(request, names);
    if (!filter) return tl::unexpected(filter.error());
    if (list->search) filter->found = search(*list->search, names);
    const auto page = item_page(*measure, *filter, list->rows, services.table(), names);
    if (!page) return tl::unexpected(page.error());
    if (list->format == AnswerFormat::json) return http::json_answer(list_json(*measure, *page, names));
    std::vector<json::object> totals;
    for (const auto& total : page->totals) totals.push_back(item_totals_json(total));
    const auto row = [&](std::size_t n) { return item_row_json(*measure, page->rows[n], names); };
    return export_answer({"items", item_columns, {page->rows.size(), row}, std::move(totals)}, list->format,
                         caller.language);
}

Result<Response> item_answer(const MeasureServices& services, const ItemTold& told, const Caller& caller,
                             const Request& request) {
    const auto measure = read_request(services, caller, request);
    if (!measure) return tl::unexpected(measure.error());
    const auto id = http::parse_id(request.capture("id"));
    if (!id) return refuse(RefusalCode::not_found);
    ListNames names(services.ledger.database());
    auto sheet = item_sheet_json(*measure, ItemId{*id}, services, names);
    if (!sheet) return tl::unexpected(sheet.error());
    if (told) *sheet = joined(std::move(*sheet), told(caller, *measure, ItemId{*id}));
    return http::json_answer(*sheet);
}

Result<Response> history_answer(const MeasureServices& services, const Caller& caller,
                                const Request& request) {
    const auto measure = read_request(services, caller, request);
    if (!measure) return tl::unexpected(measure.error());
    const auto list = read_list_parameters(request);
    if (!list) return tl::unexpected(list.error());
    const auto id = http::parse_id(request.capture("id"));
    if (!id) return refuse(RefusalCode::not_found);
    ListNames names(services.ledger.database());
    const auto history = history_json(*measure, CustomerId{*id}, list->rows.page, services, names);
    if (!history) return tl::unexpected(history.error());
    return http::json_answer(*history);
}

}  // namespace

void declare_item_routes(Gate& gate, const MeasureServices& services, ItemTold item_told) {
    gate.declare({Method::get, "/api/items", Right::read, Scope::signed_in,
                  [&services](const Caller& caller, const Request& request) {
                      return list_items_answer(services, caller, request);
                  }});
    gate.declare({Method::get, "/api/items/{id}", Right::read, Scope::signed_in,
                  [&services, told = std::move(item_told)](const Caller& caller, const Request& request) {
                      return item_answer(services, told, caller, request);
                  }});
    gate.declare({Method::get, "/api/customers/{id}/history", Right::read, Scope::signed_in,
                  [&services](const Caller& caller, const Request& request) {
                      return history_answer(services, caller, request);
                  }});
}

}  // namespace countback
