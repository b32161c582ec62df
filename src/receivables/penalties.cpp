#include "receivables/penalties.h"

#include <algorithm>

#include "base/ensure.h"
#include "base/ratio.h"

namespace countback {

namespace {

/// Amount × hundredths of a percent × days, of one line.
constexpr Wide year_of_hundredths = static_cast<Wide>(365) * 10'000;

std::int64_t rounded(Wide numerator) {
    return static_cast<std::int64_t>(divide_half_even(numerator, year_of_hundredths));
}

std::int64_t rate_on(const std::vector<DatedRate>& rates, Date day) {
    std::int64_t rate = 0;
    for (const DatedRate& one : rates) {
        if (one.from <= day) rate = one.hundredths;
    }
    return rate;
}

/// Days on which the amount or the rate changes, inside (late_from, last].
std::vector<Date> borders(const Snapshot& book, const ItemView& item, const std::vector<DatedRate>& rates,
                          const PenaltyQuery& query, Date last) {
    const Date start = late_from(item);
    std::vector<Date> days{start, last};
    const auto add = [&](Date day) {
        if (day > start && day < last) days.push_back(day);
    };
    book.each_allocation(item.row, query.moment.known_at,
                         [&](const AllocationView& one) { add(one.effective); });
    for (const DatedRate& rate : rates) add(rate.from - 1);
    for (const PenaltyCover& one : query.covered) add(one.from);
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

/// What bears interest of the item on a day.
std::int64_t owed_on(const Snapshot& book, const ItemView& item, const PenaltyQuery& query, Date day) {
    std::int64_t owed = checked_add(book.open(item, {day, query.moment.known_at}), -query.disputed);
    for (const PenaltyCover& one : query.covered) {
        if (one.from <= day) owed = checked_add(owed, -one.minor);
    }
    return std::max<std::int64_t>(0, owed);
}

bool bears_interest(const ItemView& item) {
    return item.debit() && !item.memo() && item.type != ItemType::late_fee;
}

}  // namespace

std::int64_t interest_of(std::int64_t amount, std::int64_t hundredths, int days) {
    ensure(amount >= 0 && hundredths >= 0 && days >= 0, "interest is of what is owed");
    return rounded(static_cast<Wide>(amount) * hundredths * days);
}

Penalty penalty_of(const Snapshot& book, const ItemView& item, const std::vector<DatedRate>& rates,
                   const PenaltyQuery& query) {
    const Currency euro = *Currency::parse("EUR");
    Penalty penalty{{0, item.currency}, {0, euro}};
    const Date last = query.stop ? std::min(query.moment.as_of, *query.stop) : query.moment.as_of;
    if (!bears_interest(item) || last <= late_from(item)) return penalty;
    const std::vector<Date> days = borders(book, item, rates, query, last);
    for (std::size_t place = 0; place + 1 < days.size(); ++place) {
        const std::int64_t owed = owed_on(book, item, query, days[place]);
        const int length = days[place + 1] - days[place];
        const std::int64_t rate = rate_on(rates, days[place] + 1);
        if (owed == 0) continue;
        const Money interest{interest_of(owed, rate, length), item.currency};
        penalty.segments.push_back(
            {days[place] + 1, days[place + 1], length, rate, {owed, item.currency}, interest});
        penalty.interest.minor = checked_add(penalty.interest.minor, interest.minor);
    }
    const bool late = owed_on(book, item, query, late_from(item)) > 0;
    if (item.type == ItemType::invoice && late) penalty.indemnity.minor = 40 * euro.minor_per_unit();
    return penalty;
}

}  // namespace countback
