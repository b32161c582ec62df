#include "measures/item_answers.h"

#include "measures/item_order.h"

namespace countback {

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
            {"days_late", days_late(row.listed, moment.as_of)},
            {"amount", decimal(row.amount, row.currency)},
            {"open", decimal(row.counted, row.currency)},
            {"currency", row.currency.code()},
            {"reason", reason ? json::value(name_of(*reason)) : json::value(nullptr)},
            {"flags", item_flags_json(book, item, moment)}};
}

json::object item_totals_json(const ItemTotal& total) {
    return {{"currency", total.currency.code()},
            {"amount", decimal(total.amount, total.currency)},
            {"open", decimal(total.counted, total.currency)}};
}

}  // namespace countback
