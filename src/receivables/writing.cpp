#include "base/ensure.h"
#include "receivables/ledger.h"

namespace countback {

ItemId Writing::add(ItemFact fact) {
    const std::int64_t number = next(items_.size());
    fact.fact = FactNo{number};
    if (!fact.item) {
        fact.item = ItemId{number};
    } else if (fact.item.value > 0) {
        corrected_[fact.item] = static_cast<std::uint32_t>(items_.size());
    }
    items_.push_back(std::move(fact));
    return items_.back().item;
}

std::optional<Date> Writing::issue_of(ItemId item) const {
    if (item.value < 0) return items_[places_[static_cast<std::size_t>(-item.value - 1)]].issue;
    if (const auto corrected = corrected_.find(item); corrected != corrected_.end())
        return items_[corrected->second].issue;
    const auto row = book_.item(item);
    const auto view = row ? book_.view(*row, known_now) : std::nullopt;
    return view ? std::optional(view->issue) : std::nullopt;
}

AllocationFact Writing::add(AllocationFact fact) {
    fact.fact = FactNo{next(allocations_.size())};
    if (!fact.reverses) {
        fact.effective = fact.given;
        for (const ItemId item : {fact.item, fact.counter}) {
            const auto issue = item ? issue_of(item) : std::nullopt;
            if (issue && *issue > fact.effective) fact.effective = *issue;
        }
    }
    allocations_.push_back(fact);
    return fact;
}

StandingId Writing::add(StandingFact fact) {
    fact.fact = FactNo{next(standings_.size())};
    if (!fact.standing) fact.standing = StandingId{fact.fact.value};
    standings_.push_back(std::move(fact));
    return standings_.back().standing;
}

FactNo Writing::add(AttributeFact fact) {
    fact.fact = FactNo{next(attributes_.size())};
    attributes_.push_back(fact);
    return fact.fact;
}

LoadId Writing::add(LoadFact fact) {
    fact.fact = FactNo{next(loads_.size())};
    if (!fact.load) fact.load = LoadId{fact.fact.value};
    loads_.push_back(fact);
    return loads_.back().load;
}

}  // namespace countback
