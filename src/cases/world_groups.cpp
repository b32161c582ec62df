// Customers chased together, and whose contacts receive their messages (COL-2, COL-7).
#include "cases/world.h"

namespace countback::cases {

/// `group BETA under ACME`, `group BETA alone`: from today on.
void World::group(Words& words) {
    const CustomerId customer = customer_named(words.next("a customer"));
    const auto head = words.value("under");
    const bool alone = words.flag("alone");
    words.finish();
    if (!head && !alone) throw CaseFailure("under whom, or alone");
    std::optional<CustomerId> leader;
    if (head) leader = customer_named(*head);
    before_last_ = ledger_->book().last_fact();
    granted(collections_->put_in_group(Perimeter::whole(), {{}, "case"}, customer, leader));
    last_ = ledger_->book().last_fact();
}

/// `centre BETA at ACME`, `centre BETA own`: whose contacts receive its messages, from today on.
void World::centre(Words& words) {
    const CustomerId customer = customer_named(words.next("a customer"));
    const auto at = words.value("at");
    const bool own = words.flag("own");
    words.finish();
    if (!at && !own) throw CaseFailure("at whom, or own");
    std::optional<CustomerId> receiver;
    if (at) receiver = customer_named(*at);
    granted(collections_->set_payment_centre(Perimeter::whole(), {{}, "case"}, customer, receiver));
}

}  // namespace countback::cases
