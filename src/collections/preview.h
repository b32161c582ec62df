// What an edit of the policy would change today, customer by customer: both policies through the same decide.
#pragma once
#include "collections/decide.h"

namespace countback::collections {

/// One customer's day under a policy; texts point into that policy.
struct PlannedDay {
    std::string_view scenario, step;  ///< codes; empty = none
    std::optional<Date> date;         ///< of the step
    Outcome outcome = Outcome::nothing;
    bool operator==(const PlannedDay&) const = default;
};

struct PreviewRow {
    CustomerId customer;
    EntityId entity;
    PlannedDay before, after;
};

struct Preview {
    std::int64_t customers = 0, changed = 0;
    std::int64_t due_before = 0, due_after = 0;  ///< customers to act on today
    std::vector<std::pair<std::string_view, std::array<std::int64_t, 2>>>
        scenarios;                 ///< followers, both ways
    std::vector<PreviewRow> rows;  ///< of those who change, highest priority first
};

struct PreviewQuery {
    Selection selection;
    Moment moment;
    std::size_t rows_max = 100;
};

/// Pure. The answer points into both policies.
Preview preview(const Perimeter& perimeter, const Snapshot& book, const PreviewQuery& query,
                const Dunning& before, const Dunning& after);

}  // namespace countback::collections
