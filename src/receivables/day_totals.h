// What all accounts of an entity move, day by day: figures over whole entities ask no account.
//
//   DSO's outstanding on D = Σ moved, day ≤ D;   Billings of some days = Σ billed of those days     (DSO-1)
//
// Kept beside the postings and of the same blocks: where a block is made again, what it held goes out and
// what it holds comes in. Accounts with newer facts than their block are set right by the reader.
//
// Example: 100 issued 1 Mar, 40 allocated on 10 Mar: (1 Mar: moved 100, billed 100), (10 Mar: moved −40).
#pragma once
#include <array>
#include <map>
#include <memory>
#include <span>

#include "receivables/postings.h"

namespace countback {

class Snapshot;
struct BookStore;

/// Of one day; signed minor units.
struct DaySum {
    std::int64_t moved = 0, billed = 0;
    std::uint32_t documents = 0, billings = 0;  ///< how many items begin; how many of them are billings
    bool operator==(const DaySum&) const = default;
};

/// 256 neighbouring days, never changed once others know them.
using DayChunk = std::array<DaySum, 256>;

struct EntityCurrency {
    EntityId entity;
    Currency currency;
    auto operator<=>(const EntityCurrency&) const = default;
};

/// By day, counted as in postings, in chunks; a missing chunk is nothing.
struct DayTotals {
    std::map<EntityCurrency, std::map<std::uint32_t, std::shared_ptr<const DayChunk>>> rows;
};

/// What is to be added to totals.
class DayChange {
public:
    enum class Sign { in, out };
    void add(EntityId entity, const Strand& strand, Sign sign);
    /// Copies only chunks that change.
    void apply_to(DayTotals& totals) const;

private:
    std::map<EntityCurrency, std::map<std::uint32_t, std::unique_ptr<DayChunk>>> rows_;
};

/// The totals of `after.blocks`, made from `before.totals`; `changed` are the blocks that differ.
std::shared_ptr<const DayTotals> totals_of(const BookStore& store, const Postings& before,
                                           const Postings& after, std::span<const std::uint32_t> changed);

/// The totals of every account, as known at the snapshot's last fact.
DayTotals totals_now(const Snapshot& book);

}  // namespace countback
