// Changing what was recorded without editing it (LED-3, LED-4): every correction is new facts, additive, so
// that each item's allocations stay between 0 and its amount on every day and at every T.
//
// Example: an invoice of 100, of which 90 was allocated on 10 Mar, is corrected to 80. One new version of 80
// and one counter-fact of −10 effective 10 Mar: seen from now on, open is 0 from 10 Mar; seen from
// before, 10.
#pragma once
#include <span>
#include <unordered_set>

#include "receivables/ledger.h"

namespace countback {

/// An allocation with what is left of it after the counter-facts against it.
struct LiveAllocation {
    AllocationView allocation;
    std::int64_t left = 0;  ///< minor units, > 0
};

/// Facts of one item that a later one of them cancels whole, so that neither counts: a counter-fact given
/// again, what gave one again when its load was undone. `newest_first` as Snapshot::each_allocation tells
/// them.
std::unordered_set<FactNo> cancelled_by_later(std::span<const AllocationView> newest_first);

/// Allocations of an item still standing as known at T, latest day first.
std::vector<LiveAllocation> live_allocations(const Snapshot& book, ItemRow item, FactNo known_at);

/// Takes back `amount` (> 0, at most what is left) of an allocation, from `day` on (not before its own day).
/// The source made a mistake: `day` is the allocation's own; the money went back: the day it did.
void take_back(Writing& writing, ItemRow item, const AllocationView& allocation, std::int64_t amount,
               Date day);

/// A new version of an item (amount, dates, flags; type and currency stay). Allocations above a lowered
/// amount are taken back on their own day, the latest first, on every day on which they exceed it; those
/// effective before a later issue date move to it.
void correct_item(Writing& writing, const ItemView& before, ItemFact after);

/// Takes back every allocation of the item on its own day: seen from now on nothing was ever settled with it.
void cancel_allocations(Writing& writing, ItemRow item);

/// Facts of a later load that was undone, or those that undid it: together they say nothing.
struct FactRange {
    FactNo first, last;
    bool has(FactNo fact) const { return first <= fact && fact <= last; }
};

/// Undoes the facts first…last of one load: seen from now on they never were (IMP-4).
/// Refuses load_not_undoable when a later fact, outside of what is `undone` already, stands on an item that
/// the load made or corrected.
Result<void> undo_facts(Writing& writing, FactNo first, FactNo last, std::span<const FactRange> undone = {});

/// Whether a later fact, outside of what is `undone` already, stands on the item.
bool has_later_facts(const Snapshot& book, ItemRow item, FactNo last, std::span<const FactRange> undone);

}  // namespace countback
