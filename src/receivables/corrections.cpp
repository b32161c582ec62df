#include "receivables/corrections.h"

#include <algorithm>
#include <unordered_set>

#include "base/ensure.h"
#include "receivables/queries.h"

namespace countback {
namespace {

constexpr store::Sql given_day{"given_day", "select given_day from allocation_fact where fact_no = $1"};

/// The fact that says the same of the same two items, with another amount and day.
AllocationFact like(const Snapshot& book, ItemRow item, const AllocationView& allocation) {
    AllocationFact fact;
    fact.item = book.item_id(item);
    fact.cause = allocation.cause;
    fact.estimated = allocation.estimated;
    if (!allocation.counter) return fact;
    fact.counter = book.item_id(*allocation.counter);
    const auto own = book.versions(item, known_now);
    if (!own.empty() && !own.front().debit()) std::swap(fact.item, fact.counter);
    return fact;
}

Date given(Writing& writing, FactNo allocation) {
    return Date(
        static_cast<std::int32_t>(writing.connection().integer(given_day, {allocation.value}).value_or(0)));
}

/// An allocation with the counter-facts that still stand against it.
struct Chain {
    AllocationView allocation;
    std::vector<AllocationView> counters;
    std::int64_t left = 0;
};

std::vector<Chain> chains(const Snapshot& book, ItemRow item, FactNo known_at) {
    std::vector<AllocationView> all;
    book.each_allocation(item, known_at, [&](const AllocationView& a) { all.push_back(a); });
    std::vector<Chain> found;
    for (const AllocationView& a : all) {
        if (!a.reverses) found.push_back({a, {}, a.amount});
    }
    const auto cancelled = cancelled_by_later(all);
    for (const AllocationView& counter : all) {
        if (counter.amount > 0 || cancelled.contains(counter.fact)) continue;
        for (Chain& chain : found) {
            if (chain.allocation.fact != counter.reverses) continue;
            chain.left += counter.amount;
            chain.counters.push_back(counter);
        }
    }
    return found;
}

/// Cancels a counter-fact, or what gave one again, on its own day, as if it had never been said.
void give_again(Writing& writing, ItemRow item, const AllocationView& counter) {
    AllocationFact fact = like(writing.book(), item, counter);
    fact.amount = -counter.amount;
    fact.given = fact.effective = counter.effective;
    fact.reverses = counter.fact;
    writing.add(fact);
}

/// Cancels a whole chain on its own days: seen from now on it never was.
void cancel(Writing& writing, ItemRow item, const Chain& chain) {
    for (const AllocationView& counter : chain.counters) give_again(writing, item, counter);
    take_back(writing, item, chain.allocation, chain.allocation.amount, chain.allocation.effective);
}

/// What is left of counter-facts once no more than `amount` can be taken back, newest first.
std::vector<AllocationView> shrunk(const std::vector<AllocationView>& counters, std::int64_t amount) {
    std::vector<AllocationView> kept;
    for (AllocationView counter : counters) {
        counter.amount = std::max(counter.amount, -amount);
        amount += counter.amount;
        if (counter.amount < 0) kept.push_back(counter);
    }
    return kept;
}

/// Says a chain again, less `cut`, on the days that the items' new issue dates allow.
void replay(Writing& writing, ItemRow item, const Chain& chain, std::int64_t cut) {
    cancel(writing, item, chain);
    AllocationFact again = like(writing.book(), item, chain.allocation);
    again.amount = chain.allocation.amount - cut;
    if (again.amount == 0) return;
    again.given = given(writing, chain.allocation.fact);
    const AllocationFact added = writing.add(again);
    for (const AllocationView& counter : shrunk(chain.counters, again.amount)) {
        AllocationFact back = again;
        back.amount = counter.amount;
        back.given = counter.effective;
        back.effective = std::max(counter.effective, added.effective);
        back.reverses = added.fact;
        writing.add(back);
    }
}

/// Fits an item's allocations into its corrected amount and issue date, day by day, the latest cut first.
class Refit {
public:
    Refit(Writing& writing, const ItemView& before, Date issue, std::int64_t limit)
        : writing_(writing), before_(before), issue_(issue), limit_(limit) {}

