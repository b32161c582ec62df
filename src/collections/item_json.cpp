#include "collections/item_json.h"

#include <algorithm>

namespace countback::collections {

namespace {

json::array flags_json(const Snapshot& book, const ItemView& item, Moment moment) {
    json::array flags;
    if ((item.flags & item_flag::due_before_issue) != 0) flags.emplace_back("due_before_issue");
    if ((item.flags & item_flag::negative_invoice) != 0) flags.emplace_back("negative_invoice");
    if ((item.flags & item_flag::due_from_terms) != 0) flags.emplace_back("derived_due_date");
    if (item.version.value != item.id.value) flags.emplace_back("changed");
    if (item.issue > moment.as_of) flags.emplace_back("future");
    bool estimated = false;
    book.each_allocation(item.row, moment.known_at,
                         [&](const AllocationView& one) { estimated |= one.estimated; });
    if (estimated) flags.emplace_back("estimated_clearing");
    return flags;
}

}  // namespace

json::object item_row_json(const Snapshot& book, const ItemView& item, Moment moment, PageNames& names) {
    const std::int64_t open = book.open(item, moment);
    const auto reason = reason_of(book, item, moment);
    return {{"id", item.id.value},
            {"number", names.item_number(item.id)},
            {"type", name_of(item.type)},
            {"customer", names.customer_json(book.customer(item.account))},
            {"entity", names.entity_json(book.entity(item.account))},
            {"issue_date", item.issue.iso()},
            {"due_date", item.due.iso()},
            {"days_late", open > 0 ? std::max(0, moment.as_of - item.due) : 0},
            {"amount", decimal(item.amount, item.currency)},
            {"open", decimal(open, item.currency)},
            {"currency", item.currency.code()},
            {"reason", reason ? json::value(name_of(*reason)) : json::value(nullptr)},
            {"flags", flags_json(book, item, moment)}};
}

}  // namespace countback::collections
