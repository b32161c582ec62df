#include "measures/measure.h"

namespace countback {

bool doubtful_or_insolvent(const Snapshot& book, AccountRow account, Moment moment) {
    if (book.attribute(account, Attribute::doubtful, moment) != 0) return true;
    bool insolvent = false;
    book.each_standing(account, moment.known_at, [&](const StandingView& standing) {
        insolvent = insolvent || (standing.kind == StandingKind::insolvency && !standing.item &&
                                  standing.holds_on(moment.as_of));
    });
    return insolvent;
}

}  // namespace countback
