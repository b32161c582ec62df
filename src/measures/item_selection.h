// The first rows of an order after a place, of as many as are offered on several threads: what is kept does
// not grow with what is offered, and does not depend on who came first.
#pragma once
#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "receivables/book.h"
#include "receivables/lists.h"

namespace countback {

struct PlacedItem {
    std::int64_t key = 0, id = 0;
    ItemRow row{};
    std::int64_t counted = 0;
};

class ItemSelection {
public:
    using Place = std::pair<std::int64_t, std::int64_t>;  ///< key and id

    ItemSelection(Direction direction, std::optional<Place> after, std::size_t kept)
        : direction_(direction), after_(after), kept_(kept) {}

    /// One thread's own side; what it holds goes to the selection when it ends.
    class Offer {
    public:
        static constexpr std::size_t held_max = 256;
        explicit Offer(ItemSelection& all) : all_(all), last_(all.last()) {}
        ~Offer() { pass_on(); }
        Offer(const Offer&) = delete;
        Offer& operator=(const Offer&) = delete;

        void take(const PlacedItem& item) {
            const Place place{item.key, item.id};
            if (all_.after_ && !all_.before(*all_.after_, place)) return;
            if (last_ && !all_.before(place, *last_)) return;
            held_.push_back(item);
            if (held_.size() == held_max) pass_on();
        }

    private:
        void pass_on() {
            all_.take(held_);
            held_.clear();
            last_ = all_.last();
        }
        ItemSelection& all_;
        std::optional<Place> last_;
        std::vector<PlacedItem> held_;
    };

    /// Whether a place would be seen at all.
    bool wants(Place place) const { return !after_ || before(*after_, place); }
    bool before(Place a, Place b) const { return direction_ == Direction::descending ? b < a : a < b; }

    /// Those kept, in order; call once, after all offers.
    std::vector<PlacedItem> in_order() && {
        cut();
        std::ranges::sort(items_, [this](const PlacedItem& a, const PlacedItem& b) { return ordered(a, b); });
        return std::move(items_);
    }

private:
    bool ordered(const PlacedItem& a, const PlacedItem& b) const {
        return before({a.key, a.id}, {b.key, b.id});
    }
    std::optional<Place> last() {
        const std::lock_guard lock(mutex_);
        return last_;
    }
    void take(const std::vector<PlacedItem>& items) {
        const std::lock_guard lock(mutex_);
        if (items_.size() + items.size() > full()) cut();
        const std::size_t wanted = items_.size() + items.size();
        if (wanted > items_.capacity())
            items_.reserve(std::min(full(), std::max(wanted, 2 * items_.capacity())));
        items_.insert(items_.end(), items.begin(), items.end());
    }
    /// What it holds at most: a quarter more than it keeps, so that cutting is seldom.
    std::size_t full() const { return kept_ + kept_ / 4 + 8 * Offer::held_max; }
    void cut() {
        if (items_.size() <= kept_ || kept_ == 0) return;
        const auto end = items_.begin() + static_cast<std::ptrdiff_t>(kept_) - 1;
        std::nth_element(items_.begin(), end, items_.end(),
                         [this](const PlacedItem& a, const PlacedItem& b) { return ordered(a, b); });
        items_.resize(kept_);
        last_ = Place{items_.back().key, items_.back().id};
    }

    Direction direction_;
    std::optional<Place> after_;
    std::size_t kept_;
    std::mutex mutex_;
    std::vector<PlacedItem> items_;
    std::optional<Place> last_;
};

}  // namespace countback
