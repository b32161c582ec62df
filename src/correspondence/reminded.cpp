// MSG-2: what a text may say of earlier messages.
#include <algorithm>
#include <set>

#include "correspondence/compose.h"
#include "correspondence/queries.h"

namespace countback::correspondence {

bool was_reminded(store::Connection& connection, const NewMessage& message, const Statement& statement) {
    std::set<ItemId> reminded;
    connection.each(reminded_items, {message.customer.value}, [&](const store::Row& row) {
        const ItemId item{row.integer(0)};
        const Date day(static_cast<std::int32_t>(row.integer(1)));
        for (const StatementLine& line : statement.lines) {
            if (line.item == item && line.due < day) reminded.insert(item);
        }
    });
    const auto known = [&](const AskedItem& one) { return reminded.contains(one.item); };
    return !message.items.empty() && std::all_of(message.items.begin(), message.items.end(), known);
}

}  // namespace countback::correspondence
