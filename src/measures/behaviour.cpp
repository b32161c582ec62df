#include "measures/behaviour.h"

#include <algorithm>
#include <map>

#include "receivables/corrections.h"

namespace countback {
namespace {

struct Cash {
    FactNo fact;
    Date day;
    std::int64_t amount = 0;
};

bool is_cash(const Snapshot& book, const AllocationView& allocation, FactNo known_at) {
    switch (allocation.cause) {
        case ClearingCause::cash:
            return true;
        case ClearingCause::unknown:
            return !allocation.estimated;
        case ClearingCause::link:
            break;
        case ClearingCause::credit_note:
        case ClearingCause::offset:
        case ClearingCause::write_off:
            return false;
    }
    if (!allocation.counter) return false;
    const auto counter = book.view(*allocation.counter, known_at);
    return counter && counter->type == ItemType::payment;
}

/// The allocations effective by D without what was taken back by then; the day of the last.
struct Settlement {
    std::vector<AllocationView> facts;
    std::vector<Cash> cash;
    Date last;
};

/// What was given again, and the counter-fact that it cancels, never were (corrections.h); seldom there is
/// any.
void leave_out_cancelled(std::vector<AllocationView>& facts) {
    const auto gives_again = [](const AllocationView& one) { return one.amount > 0 && one.reverses; };
    if (std::ranges::none_of(facts, gives_again)) return;
    const auto cancelled = cancelled_by_later(facts);
    std::erase_if(facts, [&](const AllocationView& one) {
        return gives_again(one) || cancelled.contains(one.fact) || cancelled.contains(one.reverses);
    });
}

void read_settlement(const Snapshot& book, const ItemView& item, Moment moment, Settlement& settlement) {
    settlement.cash.clear();
    settlement.last = item.issue;
    settlement.facts.clear();
    book.each_allocation(item.row, moment.known_at, [&](const AllocationView& allocation) {
        if (allocation.effective <= moment.as_of) settlement.facts.push_back(allocation);
    });
    leave_out_cancelled(settlement.facts);
    for (const AllocationView& allocation : settlement.facts) {
        if (allocation.amount < 0) continue;
        settlement.last = std::max(settlement.last, allocation.effective);
        if (is_cash(book, allocation, moment.known_at))
            settlement.cash.push_back({allocation.fact, allocation.effective, allocation.amount});
    }
    for (const AllocationView& back : settlement.facts) {
        for (Cash& cash : settlement.cash) {
            if (back.amount < 0 && cash.fact == back.reverses) cash.amount += back.amount;
        }
    }
    std::erase_if(settlement.cash, [](const Cash& cash) { return cash.amount <= 0; });
}

bool counts(const ItemView& item) {
    if (!item.debit()) return false;
    return item.type == ItemType::invoice ||
           (item.type == ItemType::misc && (item.flags & item_flag::sales) != 0);
}

std::optional<Hundredths> ratio(const Exact& numerator, const Exact& denominator) {
    return denominator > 0 ? std::optional(exact_hundredths(numerator, denominator)) : std::nullopt;
}

}  // namespace

std::string_view name_of(Profile profile) {
    constexpr std::array<std::string_view, 7> names{"early",   "on_time", "slow",     "very_slow",
                                                    "chronic", "new",     "insolvent"};
    return names[static_cast<std::size_t>(profile)];
}

BehaviourSums BehaviourTally::sums() const {
    return {settled_items, plain_delay_days, plain_duration_days, Exact(cash),
            Exact(delay),  Exact(duration),  Exact(open),         Exact(open_delay)};
}

void BehaviourSums::add(const BehaviourSums& other, const Exact& weight) {
    settled_items += other.settled_items;
    plain_delay_days += other.plain_delay_days;
    plain_duration_days += other.plain_duration_days;
    cash += other.cash * weight;
    delay += other.delay * weight;
    duration += other.duration * weight;
    open += other.open * weight;
    open_delay += other.open_delay * weight;
}

void add_behaviour(const Snapshot& book, const ItemView& item, Moment moment, Date window_first,
                   BehaviourTally& tally) {
    if (!counts(item) || item.issue > moment.as_of) return;
    if (const std::int64_t open = book.open(item, moment); open != 0) {
        if (item.due >= moment.as_of) return;
        tally.open += open;
        tally.open_delay += Wide(open) * (moment.as_of - item.due);
        return;
    }
    thread_local Settlement settlement;
    read_settlement(book, item, moment, settlement);
    if (settlement.cash.empty() || settlement.last < window_first) return;
    Date last = settlement.cash.front().day;
    for (const Cash& cash : settlement.cash) {
        tally.cash += cash.amount;
        tally.delay += Wide(cash.amount) * (cash.day - item.due);
        tally.duration += Wide(cash.amount) * (cash.day - item.issue);
        last = std::max(last, cash.day);
    }
    ++tally.settled_items;
    tally.plain_delay_days += last - item.due;
    tally.plain_duration_days += last - item.issue;
}

Behaviour behaviour_of(const BehaviourSums& sums) {
    return {sums.settled_items,
            ratio(sums.delay, sums.cash),
            ratio(sums.plain_delay_days, sums.settled_items),
            ratio(sums.duration, sums.cash),
            ratio(sums.plain_duration_days, sums.settled_items),
            ratio(sums.delay + sums.open_delay, sums.cash + sums.open)};
}

Profile profile_of(const Behaviour& behaviour, Insolvent insolvent, const BehaviourOptions& options) {
    if (insolvent == Insolvent::yes) return Profile::insolvent;
    if (behaviour.settled_items < options.settled_items_min || !behaviour.weighted_delay)
        return Profile::new_payer;
    const std::int64_t worse =
        std::max(behaviour.weighted_delay->value, behaviour.open_included_delay->value);
    const auto within = std::ranges::find_if(options.bounds, [&](int days) { return worse <= days * 100; });
    return static_cast<Profile>(within - options.bounds.begin());
}

AccountBehaviour account_behaviour(const Snapshot& book, AccountRow account, Moment moment,
                                   const BehaviourOptions& options) {
    const Date first = window_of(moment.as_of, options.months).first;
    std::map<Currency, BehaviourTally> sums;
    // What was settled before the window counts in nothing.
    book.each_open_item(account, {first - 1, moment.known_at}, [&](const ItemView& item) {
        add_behaviour(book, item, moment, first, sums[item.currency]);
    });
    const auto most =
        std::ranges::max_element(sums, {}, [](const auto& entry) { return entry.second.settled_items; });
    Insolvent insolvent = Insolvent::no;
    book.each_standing(account, moment.known_at, [&](const StandingView& standing) {
        if (standing.kind == StandingKind::insolvency && standing.holds_on(moment.as_of))
            insolvent = Insolvent::yes;
    });
    AccountBehaviour found;
    if (most != sums.end()) found.behaviour = behaviour_of(most->second.sums());
    found.profile = profile_of(found.behaviour, insolvent, options);
    return found;
}

}  // namespace countback
