// /api/items, /api/items/{id}, /api/customers/{id}/history: the rows behind every total, and their facts.
#include <algorithm>

#include "measures/history.h"
#include "measures/item_answers.h"
#include "measures/item_pages.h"
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
/// Rows of a file whose places are held at a time.
constexpr std::size_t file_rows_min = 20'000, file_rows_max = 250'000;

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

/// The rows of a file, page after page of one snapshot. The first page is short, so that the file begins at
/// once; later ones are so long that a long list is not walked often.
ExportRows rows_of_list(const std::shared_ptr<ItemPages>& pages, PageRequest wish, ItemPlaces first,
                        store::Database& database) {
    constexpr std::size_t few = 500;
    const std::size_t count = pages->amounts().count();
    wish.limit = std::clamp(count / 4, file_rows_min, file_rows_max);
    auto page = std::make_shared<ItemPlaces>(std::move(first));
    return {count, [pages, wish, page, &database, place = std::size_t{0}]() mutable {
                ListNames names(database);
                if (place == page->rows.size() && page->next) {
                    wish.after = page->next;
                    *page = {};
                    *page = pages->places(wish, names);
                    place = 0;
                }
                json::array rows;
                for (; rows.size() < few && place < page->rows.size(); ++place)
                    rows.push_back(item_row_json(pages->request(), pages->shown(page->rows[place]), names));
                return rows;
            }};
}

Result<Response> list_items_answer(const MeasureServices& services, const Caller& caller,
                                   const Request& request) {
    auto measure = read_request(services, caller, request);
    if (!measure) return tl::unexpected(measure.error());
    auto list = read_list_parameters(request);
    if (!list) return tl::unexpected(list.error());
    const auto sort = parse_item_sort(list->rows.sort);
    if (!sort) return tl::unexpected(sort.error());
    ListNames names(services.ledger.database());
    auto filter = read_filter(request, names);
    if (!filter) return tl::unexpected(filter.error());
    if (list->search) filter->found = search(*list->search, names);
    const bool file = list->format != AnswerFormat::json;
    const auto pages =
        std::make_shared<ItemPages>(std::move(*measure), std::move(*filter), *sort, services.table());
    PageRequest wish = list->rows.page;
    if (!file) return http::json_answer(list_json(pages->request(), pages->page(wish, names), names));
    wish.limit = file_rows_min;
    ItemPlaces first = pages->places(wish, names);
    std::vector<json::object> totals;
    for (const ItemTotal& total : pages->amounts().totals()) totals.push_back(item_totals_json(total));
    ExportRows rows = rows_of_list(pages, wish, std::move(first), services.ledger.database());
    return export_answer({"items", item_columns, std::move(rows), std::move(totals)}, list->format,
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