    void run() {
        auto all = chains(writing_.book(), before_.row, known_now);
        std::sort(all.begin(), all.end(), [](const Chain& a, const Chain& b) {
            return std::pair(a.allocation.effective, a.allocation.fact) <
                   std::pair(b.allocation.effective, b.allocation.fact);
        });
        for (const Chain& chain : all) fit(chain);
    }

private:
    void fit(const Chain& chain) {
        const Date day = new_day(chain);
        std::int64_t own = chain.allocation.amount;
        for (const AllocationView& counter : chain.counters)
            own += std::max(counter.effective, day) == day ? counter.amount : 0;
        const std::int64_t cut = std::clamp<std::int64_t>(own - (limit_ - settled_on(day)), 0, own);
        const std::int64_t amount = chain.allocation.amount - cut;
        days_.emplace_back(day, amount);
        for (const AllocationView& counter : shrunk(chain.counters, amount))
            days_.emplace_back(std::max(counter.effective, day), counter.amount);
        if (is_moved(chain) || cut > chain.left) {
            replay(writing_, before_.row, chain, cut);
        } else if (cut > 0) {
            take_back(writing_, before_.row, chain.allocation, cut, chain.allocation.effective);
        }
    }

    bool is_moved(const Chain& chain) const {
        const Date effective = chain.allocation.effective;
        const bool was_held_back = issue_ < before_.issue && effective == before_.issue;
        return effective < issue_ || was_held_back;
    }

    /// The day on which Writing::add will let it count (LED-3).
    Date new_day(const Chain& chain) const {
        if (!is_moved(chain)) return chain.allocation.effective;
        Date day = std::max(given(writing_, chain.allocation.fact), issue_);
        if (!chain.allocation.counter) return day;
        const auto counter = writing_.book().view(*chain.allocation.counter, known_now);
        return counter ? std::max(day, counter->issue) : day;
    }

    std::int64_t settled_on(Date day) const {
        std::int64_t sum = 0;
        for (const auto& [when, amount] : days_) sum += when <= day ? amount : 0;
        return sum;
    }

