// Putting customers under a head (COL-2) and naming the customer that receives their messages (COL-7). Both
// hold from the day they are set; before it the customer stands alone.
#include <algorithm>

#include "collections/service.h"
#include "correspondence/group.h"
#include "parties/directory.h"

namespace countback::collections {

namespace {

/// The writing, and the day from which it holds.
struct Change {
    Writing& writing;
    Date today;
    Moment moment() const { return {today, known_now}; }
    CustomerId customer(AccountRow account) const { return writing.book().customer(account); }
};

tl::unexpected<Refusal> refuse_naming(const Change& change, RefusalCode code, AccountRow account) {
    const auto customer = parties::customer(change.writing.connection(), change.customer(account));
    return refuse(code, {{"customer", customer ? customer->name : std::string()}});
}

/// An attribute holds from its first day back to the beginning: a first day of nothing keeps the past as it
/// was.
void set(const Change& change, AccountRow account, Attribute attribute, std::int64_t value) {
    const CustomerId customer = change.customer(account);
    const auto facts = change.writing.book().attributes(account, known_now);
    const auto same = [&](const AttributeFact& fact) { return fact.attribute == attribute; };
    if (std::none_of(facts.begin(), facts.end(), same))
        change.writing.add(AttributeFact{{}, customer, attribute, 0, Date(0)});
    change.writing.add(AttributeFact{{}, customer, attribute, value, change.today});
}

std::vector<AccountRow> members_of(const Change& change, AccountRow head) {
    auto all = correspondence::chased_together(change.writing.book(), head, change.moment());
    all.erase(all.begin());
    return all;
}

/// Out of its group; a head: every member out. A head left without members heads nothing.
void leave(const Change& change, AccountRow account) {
    const Snapshot& book = change.writing.book();
    const auto head = correspondence::head_of(book, account, change.moment());
    if (!head && !correspondence::heads_group(book, account, change.moment())) return;
    std::size_t left = 0;
    for (const AccountRow member : members_of(change, head.value_or(account))) {
        if (head && member != account) {
            ++left;
        } else {
            set(change, member, Attribute::group_master, 0);
        }
    }
    if (left == 0) set(change, head.value_or(account), Attribute::group_master, 0);
}

Result<void> join(const Change& change, AccountRow account, AccountRow head) {
    const Snapshot& book = change.writing.book();
    if (account == head) return refuse(RefusalCode::group_itself);
    if (book.entity(account) != book.entity(head))
        return refuse_naming(change, RefusalCode::group_other_entity, head);
    if (correspondence::head_of(book, head, change.moment()))
        return refuse_naming(change, RefusalCode::group_chain, head);
    if (!members_of(change, account).empty()) return refuse_naming(change, RefusalCode::group_chain, account);
    const auto before = correspondence::head_of(book, account, change.moment());
    if (before == head) return {};
    if (before && members_of(change, *before).size() == 1) set(change, *before, Attribute::group_master, 0);
    if (!correspondence::heads_group(book, head, change.moment()))
        set(change, head, Attribute::group_master, change.customer(head).value);
    set(change, account, Attribute::group_master, change.customer(head).value);
    return {};
}

bool receives_for_others(const Change& change, AccountRow account) {
    bool any = false;
    change.writing.book().each_account(Perimeter::whole(), {}, change.moment(), [&](AccountRow other) {
        any |= other != account &&
               correspondence::recipient_of(change.writing.book(), other, change.moment()) == account;
    });
    return any;
}

Result<void> send_to(const Change& change, AccountRow account, AccountRow centre) {
    const Snapshot& book = change.writing.book();
    if (account == centre) return refuse(RefusalCode::centre_itself);
    if (book.entity(account) != book.entity(centre))
        return refuse_naming(change, RefusalCode::centre_other_entity, centre);
    if (correspondence::recipient_of(book, centre, change.moment()) != centre)
        return refuse_naming(change, RefusalCode::centre_chain, centre);
    if (receives_for_others(change, account))
        return refuse_naming(change, RefusalCode::centre_chain, account);
    if (correspondence::recipient_of(book, account, change.moment()) == centre) return {};
    set(change, account, Attribute::payment_centre, change.customer(centre).value);
    return {};
}

}  // namespace

Result<void> Collections::put_in_group(const Perimeter& perimeter, const Author& author, CustomerId customer,
                                       std::optional<CustomerId> head) {
    const auto written = ledger_.write(author, [&](Writing& writing) -> Result<void> {
        const auto account = admitted_account(perimeter, writing.book(), customer, today());
        if (!account) return tl::unexpected(account.error());
        const Change change{writing, today()};
        if (!head) {
            leave(change, *account);
            return {};
        }
        const auto leader = admitted_account(perimeter, writing.book(), *head, today());
        if (!leader) return tl::unexpected(leader.error());
        return join(change, *account, *leader);
    });
    if (!written) return tl::unexpected(written.error());
    return {};
}

Result<void> Collections::set_payment_centre(const Perimeter& perimeter, const Author& author,
                                             CustomerId customer, std::optional<CustomerId> centre) {
    const auto written = ledger_.write(author, [&](Writing& writing) -> Result<void> {
        const auto account = admitted_account(perimeter, writing.book(), customer, today());
        if (!account) return tl::unexpected(account.error());
        const Change change{writing, today()};
        if (!centre) {
            if (correspondence::recipient_of(writing.book(), *account, change.moment()) != *account)
                set(change, *account, Attribute::payment_centre, 0);
            return {};
        }
        const auto receiver = admitted_account(perimeter, writing.book(), *centre, today());
        if (!receiver) return tl::unexpected(receiver.error());
        return send_to(change, *account, *receiver);
    });
    if (!written) return tl::unexpected(written.error());
    return {};
}

}  // namespace countback::collections
