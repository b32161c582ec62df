#include "imports/room_by_day.h"

#include <algorithm>
#include <map>

namespace countback::imports {

std::vector<DayAmount> settled_by_day(const Snapshot& book, const Plan& plan, ItemRow item) {
    std::map<Date, std::int64_t> changes;
    book.each_allocation(item, known_now, [&](const AllocationView& a) { changes[a.effective] += a.amount; });
    if (plan.provisional.settles(item) != 0) {
        for (const ProvisionalPayment& payment : plan.provisional.payments) {
            for (const ProvisionalPayment::Part& part : payment.parts) {
                if (part.debit == item) changes[part.allocation.effective] -= part.left;
            }
        }
    }
    // An item's returns are planned one after the other, right before this is asked.
    for (std::size_t i = plan.returns.size(); i-- > 0 && plan.returns[i].item == item;)
        changes[plan.returns[i].day] -= plan.returns[i].amount;
    std::vector<DayAmount> sums;
    std::int64_t sum = 0;
    for (const auto& [day, change] : changes) {
        sum += change;
        sums.push_back({day, sum});
    }
    return sums;
}

std::vector<DayAmount> settlements_to(const std::vector<DayAmount>& settled, Date from, std::int64_t target) {
    // Walked from the last day back: what fits on a day fits on every day after it.
    std::vector<DayAmount> room;
    std::int64_t least = target - (settled.empty() ? 0 : settled.back().amount);
    for (std::size_t i = settled.size(); i-- > 0 && settled[i].day >= from;) {
        least = std::min(least, target - settled[i].amount);
        room.push_back({settled[i].day, least});
    }
    const std::size_t later = room.size();
    const std::int64_t at_first = later < settled.size() ? settled[settled.size() - later - 1].amount : 0;
    room.push_back({from, std::min(least, target - at_first)});
    std::vector<DayAmount> found;
    std::int64_t given = 0;
    for (std::size_t i = room.size(); i-- > 0;) {
        if (room[i].amount <= given) continue;
        found.push_back({room[i].day, room[i].amount - given});
        given = room[i].amount;
    }
    return found;
}

std::optional<Date> settled_from(const std::vector<DayAmount>& settled, std::int64_t target) {
    std::optional<Date> first;
    for (std::size_t i = settled.size(); i-- > 0 && settled[i].amount == target;) first = settled[i].day;
    return first;
}

}  // namespace countback::imports