    Writing& writing_;
    const ItemView& before_;
    Date issue_;
    std::int64_t limit_;
    std::vector<std::pair<Date, std::int64_t>> days_;  ///< of the chains fitted so far
};

ItemFact as_fact(const Snapshot& book, const ItemView& view) {
    ItemFact fact;
    fact.item = view.id;
    fact.customer = book.customer(view.account);
    fact.type = view.type;
    fact.currency = view.currency;
    fact.amount = view.amount;
    fact.issue = view.issue;
    fact.due = view.due;
    fact.flags = view.flags;
    return fact;
}

Result<void> undo_versions(Writing& writing, const Snapshot::Recorded& recorded, const FactRange& load,
                           std::span<const FactRange> undone) {
    const Snapshot& book = writing.book();
    std::vector<ItemRow> done;
    for (const auto& [item, fact] : recorded.versions) {
        if (has_later_facts(book, item, load.last, undone)) {
            return refuse(RefusalCode::load_not_undoable,
                          {{"item", std::to_string(book.item_id(item).value)}});
        }
        if (!done.empty() && done.back() == item) continue;
        done.push_back(item);
        const auto now = book.view(item, known_now);
        const auto before = book.view(item, FactNo{load.first.value - 1});
        if (!now && !before) continue;
        ItemFact restored = as_fact(book, before ? *before : *now);
        if (!before) {
            restored.amount = 0;
            restored.flags |= item_flag::undone;
        }
        writing.add(std::move(restored));
    }
    return {};
}

void undo_allocations(Writing& writing, const Snapshot::Recorded& recorded) {
    const Snapshot& book = writing.book();
    std::unordered_set<FactNo> gone;
    for (const auto& [item, allocation] : recorded.allocations) {
        if (allocation.amount < 0 || allocation.reverses) continue;
        for (const Chain& chain : chains(book, item, known_now)) {
            if (chain.allocation.fact != allocation.fact) continue;
            cancel(writing, item, chain);
            gone.insert(allocation.fact);
        }
    }
    std::unordered_set<FactNo> in_load;
    for (const auto& [item, allocation] : recorded.allocations) in_load.insert(allocation.fact);
    for (const auto& [item, allocation] : recorded.allocations) {
        if (!allocation.reverses || gone.contains(allocation.reverses)) continue;
        if (allocation.amount > 0) {  // what the load gave again is taken back again
            if (!in_load.contains(allocation.reverses)) give_again(writing, item, allocation);
            continue;
        }
        for (const Chain& chain : chains(book, item, known_now)) {
            if (gone.contains(chain.allocation.fact)) continue;
            for (const AllocationView& counter : chain.counters) {
                if (counter.fact == allocation.fact) give_again(writing, item, counter);
            }
        }
    }
}

void undo_standings(Writing& writing, const Snapshot::Recorded& recorded) {
    const Snapshot& book = writing.book();
    for (const StandingView& standing : recorded.standings) {
        const auto now = book.standing(standing.id, known_now);
        if (!now) continue;
        StandingFact fact;
        fact.standing = now->id;
        fact.customer = book.customer(now->account);
        if (now->item) fact.item = book.item_id(*now->item);
        fact.kind = now->kind;
        fact.amount = now->amount;
        fact.cause = now->cause;
        fact.source = now->source;
        fact.from = now->from;
        fact.to = now->to;
        fact.cancelled = true;
        writing.add(std::move(fact));
    }
}

void undo_attributes(Writing& writing, const Snapshot::Recorded& recorded, FactNo first) {
    const Snapshot& book = writing.book();
    for (const auto& [account, fact] : recorded.attributes) {
        if (fact.attribute == Attribute::entity) continue;  // an account, once made, stays: it holds nothing
        AttributeFact restored = fact;
        restored.value = book.attribute(account, fact.attribute, {fact.from, FactNo{first.value - 1}});
        writing.add(restored);
    }
}

}  // namespace

std::unordered_set<FactNo> cancelled_by_later(std::span<const AllocationView> newest_first) {
    std::unordered_set<FactNo> first_said, cancelled;
    for (const AllocationView& a : newest_first) {
        if (!a.reverses) first_said.insert(a.fact);
    }
    for (const AllocationView& a : newest_first) {
        if (a.reverses && !cancelled.contains(a.fact) && !first_said.contains(a.reverses))
            cancelled.insert(a.reverses);
    }
    return cancelled;
}

std::vector<LiveAllocation> live_allocations(const Snapshot& book, ItemRow item, FactNo known_at) {
    std::vector<LiveAllocation> live;
    for (const Chain& chain : chains(book, item, known_at)) {
        if (chain.left > 0) live.push_back({chain.allocation, chain.left});
    }
    std::stable_sort(live.begin(), live.end(), [](const LiveAllocation& a, const LiveAllocation& b) {
        return a.allocation.effective > b.allocation.effective;
    });
    return live;
}

void take_back(Writing& writing, ItemRow item, const AllocationView& allocation, std::int64_t amount,
               Date day) {
    ensure(amount > 0, "what is taken back is positive");
    AllocationFact counter = like(writing.book(), item, allocation);
    counter.amount = -amount;
    counter.given = day;
    counter.effective = std::max(day, allocation.effective);
    counter.reverses = allocation.fact;
    writing.add(counter);
}

void correct_item(Writing& writing, const ItemView& before, ItemFact after) {
    const Snapshot& book = writing.book();
    after.item = before.id;
    after.customer = book.customer(before.account);
    after.type = before.type;
    after.currency = before.currency;
    ensure((after.amount < 0) == (before.amount < 0), "a correction keeps the sign");
    const Date issue = after.issue;
    const std::int64_t limit = std::abs(after.amount);
    writing.add(std::move(after));

    Refit(writing, before, issue, limit).run();
}

void cancel_allocations(Writing& writing, ItemRow item) {
    for (const Chain& chain : chains(writing.book(), item, known_now)) cancel(writing, item, chain);
}

bool has_later_facts(const Snapshot& book, ItemRow item, FactNo last, std::span<const FactRange> undone) {
    const auto counts = [&](FactNo fact) {
        return fact > last && std::none_of(undone.begin(), undone.end(),
                                           [&](const FactRange& range) { return range.has(fact); });
    };
    bool later = false;
    for (const ItemView& version : book.versions(item, known_now)) later = later || counts(version.version);
    book.each_allocation(item, known_now, [&](const AllocationView& a) { later = later || counts(a.fact); });
    return later;
}

Result<void> undo_facts(Writing& writing, FactNo first, FactNo last, std::span<const FactRange> undone) {
    const Snapshot::Recorded recorded = writing.book().recorded(first, last);
    if (auto done = undo_versions(writing, recorded, {first, last}, undone); !done) return done;
    undo_allocations(writing, recorded);
    undo_standings(writing, recorded);
    undo_attributes(writing, recorded, first);
    return {};
}

}  // namespace countback
