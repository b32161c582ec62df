#include "measures/item_answers.h"

#include <algorithm>
#include <array>

#include "base/parallel.h"

namespace countback {
namespace {

constexpr std::size_t sort_text_bytes_max = 120;

bool overdue(const ListedItem& listed, Date as_of) { return listed.open > 0 && listed.item.due < as_of; }

/// Rows that convert take their rounded amounts; the residual goes to the largest.
void convert(std::vector<ShownItem>& rows, const Conversion& conversion) {
    std::vector<std::size_t> places;
    std::vector<Exact> amounts, counted;
    Exact amount_sum = 0, counted_sum = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const ListedItem& listed = rows[i].listed;
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
        ShownItem& row = rows[places[i]];
        row.currency = conversion.reporting();
        row.amount = shown_amounts[i];
        row.counted = shown_counted[i];
    }
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

constexpr std::array<std::string_view, 6> word_orders{"number", "customer", "entity",
                                                      "type",   "currency", "reason"};
constexpr std::array<std::string_view, 6> number_orders{"due_date", "issue_date", "amount",
                                                        "open",     "days_late",  "id"};

std::int64_t sort_number(const ShownItem& row, Date as_of, std::string_view sort) {
    const ItemView& item = row.listed.item;
    if (sort == "due_date") return item.due.days();
    if (sort == "issue_date") return item.issue.days();
    if (sort == "amount") return row.amount;
    if (sort == "open") return row.counted;
    if (sort == "days_late") return overdue(row.listed, as_of) ? as_of - item.due : 0;
    return item.id.value;
}

/// In its own currency.
ShownItem as_it_is(const ListedItem& listed) {
    return {listed, listed.item.currency, listed.item.amount, listed.counted};
}

/// By currency; a handful of them.
class Totals {
public:
    void add(Currency currency, std::int64_t amount, std::int64_t counted) {
        ItemPage::Total& total = of(currency);
        total.amount = checked_add(total.amount, amount);
        total.counted = checked_add(total.counted, counted);
    }
    void add(const Totals& other) {
        for (const ItemPage::Total& one : other.totals_) add(one.currency, one.amount, one.counted);
    }
    std::vector<ItemPage::Total> in_order() && {
        std::ranges::sort(totals_, {}, &ItemPage::Total::currency);
        return std::move(totals_);
    }

private:
    ItemPage::Total& of(Currency currency) {
        for (ItemPage::Total& one : totals_) {
            if (one.currency == currency) return one;
        }
        return totals_.emplace_back(ItemPage::Total{currency, 0, 0});
    }
    std::vector<ItemPage::Total> totals_;
};

/// The rows of one page and one more, of those that come after a place, in order of a number.
class TopRows {
public:
    TopRows(std::string_view sort, const PageRequest& page, Date as_of)
        : sort_(sort), page_(page), kept_(std::max(page.limit, page.limit + 1)), as_of_(as_of) {}

    void take(const ListedItem& listed) {
        const ShownItem row = as_it_is(listed);
        ++count_;
        totals_.add(row.currency, row.amount, row.counted);
        offer({sort_number(row, as_of_, sort_), listed.item.id.value, row});
    }
    void take(const TopRows& other) {
        count_ += other.count_;
        totals_.add(other.totals_);
        for (const Placed& one : other.top_) offer(one);
    }
    ItemPage page() && {
        ItemPage page;
        std::ranges::sort(top_, [this](const Placed& a, const Placed& b) { return before(a, b); });
        if (top_.size() > page_.limit) {
            top_.pop_back();
            if (!top_.empty()) page.next = Cursor{{top_.back().number, {}}, top_.back().id};
        }
        for (const Placed& one : top_) page.rows.push_back(one.row);
        page.count = count_;
        page.totals = std::move(totals_).in_order();
        return page;
    }

private:
    struct Placed {
        std::int64_t number, id;
        ShownItem row;
    };
    bool before(const Placed& a, const Placed& b) const {
        const auto left = std::pair(a.number, a.id), right = std::pair(b.number, b.id);
        return page_.direction == Direction::descending ? right < left : left < right;
    }
    void offer(const Placed& one) {
        const auto order = [this](const Placed& a, const Placed& b) { return before(a, b); };
        if (page_.after && !before({page_.after->value.number, page_.after->id, {}}, one)) return;
        if (top_.size() == kept_ && !before(one, top_.front())) return;
        top_.push_back(one);
        std::ranges::push_heap(top_, order);
        if (top_.size() <= kept_) return;
        std::ranges::pop_heap(top_, order);
        top_.pop_back();
    }

