// IMP-5: an item's due date, set by a person. IMP-8: cash recorded before the source has it.
#include <algorithm>

#include "base/text.h"
#include "imports/changes.h"
#include "imports/queries.h"
#include "receivables/corrections.h"

namespace countback::imports {
namespace {

/// The item, when it exists in the perimeter and its load was not undone.
Result<ItemView> seen_item(const Snapshot& book, const Perimeter& perimeter, ItemId id, Date today) {
    const auto row = book.item(id);
    const auto view = row ? book.view(*row, known_now) : std::nullopt;
    const bool seen = view && (view->flags & item_flag::undone) == 0 &&
                      book.admits(perimeter, {}, {today, known_now}, view->account);
    if (!seen) return refuse(RefusalCode::not_found, {{"what", "item"}});
    return *view;
}

Result<std::int64_t> read_amount(const std::string& text, Currency currency) {
    const auto amount = parse_decimal(text, currency);
    if (!amount) return refuse(RefusalCode::amount_unreadable, {{"value", text}});
    if (*amount <= 0) return refuse(RefusalCode::amount_not_positive);
    return *amount;
}

/// An item's version as it stands, to be changed.
ItemFact version_of(Writing& writing, const ItemView& item) {
    ItemFact fact;
    fact.item = item.id;
    fact.amount = item.amount;
    fact.issue = item.issue;
    fact.due = item.due;
    fact.flags = item.flags;
    fact.number = writing.connection().text(number_of_item, {item.id.value}).value_or("");
    return fact;
}

struct Room {
    ItemView item;
    std::int64_t amount = 0;  ///< what the payment settles of it, minor units
};

/// The items that a payment names, each an open debit of the customer in the payment's currency.
Result<std::vector<Room>> read_parts(const Writing& writing, const NewPayment& payment, AccountRow account,
                                     Currency currency) {
    const Snapshot& book = writing.book();
    std::vector<Room> rooms;
    for (const NewPayment::Part& part : payment.parts) {
        const auto row = book.item(part.item);
        const auto view = row ? book.view(*row, known_now) : std::nullopt;
        const bool own = view && view->account == account && view->debit() && !view->memo();
        if (!own) return refuse(RefusalCode::not_found, {{"what", "item"}});
        if (view->currency != currency) return refuse(RefusalCode::currency_mismatch);
        const auto amount = read_amount(part.amount, currency);
        if (!amount) return tl::unexpected(amount.error());
        std::int64_t open = view->amount;
        book.each_allocation(*row, known_now, [&](const AllocationView& a) { open -= a.amount; });
        for (const Room& other : rooms) open -= other.item.row == view->row ? other.amount : 0;
        if (*amount > open) {
            return refuse(RefusalCode::amount_above_open,
                          {{"amount", decimal(*amount, currency)},
                           {"open", decimal(std::max<std::int64_t>(open, 0), currency)}});
        }
        rooms.push_back({*view, *amount});
    }
    return rooms;
}

}  // namespace

Result<void> Changes::change_item(const Person& person, const ItemChange& change) {
    if (trim(change.reason).empty()) return refuse(RefusalCode::reason_missing);
    if (!change.due && !change.owner) return refuse(RefusalCode::field_missing, {{"field", "due_date"}});
    const auto written = ledger_.write({person.user, person.source}, [&](Writing& writing) -> Result<void> {
        const auto item = seen_item(writing.book(), person.perimeter, change.item, ledger_.clock().today());
        if (!item) return tl::unexpected(item.error());
        ItemFact after = version_of(writing, *item);
        after.due = change.due.value_or(item->due);
        after.flags |= item_flag::due_set_here;
        if (change.owner.value_or(Owner::product) == Owner::source) after.flags &= ~item_flag::due_set_here;
        if (change.due) after.flags &= ~(item_flag::due_from_terms | item_flag::due_before_issue);
        if (after.due < after.issue) after.flags |= item_flag::due_before_issue;
        if (after.due == item->due && after.flags == item->flags) return {};
        log(writing, person,
            {"item_changed", "item " + std::to_string(change.item.value), item->due.iso(), after.due.iso()});
        correct_item(writing, *item, std::move(after));
        writing.then([&](const Numbers& numbers) -> Result<void> {
            // The version is the first fact of this writing.
            writing.connection().run(insert_item_reason,
                                     {numbers(FactNo{-1}).value, person.user.value, trim(change.reason)});
            return {};
        });
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return {};
}

Result<ItemId> Changes::record_payment(const Person& person, const NewPayment& payment) {
    const auto currency = Currency::parse(payment.currency);
    if (!currency) return refuse(RefusalCode::currency_unknown, {{"value", payment.currency}});
    const auto amount = read_amount(payment.amount, *currency);
    if (!amount) return tl::unexpected(amount.error());
    if (payment.date > ledger_.clock().today())
        return refuse(RefusalCode::field_invalid, {{"field", "date"}, {"reason", "it lies in the future"}});
    ItemId made;
    const auto written = ledger_.write({person.user, person.source}, [&](Writing& writing) -> Result<void> {
        const auto account = admitted(writing.book(), person.perimeter, payment.customer);
        if (!account) return tl::unexpected(account.error());
        const auto rooms = read_parts(writing, payment, *account, *currency);
        if (!rooms) return tl::unexpected(rooms.error());
        std::int64_t left = *amount;
        for (const Room& room : *rooms) left -= room.amount;
        if (left < 0)
            return refuse(RefusalCode::amount_above_open,
                          {{"amount", decimal(*amount - left, *currency)}, {"open", payment.amount}});
        ItemFact fact;
        fact.customer = payment.customer;
        fact.type = ItemType::payment;
        fact.currency = *currency;
        fact.amount = -*amount;
        fact.issue = fact.due = payment.date;
        fact.flags = item_flag::made_here | item_flag::provisional;
        fact.number = payment.reference.empty() ? payment.date.iso() : payment.reference;
        const ItemId item = writing.add(std::move(fact));
        for (const Room& room : *rooms) {
            AllocationFact allocation;
            allocation.item = room.item.id;
            allocation.counter = item;
            allocation.amount = room.amount;
            allocation.given = payment.date;
            writing.add(allocation);
        }
        writing.then([&, item](const Numbers& numbers) -> Result<void> {
            made = numbers(item);
            log(writing, person,
                {"payment_recorded", "item " + std::to_string(made.value), "",
                 payment.amount + " " + payment.currency + "\n" + payment.date.iso()});
            return {};
        });
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return made;
}

}  // namespace countback::imports
