// What an edit of the policy would change today, customer by customer: both policies through the same decide.
//
// A customer changes when any of these differ between the two: the scenario, the next step, the outcome, its
// day; of the next step who sets it off, its channel, text, recipients, limits (the floor and ceiling that
// stand for what is asked), days and hours; the steps that come after it; the notices due. Who follows
// another scenario or step is not compared further, but for the mode and the channel. Example: "Friendly
// reminder" is made automatic; 50 customers are due it today: 50 change, `mode`, and 50 messages leave by
// themselves today where none did. Source: handbook §6, COL-1.
#pragma once
#include "collections/decide.h"

namespace countback::collections {

/// In the order they are told.
enum class Change : std::uint8_t {
    mode,
    channel,
    text,
    recipients,
    scenario,
    step,
    outcome,
    date,
    limits,
    timetable,
    later_steps,
    notices
};
constexpr std::size_t change_count = 12;
std::string_view name_of(Change change);

/// One customer's day under a policy; scenario, step and texts point into that policy.
struct PlannedDay {
    std::string_view scenario;   ///< code; empty = none
    const Step* step = nullptr;  ///< the next one
    std::optional<Date> date;    ///< of the step
    Outcome outcome = Outcome::nothing;
    Mode mode = Mode::manual;                 ///< after the ceiling
    std::vector<std::string_view> notices{};  ///< codes of those due today
    bool by_itself = false;                   ///< a message leaves today without a person
    bool by_itself_later = false;             ///< … or will at a step to come
};

struct PreviewRow {
    CustomerId customer;
    EntityId entity;
    PlannedDay before, after;
    std::vector<Change> changes;  ///< ascending, not empty
};

/// A count under the policy that stands, and under the edited one.
using BothWays = std::array<std::int64_t, 2>;

/// A step or notice that waited for a person, or was not there, and would leave without one.
struct MadeAutomatic {
    std::string_view scenario, code, name_en, name_fr;
};

struct Preview {
    std::int64_t customers = 0, changed = 0;
    BothWays due{};                                    ///< customers to act on today
    BothWays by_itself{}, by_itself_later{};           ///< customers written to without a person
    BothWays notices{};                                ///< notices due today
    std::array<std::int64_t, change_count> changes{};  ///< customers, by what changes
    std::vector<MadeAutomatic> made_automatic;
    std::vector<std::pair<std::string_view, BothWays>> scenarios;  ///< followers
    std::vector<PreviewRow> rows;  ///< of those who change, highest priority first
};

struct PreviewQuery {
    Selection selection;
    Moment moment;
    std::size_t rows_max = 500;
};

/// Pure. The answer points into both policies.
Preview preview(const Perimeter& perimeter, const Snapshot& book, const PreviewQuery& query,
                const Dunning& before, const Dunning& after);

}  // namespace countback::collections