    std::string_view sort_;
    const PageRequest& page_;
    std::size_t kept_;  ///< one more than the page shows, without end where it shows all
    Date as_of_;
    std::size_t count_ = 0;
    Totals totals_;
    std::vector<Placed> top_;  ///< a heap, the last of them first
};

ItemPage page_by_number(const MeasureRequest& request, const ItemFilter& filter, std::string_view sort,
                        const PageRequest& page) {
    const ItemWalk walk(request.perimeter, request.book, request.query, filter);
    std::vector<TopRows> pieces(walk.pieces(), TopRows(sort, page, request.query.moment.as_of));
    in_parallel(pieces.size(), [&](std::size_t piece) {
        walk.walk(piece, [&](const ListedItem& row) { pieces[piece].take(row); });
    });
    TopRows all(sort, page, request.query.moment.as_of);
    for (const TopRows& piece : pieces) all.take(piece);
    return std::move(all).page();
}

/// Every row, with the amounts that are shown.
std::vector<ShownItem> shown_items(const MeasureRequest& request, const ItemFilter& filter,
                                   const RateTable& rates) {
    std::vector<ShownItem> rows;
    std::vector<Currency> currencies;
    for (const ListedItem& listed : list_items(request.perimeter, request.book, request.query, filter)) {
        rows.push_back(as_it_is(listed));
        const Currency currency = listed.item.currency;
        if (std::ranges::find(currencies, currency) == currencies.end()) currencies.push_back(currency);
    }
    if (request.query.reporting)
        convert(rows, Conversion(rates, request.query.moment.as_of, *request.query.reporting, currencies));
    return rows;
}

/// What a row is sorted by; amounts as they are shown.
Cursor sort_key(const ShownItem& row, const MeasureRequest& request, const std::string& sort,
                ListNames& names) {
    Cursor key{{}, row.listed.item.id.value};
    if (std::ranges::find(word_orders, sort) != word_orders.end()) {
        key.value.text = sort_text(row, request, sort, names);
        key.value.text.resize(std::min(key.value.text.size(), sort_text_bytes_max));
    } else {
        key.value.number = sort_number(row, request.query.moment.as_of, sort);
    }
    return key;
}

ItemPage page_of_all(const std::vector<ShownItem>& rows, const std::vector<Cursor>& keys,
                     const PageRequest& wish) {
    ItemPage page;
    PageOfRows places = page_of(keys, wish);
    for (const std::size_t place : places.places) page.rows.push_back(rows[place]);
    page.next = std::move(places.next);
    page.count = rows.size();
    Totals totals;
    for (const ShownItem& row : rows) totals.add(row.currency, row.amount, row.counted);
    page.totals = std::move(totals).in_order();
    return page;
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

Result<ItemPage> item_page(const MeasureRequest& request, const ItemFilter& filter, const RowsRequest& wish,
                           const RateTable& rates, ListNames& names) {
    const std::string sort = wish.sort.empty() ? "due_date" : wish.sort;
    const bool by_number = std::ranges::find(number_orders, sort) != number_orders.end();
    if (!by_number && std::ranges::find(word_orders, sort) == word_orders.end())
        return refuse(RefusalCode::field_invalid, {{"field", "sort"}, {"reason", sort}});
    if (by_number && !request.query.reporting) return page_by_number(request, filter, sort, wish.page);
    const std::vector<ShownItem> rows = shown_items(request, filter, rates);
    std::vector<Cursor> keys;
    keys.reserve(rows.size());
    for (const ShownItem& row : rows) keys.push_back(sort_key(row, request, sort, names));
    return page_of_all(rows, keys, wish.page);
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

json::object item_totals_json(const ItemPage::Total& total) {
    return {{"currency", total.currency.code()},
            {"amount", decimal(total.amount, total.currency)},
            {"open", decimal(total.counted, total.currency)}};
}

}  // namespace countback
