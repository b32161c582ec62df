// COL-9: a message of a person's own, outside the scenario.
//
// It asks for the items she names, or for what is late; none that is paid, promised, disputed
// or stopped. A text that asks for items (it names them or their sum) is not sent when there is nothing to
// ask for; a statement of account asks for nothing. The same words to the same customer on the same day are
// one message, however often the button is pressed. Before the contact cap or the minimum gap lets her, it
// takes a second yes, which its story keeps. Example: a reminder to ACME on 18 March, last contact on the
// 16th, gap 7 days: refused (not before the 23rd), sent when she insists. Source: handbook §6.
#pragma once
#include "collections/reminders.h"

namespace countback::collections {

/// What may be asked of a customer (COL-6): held back by no promise, dispute, stop or payment.
struct Askable {
    std::vector<correspondence::AskedItem> overdue;  ///< late: what `decide` asks for, then the rest
    std::vector<correspondence::AskedItem> others;   ///< open and not yet due
    std::optional<CustomerId> head;                  ///< with whom it is chased
    bool holds(const correspondence::AskedItem& wanted) const;
};

Askable askable(Collections& service, const Perimeter& perimeter, CustomerId customer);

/// Whether each item may still be asked for, and for as much. A member of a group is judged with its head.
bool still_asked(Collections& service, const Perimeter& perimeter, const Askable& own,
                 const std::vector<correspondence::AskedItem>& items);

/// Whether the words ask for items: they name them, or their sum.
bool asks_for_items(const correspondence::NewMessage::Edit& words);

/// step_not_due with contact_cap (contacts, days, until) or minimum_gap (last, until), while one of them says
/// that it is too soon.
std::optional<Refusal> too_soon(Collections& service, CustomerId customer);

}  // namespace countback::collections
