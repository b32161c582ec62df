// COL-4: the words of a decision, as named notes: why this outcome, and what would change it.
#pragma once
#include "collections/account.h"
#include "collections/timing.h"

namespace countback::collections {

/// `code`: no_open_item, scenario_ended.
void explain_nothing(std::string_view code, Decision& decision);
/// COL-2: a member of a group is chased with its head.
void explain_with_head(CustomerId head, Decision& decision);
/// Every item is held: the outcome is suppressed, with each item's hold.
void explain_all_held(const Account& account, Decision& decision);
void explain_held(const std::vector<Hold>& holds, Decision& decision);
void explain_waiting(const Run& run, const Timing& timing, Decision& decision);
/// Of an outcome set to due: which step and why now, and which items stay out of it.
void explain_due(const Account& account, const Timing& timing, Decision& decision);
/// COL-9: the day of an action of its own has come.
/// A person cancelled the message of this step: it waits for a yes.
void explain_cancelled(const CancelledMessage& cancelled, Decision& decision);
void explain_specific(const SpecificAction& action, Decision& decision);
/// A broken promise nobody followed up: on the agenda, whatever the step.
void explain_broken(const AccountPromise& promise, Decision& decision);
/// Every suppressor tried, and the state of every item.
void explain_whole(const Run& run, const Account& account, const std::vector<Hold>& holds,
                   Decision& decision);

}  // namespace countback::collections
