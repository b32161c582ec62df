// COL-9: a message of a person's own, outside the scenario.
//
// It asks for the items she names, or for what is late; none that is paid, promised, disputed
// or stopped. A text that asks for items (it names them or their sum) is not sent when there is nothing to
// ask for; a statement of account asks for nothing. The same words to the same customer on the same day are
// one message, however often the button is pressed. A reminder's own words call late what they name: they are
// not sent for what is not. The message of a specific action goes by its way, in its text, for its items,
// once its day has come; sent, the action is done. What speaks against it (objections.h) takes a second yes.
// Example: a reminder to ACME on 18 March, last contact on the 16th, gap 7 days: refused (not before the
// 23rd), sent when she insists. Source: handbook §6.
#pragma once
#include "collections/reminders.h"

namespace countback::collections {

/// What may be asked of a customer (COL-6): held back by no promise, dispute, stop or payment.
struct Askable {
    std::vector<correspondence::AskedItem> overdue;  ///< late: what `decide` asks for, then the rest
    std::vector<correspondence::AskedItem> others;   ///< open and not yet due
    /// Of members put aside or written to: asked for when she names them and insists.
    std::vector<correspondence::AskedItem> put_off;
    std::optional<CustomerId> head;  ///< with whom it is chased
    bool holds(const correspondence::AskedItem& wanted) const;
};

/// `own`: the message that asks, once it is asked for; it does not hold its items back.
Askable askable(Collections& service, const Perimeter& perimeter, CustomerId customer, MessageId own = {});

/// Whether each item may still be asked for, and for as much. A member of a group is judged with its head,
/// whoever may see that one.
bool still_asked(Collections& service, const Askable& judged_alone,
                 const std::vector<correspondence::AskedItem>& items, MessageId own = {});

/// Whether the words ask for items: they name them, their sum, how late they are or what that costs.
bool asks_for_items(const correspondence::NewMessage::Edit& words);

/// A delivered text that calls late what it names, or reminds of it: it is not sent for what is not due.
bool calls_late(std::string_view template_code);

/// The first due date, today or later, of what the message names; none where all of it is late.
std::optional<Date> not_yet_due(const Snapshot& book, const correspondence::NewMessage& message);

/// COL-9: the message of a specific action bears its number in the place of a step. 0 = of none.
std::string step_of_action(std::int64_t action);
std::int64_t action_of(const correspondence::NewMessage& message);

/// A text that asks for nothing: whoever is stopped may have it too.
inline constexpr std::string_view statement_code = "statement";

}  // namespace countback::collections
