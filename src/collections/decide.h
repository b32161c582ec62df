// COL-1: whom to chase today. A pure function: preview, dry run, nightly run, simulator and tests call the
// same.
//
// For each account (one customer of one entity, all currencies; of a group's head: with its members, COL-2;
// a member is chased with its head and has nothing of its own):
//   1 standings hold items back (COL-6); 2 unapplied credit holds currencies back; 3 the leader is the
//   oldest-due debit item nothing excludes (COL-2); 4 the scenario is chosen (COL-5); 5 the next step and its
//   earliest day (COL-3, COL-4); 6 what holds the customer or this message; 7 the outcome: due, waiting,
//   suppressed, nothing.
// A broken promise that nobody followed up puts the account on the agenda whatever its step (PRO-1).
// Example: F-1 due 14 Feb 2025, standard scenario, nothing done, today Mon 17 Feb: due, "Friendly reminder"
// by e-mail to be confirmed, asking for F-1. Source: handbook §6.
#pragma once
#include "collections/account.h"

namespace countback::collections {

struct DecideQuery {
    Selection selection;
    Moment moment;  ///< as_of = the day decided for
    Detail detail = Detail::explained;
    MessageId own{};  ///< this message does not hold its customer back: it asks whether it is still right
};

/// The settings and what was done so far.
struct Dunning {
    const Policy& policy;
    const DunningState& state;
};

/// Every account that the perimeter admits, on all processors; highest priority first, the due ones before
/// the others. The result's scenarios point into `dunning.policy`.
Decisions decide(const Perimeter& perimeter, const Snapshot& book, const DecideQuery& query,
                 const Dunning& dunning);

/// Tells a decision in full (Detail::explained): a page decides over all accounts by their outcomes, and
/// tells the few it shows. Of the same Book, policy and state.
class Explainer {
public:
    Explainer(const Snapshot& book, const Dunning& dunning, Moment moment);
    Decision operator()(const Decision& row);

private:
    Run run_;
    Account account_;
};

/// One account, for callers that walk through accounts themselves; `scratch` is reused, `decision` is new. An
/// account that cannot be read is suppressed, never thrown (COL-11).
void decide_account(const Run& run, AccountRow row, Account& scratch, Decision& decision);
Decision decide_account(const Run& run, AccountRow row, Account& scratch);

}  // namespace countback::collections
