#include "collections/page_query.h"

#include <algorithm>
#include <array>
#include <limits>

#include "parties/directory.h"

namespace countback::collections {

namespace {

constexpr int search_limit = 5'000;

void read_sort(std::string text, PageQuery& page) {
    if (text.starts_with('-')) {
        page.page.direction = Direction::descending;
        text.erase(0, 1);
    }
    page.sort = std::move(text);
}

}  // namespace

Result<PageQuery> read_page_query(const access::Caller& caller, const http::Request& request,
                                  const Snapshot& book, Date today) {
    auto measured = read_measure_request(caller, request, book, today);
    if (!measured) return tl::unexpected(measured.error());
    PageQuery page;
    page.request = std::move(*measured);
    http::QueryReader query(request);
    if (const auto date = query.date("date")) page.request.query.moment.as_of = *date;
    page.page.limit = static_cast<std::size_t>(query.whole("limit", 100, 1, 500));
    page.search = query.text("q", {1, 200}).value_or("");
    read_sort(query.text("sort", {1, 60}).value_or(""), page);
    if (const auto after = query.text("after", {1, 400})) {
        page.page.after = Cursor::parse(*after);
        if (!page.page.after) query.refuse_field("after", *after);
    }
    constexpr std::array formats{AnswerFormat::json, AnswerFormat::csv, AnswerFormat::xlsx};
    page.format = formats.at(query.choice("format", {"json", "csv", "xlsx"}));
    if (query.refusal()) return tl::unexpected(*query.refusal());
    if (page.format != AnswerFormat::json) {
        page.page.after.reset();
        page.page.limit = std::numeric_limits<std::size_t>::max();
    }
    return page;
}

bool narrow_to(std::string_view text, ListNames& names, Selection& selection) {
    if (text.empty()) return true;
    std::vector<CustomerId> found = parties::search_customers(names.connection(), text, search_limit);
    const auto& asked = selection.customers;
    if (!asked.empty()) {
        std::erase_if(
            found, [&](CustomerId id) { return std::find(asked.begin(), asked.end(), id) == asked.end(); });
    }
    selection.customers = std::move(found);
    return !selection.customers.empty();
}

Answer list_answer(json::object answer, const PageQuery& page, std::string_view name,
                   const std::vector<ExportColumn>& columns) {
    if (page.format == AnswerFormat::json) return http::json_answer(answer);
    std::vector<json::object> totals;
    if (const json::value* all = answer.if_contains("totals")) {
        for (const json::value& total : all->as_array()) totals.push_back(total.as_object());
    }
    ExportFile file{name, columns, rows_at_hand(std::move(answer["rows"].as_array())), std::move(totals)};
    return export_answer(std::move(file), page.format, page.request.language);
}

}  // namespace countback::collections
