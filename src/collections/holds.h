// COL-6: what holds a reminder back. Each suppressor has a scope, a reason and, where one is known, an end.
//
// On items: open dispute (whole, or the disputed part), promise not yet due + grace or waiting for data,
// plan, payment in progress, litigation, proposal, processing until its follow-up day (STA-1), stop,
// insolvency for what was issued before it opened (LAW-4; through the legal identity: the group). On
// currencies: unapplied credit > 0 and ≥ what the message would ask for. On the customer: below the minimum
// amount, stale data, no valid recipient, contact cap, a day that is not worked in his country. Unreadable
// means suppressed. Taking one item out never silences the rest: an item's hold touches that item only, a
// group's member's own hold its items only; the head's stop holds the whole group.
// Example: F-1 of 100 is disputed for 40 and F-2 of 50 is promised: a reminder asks for 60 of F-1.
// Source: handbook §6.
#pragma once
#include "collections/account.h"

namespace countback::collections {

/// The names of all suppressors, in the order they are shown.
inline constexpr std::array<std::string_view, 19> suppressor_codes{
    "dispute_open",    "promise_running",     "promise_awaiting_data",
    "plan_running",    "payment_in_progress", "litigation",
    "proposal_open",   "processing",          "stop",
    "insolvency",      "unapplied_credit",    "below_minimum",
    "stale_data",      "no_recipient",        "contact_cap",
    "message_waiting", "specific_action",     "snoozed",
    "unreadable"};

/// Applies the standings: fills each debit's `holds` and lowers its `chased`.
void hold_by_standings(const Run& run, Account& account);

/// Overdue items of a currency whose unapplied credit covers all that is overdue in it leave the message.
void hold_by_credit(const Run& run, Account& account);

/// What holds the whole customer, whatever the step: stale data, and what cannot be read.
std::vector<Hold> customer_holds(const Run& run, const Account& account);

/// What holds this message: recipient, contact cap, minimum, credit on what it asks for.
std::vector<Hold> message_holds(const Run& run, const Account& account, const Step& step,
                                const std::vector<AskedItem>& asked);

/// Contacts and notices of the last days, when the cap is reached (COL-6).
std::optional<Hold> contact_cap_hold(const Run& run, const Account& account);

/// Unapplied credit of every currency covers what would be asked in it.
std::optional<Hold> credit_hold(const Account& account, const std::vector<Money>& asked);

/// The customer is put aside.
std::optional<Hold> snooze_hold(const Run& run, CustomerId customer);

/// MSG-1: a message to it is on its way, or waits for a person; of those asked for before the run's own.
std::optional<Hold> message_hold(const Run& run, CustomerId customer);

/// A stop of the whole account.
std::optional<Hold> stop_hold(const Run& run, AccountRow account);

std::vector<Money> sums_of(const std::vector<AskedItem>& asked);

/// COL-7: what is to be paid of it, one a currency: less the account's unapplied credit, never below 0.
std::vector<Money> to_pay_of(const Account& account, const std::vector<AskedItem>& asked);

/// The amount set for a currency, or nothing.
std::optional<std::int64_t> amount_for(const std::vector<Money>& amounts, Currency currency);
/// The step's own, else the policy's.
std::optional<std::int64_t> amount_for(const std::vector<Money>& own, const std::vector<Money>& all,
                                       Currency currency);

}  // namespace countback::collections
