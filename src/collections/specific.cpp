#include "collections/specific.h"

#include <algorithm>

#include "collections/specific_queries.h"

namespace countback::collections {

namespace {

Date date_at(const store::Row& row, int column) {
    return Date(static_cast<std::int32_t>(row.integer(column)));
}

SpecificAction* find(DunningState& state, CustomerId customer, std::int64_t number) {
    const auto found = state.specific.find(customer);
    if (found == state.specific.end()) return nullptr;
    const auto one = std::find_if(found->second.begin(), found->second.end(),
                                  [&](const SpecificAction& action) { return action.number == number; });
    return one == found->second.end() ? nullptr : &*one;
}

void end(DunningState& state, const store::Row& row) {
    const std::int64_t number = row.integer(0);
    const CustomerId customer{row.integer(1)};
    SpecificAction* action = find(state, customer, number);
    if (!action) return;
    if (!row.is_null(2) && is_contact(action->channel)) {
        auto& contacts = state.contacts[customer];
        const Date day = date_at(row, 2);
        contacts.insert(std::upper_bound(contacts.begin(), contacts.end(), day), day);
    }
    auto& all = state.specific[customer];
    std::erase_if(all, [&](const SpecificAction& one) { return one.number == number; });
    if (all.empty()) state.specific.erase(customer);
}

}  // namespace

void read_specific(store::Connection& connection, std::int64_t known, DunningState& state) {
    connection.each(specific_after, {known}, [&](const store::Row& row) {
        SpecificAction action;
        action.number = row.integer(0);
        action.day = date_at(row, 2);
        action.channel = static_cast<Channel>(row.integer(3));
        action.template_code = std::string(row.text(4));
        action.title = std::string(row.text(5));
        state.specific[CustomerId{row.integer(1)}].push_back(std::move(action));
    });
    connection.each(specific_items_after, {known}, [&](const store::Row& row) {
        if (SpecificAction* action = find(state, CustomerId{row.integer(1)}, row.integer(0)))
            action->items.push_back(ItemId{row.integer(2)});
    });
    connection.each(specific_ends_after, {known}, [&](const store::Row& row) { end(state, row); });
    connection.each(snoozes_after, {known}, [&](const store::Row& row) {
        const CustomerId customer{row.integer(0)};
        if (row.is_null(1)) {
            state.snoozed.erase(customer);
        } else {
            state.snoozed[customer] = date_at(row, 1);
        }
    });
    connection.each(notices_after, {known}, [&](const store::Row& row) {
        state.noticed[ItemId{row.integer(0)}].emplace_back(row.text(1));
        auto& days = state.told[CustomerId{row.integer(2)}];
        const Date day = date_at(row, 3);
        const auto place = std::lower_bound(days.begin(), days.end(), day);
        if (place == days.end() || *place != day) days.insert(place, day);
    });
}

}  // namespace countback::collections
