// One item with all that was recorded of it: versions and allocations, oldest first (LED-3, LED-4).
#include <algorithm>

#include "measures/item_answers.h"
#include "receivables/lists_queries.h"

namespace countback {
namespace {

json::value at_json(const Snapshot& book, FactNo fact) {
    const auto instant = book.instant_of(fact);
    return instant ? json::value(instant->rfc3339()) : json::value(nullptr);
}

json::value load_json(FactNo fact, ListNames& names) {
    const auto load = names.connection().integer(receivables::list_fact_load, {fact.value});
    return load && *load > 0 ? json::value(*load) : json::value(nullptr);
}

json::array versions_json(const MeasureRequest& request, const ItemView& item,
                          const MeasureServices& services, ListNames& names) {
    json::array versions;
    auto all = request.book.versions(item.row, request.query.moment.known_at);
    std::ranges::reverse(all);
    for (const ItemView& version : all) {
        versions.push_back(json::object{{"fact", version.version.value},
                                        {"at", at_json(request.book, version.version)},
                                        {"author", author_of(version.version, services, names)},
                                        {"load_id", load_json(version.version, names)},
                                        {"amount", decimal(version.amount, version.currency)},
                                        {"currency", version.currency.code()},
                                        {"issue_date", version.issue.iso()},
                                        {"due_date", version.due.iso()}});
    }
    return versions;
}

/// A link is told by what stands on its other side.
std::string_view cause_of(const Snapshot& book, const AllocationView& allocation, FactNo known_at) {
    switch (allocation.cause) {
        case ClearingCause::cash:
            return "cash";
        case ClearingCause::credit_note:
            return "credit_note";
        case ClearingCause::write_off:
            return "write_off";
        case ClearingCause::unknown:
            return "unknown";
        case ClearingCause::link:
        case ClearingCause::offset:
            break;
    }
    const auto counter = allocation.counter ? book.view(*allocation.counter, known_at) : std::nullopt;
    if (counter && counter->type == ItemType::payment) return "cash";
    return counter && counter->type == ItemType::credit_note ? "credit_note" : "offset";
}

json::array allocations_json(const MeasureRequest& request, const ItemView& item, ListNames& names) {
    const Snapshot& book = request.book;
    const FactNo known_at = request.query.moment.known_at;
    std::vector<AllocationView> given;
    std::vector<FactNo> reversed;
    book.each_allocation(item.row, known_at, [&](const AllocationView& one) {
        if (one.amount < 0) reversed.push_back(one.reverses);
        if (one.amount > 0) given.push_back(one);
    });
    std::ranges::sort(given, {},
                      [](const AllocationView& one) { return std::pair(one.effective, one.fact); });
    json::array allocations;
    for (const AllocationView& one : given) {
        const auto counter = one.counter ? book.view(*one.counter, known_at) : std::nullopt;
        allocations.push_back(json::object{
            {"fact", one.fact.value},
            {"at", at_json(book, one.fact)},
            {"effective", one.effective.iso()},
            {"amount", decimal(one.amount, item.currency)},
            {"cause", cause_of(book, one, known_at)},
            {"counter_item", counter ? json::value(names.item_json(counter->id)) : json::value(nullptr)},
            {"estimated", one.estimated},
            {"reversed", std::ranges::find(reversed, one.fact) != reversed.end()}});
    }
    return allocations;
}

json::object texts_json(const ItemView& item, ListNames& names) {
    json::object texts;
    const auto put = [&](const char* name, std::string_view text) {
        texts[name] = text.empty() ? json::value(nullptr) : json::value(text);
    };
    names.connection().each(receivables::list_item_texts, {item.id.value}, [&](const store::Row& row) {
        put("source_id", row.text(0));
        put("order_reference", row.text(1));
        put("document_link", row.text(2));
        put("vat_amount", row.is_null(3) ? std::string() : decimal(row.integer(3), item.currency));
        boost::system::error_code unreadable;
        const json::value custom = json::parse(row.text(4), unreadable);
        if (unreadable || !custom.is_object()) return;
        for (const auto& [name, value] : custom.as_object()) {
            texts[name] = value.is_string() || value.is_null() ? value : json::value(json::serialize(value));
        }
    });
    return texts;
}

}  // namespace

std::string author_of(FactNo fact, const MeasureServices& services, ListNames& names) {
    const FactOrigin origin = names.origin(fact);
    return origin.user && services.user_name ? services.user_name(origin.user) : origin.source;
}

Result<json::object> item_sheet_json(const MeasureRequest& request, ItemId id,
                                     const MeasureServices& services, ListNames& names) {
    const Snapshot& book = request.book;
    const Moment moment = request.query.moment;
    const auto row = book.item(id);
    const auto item = row ? book.view(*row, moment.known_at) : std::nullopt;
    if (!item || !book.admits(request.perimeter, {}, moment, item->account))
        return refuse(RefusalCode::not_found);
    const std::int64_t open = book.open(*item, moment);
    const ShownItem shown{{*item, open, open}, item->currency, item->amount, open};
    return json::object{{"as_of", moment.as_of.iso()},
                        {"item", item_row_json(request, shown, names)},
                        {"texts", texts_json(*item, names)},
                        {"versions", versions_json(request, *item, services, names)},
                        {"allocations", allocations_json(request, *item, names)},
                        {"standings", json::array{}}};
}

}  // namespace countback
