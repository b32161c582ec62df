// COL-6 `no_recipient`: an account is reachable while its customer or one of its contacts has a mail address
// that can go into an envelope. Kept as a dated fact, so that a decision of any past day can be told again.
//
// Example: items of C1 come in on 1 March, without any address: no_contact 1 from 1 March. A contact
// ann@c1.test comes in on 9 March: no_contact 0 from 9 March. On 5 March no reminder was due for C1.
#pragma once
#include <string_view>

#include "parties/types.h"
#include "receivables/ledger.h"

namespace countback::imports {

/// Whether the text is a mail address that can be written to; empty = no.
bool is_mail_address(std::string_view text);

/// Whether a message has somewhere to go.
bool is_reachable(store::Connection& connection, CustomerId customer);

/// Appends `no_contact` from `day` on, and from `today` on, where the ledger says otherwise.
struct ReachabilityDays {
    Date day, today;
};
void keep_reachability(Writing& writing, CustomerId customer, ReachabilityDays days);
/// The same for a customer that this writing adds: `reachable` as its own texts say.
void add_reachability(Writing& writing, CustomerId customer, bool reachable, Date day);

/// Appends it whatever the ledger says: what it says changes in this writing.
void say_reachability(Writing& writing, CustomerId customer, ReachabilityDays days);

/// For a company of before this was kept: every account, from its first day on. Appends nothing where the
/// ledger is right.
void judge_reachability(Ledger& ledger);

}  // namespace countback::imports
