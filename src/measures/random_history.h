// For tests: random histories of a company, and the slow, obvious model that answers for them: late facts,
// corrected dates and amounts, loads undone, customers that move to other collectors and segments, at any day
// as known at any fact.
#pragma once
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "measures/small_book.h"

namespace countback::test {

constexpr int span_days = 500;
inline const Date first_day = day("2024-01-01");

/// Facts as they were appended; every question is answered by walking all of them. A load that was undone
/// never was, for whoever knows of it: neither its facts nor those that took them back are looked at.
struct Model {
    std::vector<ItemFact> items;  ///< all versions
    std::vector<AllocationFact> allocations;
    std::vector<AttributeFact> attributes;
    struct Undone {
        FactNo first, last;            ///< of the load
        FactNo undo_first, undo_last;  ///< of what took it back
    };
    std::vector<Undone> undone;

    bool counts(FactNo fact, FactNo known_at) const {
        if (fact > known_at) return false;
        for (const Undone& one : undone) {
            const bool in_it =
                (one.first <= fact && fact <= one.last) || (one.undo_first <= fact && fact <= one.undo_last);
            if (in_it && one.undo_last <= known_at) return false;
        }
        return true;
    }
    std::optional<ItemFact> version(ItemId id, FactNo known_at) const {
        std::optional<ItemFact> last;
        for (const ItemFact& fact : items) {
            if (fact.item == id && counts(fact.fact, known_at)) last = fact;
        }
        if (last && (last->flags & item_flag::undone) != 0) return std::nullopt;
        return last;
    }
    std::int64_t open(const ItemFact& item, Moment moment) const {
        if (item.type == ItemType::down_payment_request || item.issue > moment.as_of) return 0;
        std::int64_t left = item.amount < 0 ? -item.amount : item.amount;
        for (const AllocationFact& one : allocations) {
            if (one.item == item.item && one.effective <= moment.as_of && counts(one.fact, moment.known_at))
                left -= one.amount;
        }
        left = std::max<std::int64_t>(left, 0);
        return item.amount < 0 ? -left : left;
    }
    /// The day's last value that is known; before its first day the first.
    std::int64_t attribute(CustomerId customer, Attribute what, Moment moment) const {
        const AttributeFact* by_day = nullptr;
        const AttributeFact* first = nullptr;
        for (const AttributeFact& one : attributes) {
            if (one.customer != customer || one.attribute != what || one.fact > moment.known_at) continue;
            if (!first || one.from <= first->from) first = &one;
            if (one.from <= moment.as_of && (!by_day || by_day->from <= one.from)) by_day = &one;
        }
        return by_day ? by_day->value : first ? first->value : 0;
    }
    template <class Visit>
    void each(FactNo known_at, Visit visit) const {
        for (const ItemFact& fact : items) {
            if (fact.item.value != fact.fact.value) continue;
            if (const auto item = version(fact.item, known_at)) visit(*item);
        }
    }
    static bool billed(const ItemFact& item) {
        if ((item.flags & item_flag::opening_balance) != 0) return false;
        if (item.type == ItemType::misc) return item.amount > 0 && (item.flags & item_flag::sales) != 0;
        return item.type == ItemType::invoice || item.type == ItemType::credit_note;
    }
};

struct History {
    Book book;
    Model model;
    std::int64_t fact = 0;
    FactNo next() { return FactNo{++fact}; }

