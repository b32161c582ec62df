#include "imports/reachability.h"

#include <algorithm>

#include "base/text.h"
#include "net/address.h"
#include "parties/directory.h"

namespace countback::imports {
namespace {

void set(Writing& writing, CustomerId customer, std::int64_t unreached, Date from) {
    writing.add(AttributeFact{{}, customer, Attribute::no_contact, unreached, from});
}

/// With its contacts.
std::int64_t unreached_now(store::Connection& connection, CustomerId id) {
    const std::int64_t alone = unreached_by(parties::customer(connection, id).value_or(Customer{}));
    const auto contacts = parties::contacts(connection, id);
    const bool written_to = std::any_of(contacts.begin(), contacts.end(), [](const Contact& contact) {
        return is_mail_address(contact.email);
    });
    return written_to ? alone & ~no_mail : alone;
}

}  // namespace

bool is_mail_address(std::string_view text) { return net::mail_address(text).has_value(); }

std::int64_t unreached_by(const Customer& customer) {
    return (is_mail_address(customer.email) ? 0 : no_mail) | (trim(customer.address).empty() ? no_post : 0);
}

void keep_reachability(Writing& writing, CustomerId customer, ReachabilityDays days) {
    const auto account = writing.book().account(customer);
    if (!account) return;
    const std::int64_t unreached = unreached_now(writing.connection(), customer);
    const auto known = [&](Date day) {
        return writing.book().attribute(*account, Attribute::no_contact, {day, known_now});
    };
    const bool differs_now = known(days.today) != unreached;
    if (known(days.day) != unreached) set(writing, customer, unreached, days.day);
    if (days.day < days.today && differs_now) set(writing, customer, unreached, days.today);
}

void add_reachability(Writing& writing, CustomerId id, const Customer& texts, Date day) {
    if (const std::int64_t unreached = unreached_by(texts); unreached != 0) set(writing, id, unreached, day);
}

void say_reachability(Writing& writing, CustomerId customer, ReachabilityDays days) {
    const std::int64_t unreached = unreached_now(writing.connection(), customer);
    set(writing, customer, unreached, days.day);
    if (days.day < days.today) set(writing, customer, unreached, days.today);
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
