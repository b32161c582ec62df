#include "receivables/flush.h"

#include <algorithm>

#include "base/ensure.h"
#include "receivables/chain.h"
#include "receivables/queries.h"

namespace countback {
namespace {

using namespace receivables;
using store::Value;

Value number_or_null(std::int64_t value) { return value == 0 ? Value(nullptr) : Value(value); }

/// What one item's allocations come to, day by day.
struct Touched {
    std::int64_t amount = 0;  ///< |amount| after the writing
    Currency currency;
    std::vector<std::pair<Date, std::int64_t>> days;
};

bool stays_within(Touched& touched) {
    std::sort(touched.days.begin(), touched.days.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    std::int64_t sum = 0;
    for (std::size_t at = 0; at < touched.days.size(); ++at) {
        sum += touched.days[at].second;
        const bool day_ends =
            at + 1 == touched.days.size() || touched.days[at + 1].first != touched.days[at].first;
        if (day_ends && (sum < 0 || sum > touched.amount)) return false;
    }
    return true;
}

}  // namespace

Result<void> Flush::check() const {
    const Snapshot& book = writing_.book_;
    std::unordered_map<ItemId, Touched> touched;
    touched.reserve(writing_.allocations_.size());
    const auto find = [&](ItemId item) -> Touched* {
        const auto [place, is_new] = touched.try_emplace(item);
        if (!is_new) return &place->second;
        if (item.value >= first_.value) {
            const ItemFact& fact =
                writing_.items_[writing_.places_[static_cast<std::size_t>(item.value - first_.value)]];
            place->second = {std::abs(fact.amount), fact.currency, {}};
            return &place->second;
        }
        const auto row = book.item(item);
        const auto view = row ? book.view(*row, known_now) : std::nullopt;
        if (!view) return nullptr;
        place->second = {std::abs(view->amount), view->currency, {}};
        if (const auto own = writing_.corrected_.find(item); own != writing_.corrected_.end()) {
            place->second.amount = std::abs(writing_.items_[own->second].amount);
        }
        book.each_allocation(*row, known_now, [&](const AllocationView& a) {
            place->second.days.emplace_back(a.effective, a.amount);
        });
        return &place->second;
    };
    for (const AllocationFact& fact : writing_.allocations_) {
        Touched* item = find(fact.item);
        if (item == nullptr) return refuse(RefusalCode::item_unknown);
        item->days.emplace_back(fact.effective, fact.amount);
        if (!fact.counter) continue;
        const Currency currency = item->currency;
        Touched* counter = find(fact.counter);
        if (counter == nullptr) return refuse(RefusalCode::item_unknown);
        if (counter->currency != currency) return refuse(RefusalCode::currency_mismatch);
        counter->days.emplace_back(fact.effective, fact.amount);
    }
    for (const auto& [item, place] : writing_.corrected_) {
        if (find(item) == nullptr) return refuse(RefusalCode::item_unknown);
    }
    for (auto& [item, sums] : touched) {
        if (!stays_within(sums))
            return refuse(RefusalCode::allocation_exceeds_item, {{"item", std::to_string(item.value)}});
    }
    return {};
}

void Flush::number(FactNo first) {
    first_ = first;
    const Numbers real(first);
    for (ItemFact& fact : writing_.items_) {
        fact.fact = real(fact.fact);
        fact.item = real(fact.item);
        fact.load = real(fact.load);
    }
    for (AllocationFact& fact : writing_.allocations_) {
        fact.fact = real(fact.fact);
        fact.item = real(fact.item);
        fact.counter = real(fact.counter);
        fact.reverses = real(fact.reverses);
        fact.load = real(fact.load);
    }
    for (StandingFact& fact : writing_.standings_) {
        fact.fact = real(fact.fact);
        fact.standing = real(fact.standing);
        fact.item = real(fact.item);
    }
    for (AttributeFact& fact : writing_.attributes_) fact.fact = real(fact.fact);
    for (LoadFact& fact : writing_.loads_) {
        fact.fact = real(fact.fact);
        fact.load = real(fact.load);
    }
}

void Flush::insert() const {
    store::Connection& connection = writing_.connection_;
    if (!writing_.items_.empty()) {
        const auto bulk = connection.bulk("item_fact", item_columns);
        for (const ItemFact& f : writing_.items_) {
            bulk->row({f.fact.value, f.item.value, f.customer.value, static_cast<int>(f.type),
                       f.currency.code(), f.amount, f.issue.days(), f.due.days(),
                       static_cast<std::int64_t>(f.flags), static_cast<std::int64_t>(f.key), f.instalment,
                       f.number, number_or_null(f.load.value)});
        }
        bulk->finish();
    }
    if (!writing_.allocations_.empty()) {
        const auto bulk = connection.bulk("allocation_fact", allocation_columns);
        for (const AllocationFact& f : writing_.allocations_) {
            bulk->row({f.fact.value, f.item.value, number_or_null(f.counter.value), static_cast<int>(f.cause),
                       f.amount, f.given.days(), f.effective.days(), f.estimated ? 1 : 0,
                       number_or_null(f.reverses.value), number_or_null(f.load.value)});
        }
        bulk->finish();
    }
    insert_standings();
    if (!writing_.attributes_.empty()) {
        const auto bulk = connection.bulk("attribute_fact", attribute_columns);
        for (const AttributeFact& f : writing_.attributes_) {
            bulk->row(
                {f.fact.value, f.customer.value, static_cast<int>(f.attribute), f.value, f.from.days()});
        }
        bulk->finish();
    }
    if (!writing_.loads_.empty()) {
        const auto bulk = connection.bulk("load_fact", load_columns);
        for (const LoadFact& f : writing_.loads_) {
            bulk->row({f.fact.value, f.load.value, f.entity.value, f.as_of.days(), static_cast<int>(f.mode),
                       f.undone ? 1 : 0});
        }
        bulk->finish();
    }
}

void Flush::insert_standings() const {
    if (writing_.standings_.empty()) return;
    const auto bulk = writing_.connection_.bulk("standing_fact", standing_columns);
    for (const StandingFact& f : writing_.standings_) {
        const Value to = f.to ? Value(f.to->days()) : Value(nullptr);
        bulk->row({f.fact.value, f.standing.value, f.customer.value, number_or_null(f.item.value),
                   static_cast<int>(f.kind), Value(f.amount), number_or_null(f.cause.value),
                   static_cast<int>(f.source), f.from.days(), to, f.cancelled ? 1 : 0});
    }
    bulk->finish();
    const auto texts = writing_.connection_.bulk("standing_text", standing_text_columns);
    for (const StandingFact& f : writing_.standings_) {
        if (!f.reason.empty()) texts->row({f.fact.value, f.reason});
    }
    texts->finish();
}

std::string Flush::chained_bytes() const {
    std::string bytes;
    for (const ItemFact& fact : writing_.items_) chain_fact(bytes, fact);
    for (const AllocationFact& fact : writing_.allocations_) chain_fact(bytes, fact);
    for (const StandingFact& fact : writing_.standings_) chain_fact(bytes, fact);
    for (const AttributeFact& fact : writing_.attributes_) chain_fact(bytes, fact);
    for (const LoadFact& fact : writing_.loads_) chain_fact(bytes, fact);
    return bytes;
}

Result<void> Flush::run_steps(FactNo first) const {
    const Numbers real(first);
    for (const auto& step : writing_.steps_) {
        if (auto done = step(real); !done) return done;
    }
    return {};
}

void Flush::append_to(Book& book) const {
    for (const AttributeFact& fact : writing_.attributes_) book.append(fact);
    for (const ItemFact& fact : writing_.items_) book.append(fact);
    for (const AllocationFact& fact : writing_.allocations_) book.append(fact);
    for (const StandingFact& fact : writing_.standings_) book.append(fact);
    for (const LoadFact& fact : writing_.loads_) book.append(fact);
}

}  // namespace countback
