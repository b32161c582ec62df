// COL-9: what speaks against a message of a person's own. She may overrule all of it; the message's story
// keeps what.
//
//   stop             the customer is stopped, or the head of its group: of all but the statement in
//                    its own words
//   snoozed          it is put aside, or its head, or a member whose items the message names
//   message_waiting  another message to one of them, a step's or a person's, was asked for before and is not
//                    over
//   specific_action  what it names has an action of its own, which is another message
//   not_yet_due      what it names is not late, while its words may say so
//   unapplied_credit the customer's unapplied credit covers what it asks for
//   contact_cap, minimum_gap  too many contacts; too soon after the last
//
// Asked when she presses, and again just before the message leaves: what is new since and was not overruled
// cancels it. Example: two collectors write to ACME in one minute, a reminder and a firm one: the first
// leaves, the second is refused (message_waiting) unless its author insists. Source: handbook §6.
#pragma once
#include "collections/service.h"
#include "correspondence/outbox.h"

namespace countback::collections {

/// Each a step_not_due with its `reason`, the weightiest first. `own` is the message itself once it is asked
/// for: those asked for after it do not speak against it.
std::vector<Refusal> objections(Collections& service, const correspondence::NewMessage& message,
                                MessageId own);

/// The same of a message asked for before that one and not over, as the open transaction sees it.
std::optional<Refusal> asked_before(store::Connection& connection, CustomerId customer, MessageId message);

/// Keeps in the message's story what was overruled. Inside the transaction that asks for it.
void note_overruled(store::Connection& connection, MessageId message, const std::vector<Refusal>& objections,
                    const correspondence::Happening& by, Instant now);

/// Whether the story says that this was overruled: of `message_waiting`, `contact_cap` and `minimum_gap` one
/// stands for the others, they all say that it is too soon.
bool is_overruled(const std::vector<correspondence::Event>& story, const Refusal& objection);

/// The one that names it, by `reason`.
const std::string& reason_of(const Refusal& refusal);

}  // namespace countback::collections
