// COL-9, COL-10: specific actions, snoozes and notices done, each one transaction.
#include <algorithm>

#include "collections/own_message.h"
#include "collections/queries.h"
#include "collections/service.h"
#include "collections/specific_queries.h"

namespace countback::collections {

namespace {

/// An item is in one action at a time, and a text that calls it late goes when it is.
Result<void> check_action(Writing& writing, const NewSpecificAction& action, const ItemView& item) {
    store::Connection& connection = writing.connection();
    const auto refused = [&](const char* reason, const char* name, Date date) {
        const std::string number = connection.text(item_number, {item.id.value}).value_or("");
        return refuse(RefusalCode::step_not_due, {{"reason", reason}, {"item", number}, {name, date.iso()}});
    };
    if (const auto day = connection.integer(specific_with_item, {item.id.value}))
        return refused("item_in_action", "date", Date(static_cast<std::int32_t>(*day)));
    const bool late = needs_recipient(action.channel) && calls_late(action.template_code);
    if (late && item.due >= action.day) return refused("called_late", "due", item.due);
    return {};
}

/// Each an open debit or credit item of the account, once.
Result<void> check_items(Writing& writing, const NewSpecificAction& action, AccountRow account, Date today) {
    std::vector<ItemId> seen;
    for (const ItemId id : action.items) {
        const auto row = writing.book().item(id);
        const auto view = row ? writing.book().view(*row, known_now) : std::nullopt;
        if (!view || view->account != account || std::find(seen.begin(), seen.end(), id) != seen.end())
            return refuse(RefusalCode::not_found, {{"what", "item"}});
        if (writing.book().open(*view, {std::max(today, view->issue), known_now}) == 0) {
            return refuse(RefusalCode::item_settled,
                          {{"item", writing.connection().text(item_number, {id.value}).value_or("")}});
        }
        if (const auto fits = check_action(writing, action, *view); !fits) return fits;
        seen.push_back(id);
    }
    return {};
}

std::int64_t append(store::Connection& connection, const Author& author, const NewSpecificAction& action,
                    Instant now) {
    std::int64_t row =
        store::allot(connection, row_numbers, 1 + static_cast<std::int64_t>(action.items.size()));
    const std::int64_t number = row;
    connection.run(add_specific, {number, action.customer.value, static_cast<std::int64_t>(action.day.days()),
                                  static_cast<std::int64_t>(action.channel), action.template_code,
                                  author.user.value, now.micros});
    for (const ItemId item : action.items) connection.run(add_specific_item, {++row, number, item.value});
    if (!action.title.empty()) connection.run(add_specific_text, {number, action.title});
    return number;
}

}  // namespace

Result<std::int64_t> Collections::add_specific_action(const Perimeter& perimeter, const Author& author,
                                                      const NewSpecificAction& action) {
    if (action.items.empty()) return refuse(RefusalCode::field_missing, {{"field", "items"}});
    if (action.day < today()) return refuse(RefusalCode::date_in_past, {{"date", action.day.iso()}});
    std::int64_t number = 0;
    const auto written = ledger_.write(author, [&](Writing& writing) -> Result<void> {
        const auto account = admitted_account(perimeter, writing.book(), action.customer, today());
        if (!account) return tl::unexpected(account.error());
        if (const auto fits = check_items(writing, action, *account, today()); !fits) return fits;
        number = append(writing.connection(), author, action, ledger_.clock().now());
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return number;
}

Result<void> Collections::end_specific_action(const Perimeter& perimeter, const Author& author,
                                              const SpecificEnding& ending) {
    const auto written = ledger_.write(author, [&](Writing& writing) -> Result<void> {
        const auto account = admitted_account(perimeter, writing.book(), ending.customer, today());
        if (!account) return tl::unexpected(account.error());
        store::Connection& connection = writing.connection();
        if (connection.integer(specific_open, {ending.number, ending.customer.value}).value_or(0) == 0)
            return refuse(RefusalCode::not_found, {{"what", "action"}});
        std::optional<std::int64_t> day;
        if (ending.how == SpecificEnd::done) day = today().days();
        const std::int64_t row = store::allot(connection, row_numbers, 1);
        connection.run(add_specific_end,
                       {row, ending.number, day, author.user.value, ledger_.clock().now().micros});
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return {};
}

Result<void> Collections::snooze(const Perimeter& perimeter, const Author& author, CustomerId customer,
                                 std::optional<Date> until) {
    if (until && *until < today()) return refuse(RefusalCode::date_in_past, {{"date", until->iso()}});
    const auto written = ledger_.write(author, [&](Writing& writing) -> Result<void> {
        const auto account = admitted_account(perimeter, writing.book(), customer, today());
        if (!account) return tl::unexpected(account.error());
        std::optional<std::int64_t> day;
        if (until) day = until->days();
        const std::int64_t row = store::allot(writing.connection(), row_numbers, 1);
        writing.connection().run(add_snooze,
                                 {row, customer.value, day, author.user.value, ledger_.clock().now().micros});
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return {};
}

Result<void> Collections::note_notices(const Author& author, const NoticeDone& done) {
    const auto written = ledger_.write(author, [&](Writing& writing) -> Result<void> {
        store::Connection& connection = writing.connection();
        std::int64_t row =
            store::allot(connection, row_numbers, static_cast<std::int64_t>(done.items.size()));
        for (const ItemId item : done.items) {
            connection.run(add_notice_done, {row++, done.customer.value, item.value, done.notice,
                                             static_cast<std::int64_t>(done.day.days()), author.user.value,
                                             ledger_.clock().now().micros});
        }
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return {};
}

}  // namespace countback::collections
