// COL-2, COL-7: who is chased together, and who receives the message. Read from the Book at a moment, pure.
//
//   a customer is in a group when its attribute `group_master` names another customer of the same entity that
//   heads a group: whose own attribute names itself. One level: a head is never a member.
//   `payment_centre` names the customer of the same entity whose contacts receive its messages.
//
// Example: BETA and GAMMA name ACME, ACME names itself: one message to ACME for the items of all three.
// Source: handbook §6.
#pragma once
#include <unordered_map>
#include <vector>

#include "receivables/book.h"

namespace countback::correspondence {

/// Whether the account's attribute says that it heads a group; it may stand alone in it.
bool heads_group(const Snapshot& book, AccountRow account, Moment moment);

/// The head it is chased with; nothing of a head, or of an account that stands alone.
std::optional<AccountRow> head_of(const Snapshot& book, AccountRow account, Moment moment);

/// The members of every group, without its head, in order of arrival.
using Groups = std::unordered_map<AccountRow, std::vector<AccountRow>>;
Groups groups_of(const Snapshot& book, Moment moment);

/// The account itself; of a head, itself and then its members.
std::vector<AccountRow> chased_together(const Snapshot& book, AccountRow account, Moment moment);

/// The customer whose contacts receive the account's messages: its payment centre, else itself.
AccountRow recipient_of(const Snapshot& book, AccountRow account, Moment moment);

/// The customers that each payment centre receives for, in order of arrival.
using Receivers = std::unordered_map<AccountRow, std::vector<CustomerId>>;
Receivers receivers_of(const Snapshot& book, Moment moment);

}  // namespace countback::correspondence