    void add(const ItemFact& item) {
        model.items.push_back(item);
        book.append(item);
    }
    void add(const AllocationFact& part) {
        model.allocations.push_back(part);
        book.append(part);
    }
    void add(const AttributeFact& attribute) {
        model.attributes.push_back(attribute);
        book.append(attribute);
    }
    Snapshot snapshot() {
        book.publish(FactNo{fact}, Instant{fact});
        return book.snapshot();
    }
    /// Postings of what is known by now; later facts come beside them.
    void settle() {
        book.publish(FactNo{fact}, Instant{fact});
        book.settle(Book::Settle::everywhere);
    }
};

inline void add_item(History& history, CustomerId customer) {
    const auto type = static_cast<ItemType>(*rc::gen::inRange(1, 8));
    const bool credit = type == ItemType::credit_note || type == ItemType::payment;
    ItemFact item;
    item.fact = history.next();
    item.item = ItemId{item.fact.value};
    item.customer = customer;
    item.type = type;
    item.currency = currency(*rc::gen::inRange(0, 4) == 0 ? "USD" : "EUR");
    item.amount = *rc::gen::inRange<std::int64_t>(1, 100'000) * (credit ? -1 : 1);
    item.issue = first_day + *rc::gen::inRange(0, span_days);
    item.due = item.issue + *rc::gen::inRange(-3, 90);
    item.flags = *rc::gen::element(0U, item_flag::sales, item_flag::opening_balance, 0U);
    history.add(item);
    if (type == ItemType::down_payment_request) return;
    std::int64_t left = item.amount < 0 ? -item.amount : item.amount;
    const int parts = *rc::gen::inRange(0, 4);
    for (int i = 0; i < parts && left > 0; ++i) {
        AllocationFact part;
        part.fact = history.next();
        part.item = item.item;
        part.cause = ClearingCause::cash;
        part.amount = *rc::gen::inRange<std::int64_t>(1, left + 1);
        part.given = part.effective = item.issue + *rc::gen::inRange(0, 120);
        left -= part.amount;
        history.add(part);
    }
}

/// More settled, or taken back, of an item that may be long known; now and then beyond its amount.
inline void allocate(History& history) {
    const auto& items = history.model.items;
    const ItemFact& item = items[*rc::gen::inRange<std::size_t>(0, items.size())];
    if (item.type == ItemType::down_payment_request) return;
    AllocationFact part;
    part.fact = history.next();
    part.item = item.item;
    part.cause = ClearingCause::cash;
    part.amount = *rc::gen::inRange<std::int64_t>(-2'000, std::abs(item.amount) + 1);
    part.given = part.effective = item.issue + *rc::gen::inRange(0, 200);
    history.add(part);
}

/// A later version: other dates, a larger amount, or undone.
inline void change_item(History& history) {
    const auto& items = history.model.items;
    ItemFact changed = items[*rc::gen::inRange<std::size_t>(0, items.size())];
    changed.fact = history.next();
    changed.due = changed.due + *rc::gen::inRange(-30, 30);
    changed.issue = changed.issue + *rc::gen::inRange(-3, 4);
    if (*rc::gen::inRange(0, 2) == 0) changed.amount *= 2;
    if (*rc::gen::inRange(0, 6) == 0) changed.flags |= item_flag::undone;
    history.add(changed);
}

/// LED-4, IMP-4: what the last so many facts said is taken back by new ones: allocations by counter-facts on
/// their own day, items by a version that says so, corrected items by the version before.
inline void undo_load(History& history) {
    Model& model = history.model;
    const FactNo last{history.fact};
    const FactNo after = model.undone.empty() ? FactNo{} : model.undone.back().undo_last;
    if (last <= after) return;
    const FactNo first{*rc::gen::inRange<std::int64_t>(after.value + 1, last.value + 1)};
    const auto in_load = [&](FactNo fact) { return first <= fact && fact <= last; };
    const auto parts = model.allocations;
    for (const AllocationFact& one : parts) {
        if (!in_load(one.fact)) continue;
        AllocationFact counter = one;
        counter.fact = history.next();
        counter.amount = -one.amount;
        counter.reverses = one.fact;
        history.add(counter);
    }
    std::map<ItemId, ItemFact> before;
    std::vector<ItemId> touched;
    for (const ItemFact& one : model.items) {
        if (!in_load(one.fact)) before[one.item] = one;
        if (in_load(one.fact)) touched.push_back(one.item);
    }
    for (const ItemId id : touched) {
        const auto was = before.find(id);
        ItemFact back =
            was == before.end() ? *std::ranges::find(model.items, id, &ItemFact::item) : was->second;
        back.fact = history.next();
        if (was == before.end()) back.flags |= item_flag::undone;
        history.add(back);
    }
    if (history.fact > last.value)
        model.undone.push_back({first, last, FactNo{last.value + 1}, FactNo{history.fact}});
}

/// COL-1, ACC-1: a customer goes to another collector or segment from a day on, which may be long past.
inline void move_customer(History& history, CustomerId customer) {
    history.add(
        AttributeFact{history.next(), customer, *rc::gen::element(Attribute::collector, Attribute::segment),
                      *rc::gen::inRange<std::int64_t>(1, 4), first_day + *rc::gen::inRange(-20, span_days)});
}

inline void fill(History& history) {
    const int customers = *rc::gen::inRange(1, 4);
    for (int c = 1; c <= customers; ++c) {
        history.add(AttributeFact{history.next(), CustomerId{c}, Attribute::entity, 1 + c % 2, first_day});
    }
    const int count = *rc::gen::inRange(1, 30);
    for (int i = 0; i < count; ++i) {
        add_item(history, CustomerId{*rc::gen::inRange(1, customers + 1)});
        const int more = *rc::gen::inRange(0, 8);
        if (more < 2) change_item(history);
        if (more > 4) allocate(history);
        const int seldom = *rc::gen::inRange(0, 16);
        if (seldom < 3) move_customer(history, CustomerId{*rc::gen::inRange(1, customers + 1)});
        if (seldom == 3) undo_load(history);
        if (*rc::gen::inRange(0, 6) == 0) history.settle();
    }
}

/// Any day, as known after any transaction: what undoes a load is one.
inline Moment random_moment(const History& history, const Snapshot& book) {
    const std::int64_t last = book.last_fact().value;
    const bool now = *rc::gen::inRange(0, 2) == 0;
    FactNo known{now ? last : *rc::gen::inRange<std::int64_t>(1, last + 1)};
    for (const Model::Undone& one : history.model.undone) {
        if (one.undo_first <= known && known < one.undo_last) known = one.undo_last;
    }
    return {first_day + *rc::gen::inRange(-30, span_days + 100), known};
}

/// Whose accounts are asked for: what a user may see and what she chose.
struct Asked {
    Perimeter perimeter = Perimeter::whole();
    Selection selection;

    bool admits(const Model& model, CustomerId customer, Moment moment) const {
        const EntityId entity{model.attribute(customer, Attribute::entity, moment)};
        const LabelId collector{model.attribute(customer, Attribute::collector, moment)};
        const LabelId segment{model.attribute(customer, Attribute::segment, moment)};
        const auto chosen = [](const auto& list, auto id) {
            return list.empty() || std::ranges::find(list, id) != list.end();
        };
        return perimeter.admits(entity, collector) && chosen(selection.entities, entity) &&
               chosen(selection.collectors, collector) && chosen(selection.segments, segment);
    }
};

inline Asked random_asked() {
    Asked asked;
    const int kind = *rc::gen::inRange(0, 8);
    if (kind == 1 || kind == 2) asked.perimeter = {true, false, {}, {LabelId{1}, LabelId{2}}};
    if (kind == 3) asked.perimeter = {false, true, {EntityId{2}}, {}};
    if (kind == 2 || kind == 4) asked.selection.collectors = {LabelId{2}, LabelId{3}};
    if (kind == 5) asked.selection.segments = {LabelId{1}};
    if (kind == 6) asked.selection.entities = {EntityId{1}};
    return asked;
}

/// Sometimes a reader holds its snapshot while more is recorded and settled.
inline Snapshot random_snapshot(History& history) {
    fill(history);
    Snapshot book = history.snapshot();
    if (*rc::gen::inRange(0, 3) == 0) return book;
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) allocate(history);
    change_item(history);
    if (*rc::gen::inRange(0, 3) == 0) undo_load(history);
    history.settle();
    return *rc::gen::inRange(0, 2) == 0 ? book : history.snapshot();
}

}  // namespace countback::test
