#include "imports/reachability.h"

#include <algorithm>

#include "net/address.h"
#include "parties/directory.h"

namespace countback::imports {
namespace {

void set(Writing& writing, CustomerId customer, bool reachable, Date from) {
    writing.add(AttributeFact{{}, customer, Attribute::no_contact, reachable ? 0 : 1, from});
}

}  // namespace

bool is_mail_address(std::string_view text) { return net::mail_address(text).has_value(); }

bool is_reachable(store::Connection& connection, CustomerId id) {
    const auto customer = parties::customer(connection, id);
    if (customer && is_mail_address(customer->email)) return true;
    const auto contacts = parties::contacts(connection, id);
    return std::any_of(contacts.begin(), contacts.end(),
                       [](const Contact& contact) { return is_mail_address(contact.email); });
}

void keep_reachability(Writing& writing, CustomerId customer, ReachabilityDays days) {
    const auto account = writing.book().account(customer);
    if (!account) return;
    const bool reachable = is_reachable(writing.connection(), customer);
    const auto known = [&](Date day) {
        return writing.book().attribute(*account, Attribute::no_contact, {day, known_now}) == 0;
    };
    const bool differs_now = known(days.today) != reachable;
    if (known(days.day) != reachable) set(writing, customer, reachable, days.day);
    if (days.day < days.today && differs_now) set(writing, customer, reachable, days.today);
}

void add_reachability(Writing& writing, CustomerId customer, bool reachable, Date day) {
    if (!reachable) set(writing, customer, false, day);
}

void say_reachability(Writing& writing, CustomerId customer, ReachabilityDays days) {
    const bool reachable = is_reachable(writing.connection(), customer);
    set(writing, customer, reachable, days.day);
    if (days.day < days.today) set(writing, customer, reachable, days.today);
}

void judge_reachability(Ledger& ledger) {
    const auto written = ledger.write({{}, "system"}, [&](Writing& writing) -> Result<void> {
        const Snapshot& book = writing.book();
        const Date today = ledger.clock().today();
        book.each_account(Perimeter::whole(), {}, {today, known_now}, [&](AccountRow account) {
            Date first = today;
            book.each_item(account, known_now,
                           [&](const ItemView& item) { first = std::min(first, item.issue); });
            keep_reachability(writing, book.customer(account), {first, today});
        });
        return {};
    });
    if (!written) throw store::Failure(store::Failure::Kind::statement, "reachability was not written");
}

}  // namespace countback::imports
