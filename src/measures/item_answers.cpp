#include "measures/item_answers.h"

#include <algorithm>
#include <map>

namespace countback {
namespace {

constexpr std::size_t sort_text_bytes_max = 120;

bool overdue(const ListedItem& listed, Date as_of) { return listed.open > 0 && listed.item.due < as_of; }

/// Rows that convert take their rounded amounts; the residual goes to the largest.
void convert(ShownItems& items, const Conversion& conversion) {
    std::vector<std::size_t> places;
    std::vector<Exact> amounts, counted;
    Exact amount_sum = 0, counted_sum = 0;
    for (std::size_t i = 0; i < items.rows.size(); ++i) {
        const ListedItem& listed = items.rows[i].listed;
        if (!conversion.converts(listed.item.currency)) continue;
        const Exact weight = conversion.weight(listed.item.currency);
        places.push_back(i);
        amounts.push_back(weight * listed.item.amount);
        counted.push_back(weight * listed.counted);
        amount_sum += amounts.back();
        counted_sum += counted.back();
    }
    const auto shown_amounts = rounded_to_total(amounts, conversion.unit(), conversion.rounded(amount_sum));
    const auto shown_counted = rounded_to_total(counted, conversion.unit(), conversion.rounded(counted_sum));
    for (std::size_t i = 0; i < places.size(); ++i) {
        ShownItem& row = items.rows[places[i]];
        row.currency = conversion.reporting();
        row.amount = shown_amounts[i];
        row.counted = shown_counted[i];
    }
    items.conversion = {conversion.rate_day(), conversion.unconverted(), conversion.unit()};
}

std::string sort_text(const ShownItem& row, const MeasureRequest& request, const std::string& sort,
                      ListNames& names) {
    const ItemView& item = row.listed.item;
    if (sort == "number") return names.item_number(item.id);
    if (sort == "customer") return names.customer(request.book.customer(item.account)).code;
    if (sort == "entity") return names.entity(request.book.entity(item.account)).code;
    if (sort == "type") return std::string(name_of(item.type));
    if (sort == "currency") return std::string(row.currency.code());
    const auto reason = reason_of(request.book, item, request.query.moment);
    return reason ? std::string(name_of(*reason)) : std::string();
}

std::optional<std::int64_t> sort_number(const ShownItem& row, Date as_of, const std::string& sort) {
    const ItemView& item = row.listed.item;
    if (sort == "due_date") return item.due.days();
    if (sort == "issue_date") return item.issue.days();
    if (sort == "amount") return row.amount;
    if (sort == "open") return row.counted;
    if (sort == "days_late") return overdue(row.listed, as_of) ? as_of - item.due : 0;
    return sort == "id" ? std::optional(item.id.value) : std::nullopt;
}

}  // namespace

json::array item_flags_json(const Snapshot& book, const ItemView& item, Moment moment) {
    json::array flags;
    if ((item.flags & item_flag::due_before_issue) != 0) flags.emplace_back("due_before_issue");
    if ((item.flags & item_flag::negative_invoice) != 0) flags.emplace_back("negative_invoice");
    if ((item.flags & item_flag::due_from_terms) != 0) flags.emplace_back("derived_due_date");
    if ((item.flags & item_flag::due_set_here) != 0) flags.emplace_back("due_set_here");
    if ((item.flags & item_flag::provisional) != 0) flags.emplace_back("provisional");
    if (item.version.value != item.id.value) flags.emplace_back("changed");
    if (item.issue > moment.as_of) flags.emplace_back("future");
    bool estimated = false;
    book.each_allocation(item.row, moment.known_at, [&](const AllocationView& one) {
        estimated = estimated || (one.estimated && one.effective <= moment.as_of);
    });
    if (estimated) flags.emplace_back("estimated_clearing");
    return flags;
}

ShownItems shown_items(const MeasureRequest& request, const ItemFilter& filter, const RateTable& rates) {
    ShownItems items;
    std::vector<Currency> currencies;
    for (const ListedItem& listed : list_items(request.perimeter, request.book, request.query, filter)) {
        const Currency currency = listed.item.currency;
        items.rows.push_back({listed, currency, listed.item.amount, listed.counted});
        if (std::ranges::find(currencies, currency) == currencies.end()) currencies.push_back(currency);
    }
    if (request.query.reporting) {
        convert(items, Conversion(rates, request.query.moment.as_of, *request.query.reporting, currencies));
    }
    std::map<Currency, ShownItems::Total> totals;
    for (const ShownItem& row : items.rows) {
        ShownItems::Total& total = totals[row.currency];
        total.currency = row.currency;
        total.amount = checked_add(total.amount, row.amount);
        total.counted = checked_add(total.counted, row.counted);
    }
    for (const auto& [currency, total] : totals) items.totals.push_back(total);
    return items;
}

Result<std::vector<Cursor>> item_sort_keys(const ShownItems& items, const MeasureRequest& request,
                                           const std::string& sort, ListNames& names) {
    constexpr std::array<std::string_view, 6> words{"number", "customer", "entity",
                                                    "type",   "currency", "reason"};
    const bool by_text = std::ranges::find(words, sort) != words.end();
    std::vector<Cursor> keys;
    keys.reserve(items.rows.size());
    for (const ShownItem& row : items.rows) {
        Cursor key{{}, row.listed.item.id.value};
        const auto number = sort_number(row, request.query.moment.as_of, sort);
        if (!by_text && !number)
            return refuse(RefusalCode::field_invalid, {{"field", "sort"}, {"reason", sort}});
        if (by_text) key.value.text = sort_text(row, request, sort, names);
        key.value.text.resize(std::min(key.value.text.size(), sort_text_bytes_max));
        key.value.number = number.value_or(0);
        keys.push_back(std::move(key));
    }
    return keys;
}

json::object item_row_json(const MeasureRequest& request, const ShownItem& row, ListNames& names) {
    const Snapshot& book = request.book;
    const Moment moment = request.query.moment;
    const ItemView& item = row.listed.item;
    const auto reason = reason_of(book, item, moment);
    return {{"id", item.id.value},
            {"number", names.item_number(item.id)},
            {"type", name_of(item.type)},
            {"customer", names.customer_json(book.customer(item.account))},
            {"entity", names.entity_json(book.entity(item.account))},
            {"issue_date", item.issue.iso()},
            {"due_date", item.due.iso()},
            {"days_late", overdue(row.listed, moment.as_of) ? moment.as_of - item.due : 0},
            {"amount", decimal(row.amount, row.currency)},
            {"open", decimal(row.counted, row.currency)},
            {"currency", row.currency.code()},
            {"reason", reason ? json::value(name_of(*reason)) : json::value(nullptr)},
            {"flags", item_flags_json(book, item, moment)}};
}

json::object item_totals_json(const ShownItems::Total& total) {
    return {{"currency", total.currency.code()},
            {"amount", decimal(total.amount, total.currency)},
            {"open", decimal(total.counted, total.currency)}};
}

}  // namespace countback
