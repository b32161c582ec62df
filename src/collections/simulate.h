// COL-12: what a policy would have done over a past period, day by day on the as-of ledger, with the same
// `decide`.
//
//   for each day: for each account: decide(book as of that day, policy, what the replay did so far);
//   a due step counts as done that day: messages as sent (automatic and to confirm), calls and tasks as made;
//   a due notice that nothing makes wait counts as sent that day
//
// It begins with what was really done before the first day. A customer is looked at again on the day of his
// next step, when his ledger changes (issue, day after a due date, allocation), and at least every seven
// days; one with a standing, held back or in a group, every day. Example: one invoice due 14 Feb 2025 unpaid
// to the end of March, reminder@+3 and second@+12: one e-mail in the week of 17 Feb, one in the week of 24
// Feb. Source: handbook §6.
#pragma once
#include <array>
#include <map>
#include <span>

#include "collections/decide.h"
#include "store/database.h"

namespace countback::collections {

struct SimulationQuery {
    Date from, to;  ///< both included
    Selection selection;
    FactNo known_at;
    /// Whether a message needs an address known today: otherwise every customer counts as reachable.
    enum class Recipients : std::uint8_t { assumed, known } recipients = Recipients::assumed;
};

struct Workload {
    std::int64_t confirm = 0;  ///< messages waiting for a person's yes
    std::int64_t manual = 0;   ///< calls, tasks, letters by hand, broken promises
};

struct SuppressedCount {
    std::int64_t customers = 0;  ///< distinct
    std::int64_t days = 0;       ///< customer-days on which a step was held back
};

/// One replay, or what was really done. Weeks are named by their Monday.
struct Replay {
    std::map<Date, std::array<std::int64_t, channel_count>> actions;  ///< by week and channel
    std::map<std::pair<Date, LabelId>, Workload> workload;            ///< by week and collector
    std::map<std::string, SuppressedCount, std::less<>> suppressed;   ///< by the hold's code
    std::array<std::int64_t, 3> by_mode{};
    std::int64_t customers_touched = 0;  ///< contacted at least once
    std::int64_t contacts = 0;
    std::int64_t clashes = 0;   ///< steps moved because another contact was within the gap
    std::int64_t caps_hit = 0;  ///< times a customer came up against the contact cap
    std::int64_t broken_promises = 0;
    std::int64_t looks = 0;  ///< decisions taken
    /// Of what was really done nobody kept what was moved, capped or held back: those are not told.
    enum class Of : std::uint8_t { policy, really } of = Of::policy;
};

/// Pure. Not moved by anything recorded after `query.known_at`.
Replay simulate(const Perimeter& perimeter, const Snapshot& book, const SimulationQuery& query,
                const Dunning& start);

/// A message that left: an e-mail sent, a letter posted.
struct SentMessage {
    correspondence::MessageKind kind = correspondence::MessageKind::step;
    CustomerId customer;
    int scenario = 0;
    ItemId leader;
    std::string step{};
    Channel channel = Channel::email;
    bool by_run = false;  ///< the product alone; else on a person's yes
    Date day;
};
/// All that ever left, in order.
std::vector<SentMessage> sent_messages(store::Connection& connection);

/// What was really done in the period: the steps done, with their messages or by hand, and the messages
/// outside the scenarios (notices, a person's own).
Replay really_done(const Perimeter& perimeter, const Snapshot& book, const SimulationQuery& query,
                   const Dunning& dunning, std::span<const SentMessage> sent);

/// The Monday of a day's week.
constexpr Date week_of(Date day) { return day - (day.weekday() + 6) % 7; }

}  // namespace countback::collections
