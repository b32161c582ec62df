#include "correspondence/group.h"

namespace countback::correspondence {

namespace {

/// The account of the same entity that the attribute names, when it is another one.
std::optional<AccountRow> other(const Snapshot& book, AccountRow account, Attribute attribute,
                                Moment moment) {
    if (!book.marked(account, AccountMark::linked)) return std::nullopt;
    const CustomerId named{book.attribute(account, attribute, moment)};
    if (!named || named == book.customer(account)) return std::nullopt;
    const auto row = book.account(named);
    if (!row || book.entity(*row) != book.entity(account)) return std::nullopt;
    return row;
}

}  // namespace

bool heads_group(const Snapshot& book, AccountRow account, Moment moment) {
    return book.marked(account, AccountMark::linked) &&
           CustomerId{book.attribute(account, Attribute::group_master, moment)} == book.customer(account);
}

std::optional<AccountRow> head_of(const Snapshot& book, AccountRow account, Moment moment) {
    const auto head = other(book, account, Attribute::group_master, moment);
    return head && heads_group(book, *head, moment) ? head : std::nullopt;
}

Groups groups_of(const Snapshot& book, Moment moment) {
    Groups groups;
    book.each_marked(AccountMark::linked, [&](AccountRow row) {
        if (const auto head = head_of(book, row, moment)) groups[*head].push_back(row);
    });
    return groups;
}

std::vector<AccountRow> chased_together(const Snapshot& book, AccountRow account, Moment moment) {
    std::vector<AccountRow> all{account};
    if (!heads_group(book, account, moment)) return all;
    book.each_marked(AccountMark::linked, [&](AccountRow row) {
        if (head_of(book, row, moment) == account) all.push_back(row);
    });
    return all;
}

AccountRow recipient_of(const Snapshot& book, AccountRow account, Moment moment) {
    return other(book, account, Attribute::payment_centre, moment).value_or(account);
}

Receivers receivers_of(const Snapshot& book, Moment moment) {
    Receivers receivers;
    book.each_marked(AccountMark::linked, [&](AccountRow row) {
        if (const auto centre = other(book, row, Attribute::payment_centre, moment))
            receivers[*centre].push_back(book.customer(row));
    });
    return receivers;
}

}  // namespace countback::correspondence
