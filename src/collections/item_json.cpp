#include "collections/item_json.h"

#include <algorithm>

#include "measures/item_answers.h"

namespace countback::collections {

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
            {"flags", item_flags_json(book, item, moment)}};
}

}  // namespace countback::collections
