#include "collections/promise.h"

#include <algorithm>
#include <array>

#include "base/ensure.h"

namespace countback::collections {

namespace {

/// Credit notes lower what was promised; a write-off gives up the rest and pays nothing.
bool lowers(const Snapshot& book, const AllocationView& allocation, FactNo known_at) {
    if (allocation.cause == ClearingCause::credit_note || allocation.cause == ClearingCause::write_off)
        return true;
    if (!allocation.counter) return false;
    const auto counter = book.view(*allocation.counter, known_at);
    return counter && counter->type == ItemType::credit_note;
}

struct Window {
    Date from, to;
    bool holds(Date day) const { return from <= day && day <= to; }
};

struct Sums {
    std::int64_t open_before = 0, received = 0, lowered = 0;
};

Sums sums_of(const Snapshot& book, const ItemView& item, Window window, FactNo known_at) {
    Sums sums;
    sums.open_before = book.open(item, {window.from, known_at});
    book.each_allocation(item.row, known_at, [&](const AllocationView& allocation) {
        if (!window.holds(allocation.effective)) return;
        (lowers(book, allocation, known_at) ? sums.lowered : sums.received) += allocation.amount;
        if (allocation.effective == window.from) sums.open_before += allocation.amount;
    });
    return sums;
}

/// The items a promise is about: those of its parts, or every debit item the account had when it was made.
std::vector<ItemView> items_of(const Snapshot& book, std::span<const StandingView> parts, FactNo known_at) {
    std::vector<ItemView> items;
    for (const StandingView& part : parts) {
        if (!part.item) continue;
        if (const auto item = book.view(*part.item, known_at)) items.push_back(*item);
    }
    if (!items.empty()) return items;
    book.each_item(parts.front().account, known_at, [&](const ItemView& item) {
        if (item.debit() && !item.memo() && item.issue <= parts.front().from) items.push_back(item);
    });
    return items;
}

std::int64_t unapplied_payments(const Snapshot& book, AccountRow account, Currency currency, Window window,
                                FactNo known_at) {
    std::int64_t sum = 0;
    book.each_open_item(account, {window.to, known_at}, [&](const ItemView& item) {
        if (item.type != ItemType::payment || item.currency != currency || !window.holds(item.issue)) return;
        sum -= book.open(item, {window.to, known_at});
    });
    return sum;
}

PromiseState judged(const PromiseResult& result, const PromiseTerms& terms, Date as_of) {
    if (result.received >= result.promised) return PromiseState::kept;
    if (as_of <= result.deadline) return PromiseState::pending;
    if (terms.last_load && *terms.last_load <= result.deadline) return PromiseState::awaiting_data;
    return result.received > 0 ? PromiseState::partly_kept : PromiseState::broken;
}

}  // namespace

std::string_view name_of(PromiseState state) {
    constexpr std::array<std::string_view, 6> names{"pending",     "awaiting_data", "kept",
                                                    "partly_kept", "broken",        "cancelled"};
    return names[static_cast<std::size_t>(state)];
}

PromiseResult promise_result(const Snapshot& book, std::span<const StandingView> parts,
                             const PromiseTerms& terms, Moment moment) {
    ensure(!parts.empty(), "a promise has a part");
    const Date made = parts.front().from;
    const Date promised = parts.front().to.value_or(made);
    PromiseResult result;
    result.deadline = terms.days.after(promised, terms.grace_days);
    const Window window{made, std::min(moment.as_of, result.deadline)};
    std::int64_t lowered = 0, whole = 0;
    const auto items = items_of(book, parts, moment.known_at);
    if (!items.empty()) result.currency = items.front().currency;
    for (const ItemView& item : items) {
        const Sums sums = sums_of(book, item, window, moment.known_at);
        whole += sums.open_before;
        result.received += sums.received;
        lowered += sums.lowered;
    }
    std::int64_t amount = 0;
    for (const StandingView& part : parts) amount += part.amount.value_or(0);
    result.promised = std::max<std::int64_t>(0, (amount > 0 ? amount : whole) - lowered);
    result.received +=
        unapplied_payments(book, parts.front().account, result.currency, window, moment.known_at);
    result.state = judged(result, terms, moment.as_of);
    return result;
}

}  // namespace countback::collections
