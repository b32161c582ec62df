// COL-6 `no_recipient`: an account is reached by e-mail while its customer or one of its contacts has a mail
// address that can go into an envelope, by letter while the customer has a postal address. Kept as a dated
// fact, the sum of what cannot be used (no_mail 1, no_post 2), so that a decision of any past day can be told
// again.
//
// Example: items of C1 come in on 1 March, without any address: no_contact 3 from 1 March. A contact
// ann@c1.test comes in on 9 March: no_contact 2 from 9 March. On 5 March no reminder was due for C1; since
// the 9th e-mails are, letters are not.
#pragma once
#include <string_view>

#include "parties/types.h"
#include "receivables/ledger.h"

namespace countback::imports {

/// Whether the text is a mail address that can be written to; empty = no.
bool is_mail_address(std::string_view text);

/// What of a customer cannot be used, by its own texts alone: the value of Attribute::no_contact.
std::int64_t unreached_by(const Customer& customer);

/// Appends `no_contact` from `day` on, and from `today` on, where the ledger says otherwise.
struct ReachabilityDays {
    Date day, today;
};
void keep_reachability(Writing& writing, CustomerId customer, ReachabilityDays days);
/// The same for a customer that this writing adds.
void add_reachability(Writing& writing, CustomerId id, const Customer& texts, Date day);

/// Appends it whatever the ledger says: what it says changes in this writing.
void say_reachability(Writing& writing, CustomerId customer, ReachabilityDays days);

/// For a company of before this was kept: every account, from its first day on. Appends nothing where the
/// ledger is right.
void judge_reachability(Ledger& ledger);

}  // namespace countback::imports
