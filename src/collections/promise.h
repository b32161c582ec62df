// PRO-1: what became of a promise, derived from the ledger.
//
//   received = Σ allocations on its items that pay + the customer's unapplied payments,
//              effective from the day it was made to min(D, promised date + grace)
//   promised = its amount (none given: what was open when it was made) − credit notes allocated in that time
//   received ≥ promised → kept; else, once judged: received > 0 → partly kept; else broken
//
// Judged only after a load of the entity later than promised date + grace; before that "awaiting data". An
// entity that was never loaded is judged by the date alone: its ledger is kept here. Example: 1 000 promised
// on 3 Mar 2025 for 10 Mar, grace 3 working days (13 Mar): 600 arrive on 12 Mar; a load as of 14 Mar judges
// it partly kept. A credit note of 400 in between would make it kept. Source: handbook §7.
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "base/calendar.h"
#include "receivables/book.h"

namespace countback::collections {

enum class PromiseState : std::uint8_t { pending, awaiting_data, kept, partly_kept, broken, cancelled };
std::string_view name_of(PromiseState state);

struct PromiseTerms {
    WorkingDays days{HolidaySet::weekends};
    int grace_days = 3;             ///< working days
    std::optional<Date> last_load;  ///< latest as-of date of the entity's loads; none = never loaded
};

struct PromiseResult {
    PromiseState state = PromiseState::pending;
    Date deadline;              ///< promised date + grace
    std::int64_t promised = 0;  ///< minor units, after credit notes
    std::int64_t received = 0;
    Currency currency;
};

/// `parts`: the standings recorded as one promise (one for each item), at least one, all of one account.
PromiseResult promise_result(const Snapshot& book, std::span<const StandingView> parts,
                             const PromiseTerms& terms, Moment moment);

}  // namespace countback::collections
