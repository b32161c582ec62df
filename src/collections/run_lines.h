// A run's outcome lines: of each customer what was decided, the one message it gets today, and why or why not
// (COL-7, COL-11).
#pragma once
#include "collections/reminders.h"

namespace countback::collections {

/// What was decided on one day: the run's entities that share it.
struct RunPart {
    DecidedRun run;
    std::vector<DueNotice> notices;
};

/// One customer's line. The decision is of a RunPart that outlives it.
struct RunLine {
    CustomerId customer;
    Outcome outcome = Outcome::nothing;
    std::string step{};  ///< of the reminder, else the notice asked for
    const Decision* decision = nullptr;
    std::vector<Note> notes{};  ///< of notices, before the decision's own reasons
    std::optional<correspondence::NewMessage> message{};
    MessageId id{};  ///< asked for

    /// What asking came to: without a number the same message stands already, and the customer is held.
    void settle(std::optional<MessageId> asked);
    /// A line a reason, `code \t name=value`: read back into texts by the page. What the texts name by number
    /// (scenario, item) is kept by its id.
    std::string why() const;
    /// Adds it to the counts of a dry run as if its message were asked for.
    void count(RunRecord& record) const;
};

/// In the order of decisions, part after part: the reminder first, else the first notice that may go.
std::vector<RunLine> run_lines(const std::vector<RunPart>& parts);

/// By its outcome lines so far.
void read_counts(store::Connection& connection, RunRecord& record);
/// The same of customers that `admits` answers true for: what a person may see of another's run.
void read_counts(store::Connection& connection, RunRecord& record,
                 const std::function<bool(CustomerId)>& admits);

/// A run as it began: number, day, source, user and start are the row's first columns.
RunRecord begun_run(const store::Row& row);

}  // namespace countback::collections
