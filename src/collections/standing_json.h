// Standings as the pages show them: those recorded in one go as one row (STA-1, PRO-1, DIS-1).
#pragma once
#include "collections/account.h"
#include "collections/page_names.h"

namespace countback::collections {

struct StandingGroup {
    StandingId id;                    ///< of the first recorded
    std::vector<StandingView> parts;  ///< one an item, or one for the account
    const StandingView& first() const { return parts.front(); }
};

/// The account's standings known at the run's moment, newest first.
std::vector<StandingGroup> standing_groups(const Run& run, AccountRow account);

/// Whether it is of use today: holds, is to come, or is a promise not yet judged.
bool in_force(const Run& run, const StandingGroup& group);

struct DisputeToAnswer {
    StandingGroup group;
    Date follow_up;  ///< its own date, else the policy's days after it was opened (STA-1)
};
/// Disputes of the moment whose follow-up day has come, by that day.
std::vector<DisputeToAnswer> disputes_to_answer(const Run& run, const Perimeter& perimeter,
                                                const Selection& selection);

/// One Standing of the contract.
json::object standing_json(const Run& run, const StandingGroup& group, PageNames& names);

}  // namespace countback::collections
