#include "measures/flows.h"

#include <algorithm>

namespace countback {
namespace {

/// Adds items to flows; one instance a measure.
class FlowCollector {
public:
    FlowCollector(const Snapshot& book, const MeasureQuery& query, const Points& points)
        : book_(book),
          known_at_(query.moment.known_at),
          points_(points),
          newest_step_(step_index(points.last(), points.step)) {}

    void take(const ItemView& item, Flows& flows) {
        if (flows.balance.empty()) flows.balance.resize(points_.dates.size(), 0);
        take_billing(item, flows);
        if (!counts_in_dso(item)) return;
        const std::int64_t before = flows.balance.back();
        if (points_.dates.size() == 1) {
            flows.balance[0] += book_.open(item, {points_.last(), known_at_});
        } else {
            take_points(item, flows);
        }
        if (item.debit() && item.due >= points_.last()) flows.not_due += flows.balance.back() - before;
    }

private:
    void take_billing(const ItemView& item, Flows& flows) const {
        if (!counts_in_billings(item)) return;
        flows.add_billing(static_cast<std::size_t>(newest_step_ - step_index(item.issue, points_.step)),
                          item.amount);
        if (item.issue >= points_.window.first) flows.billed_in_window += item.amount;
        flows.earliest(item.issue);
    }

    /// The balance moves on the issue date and on each allocation's day: differences first, then their sums.
    void take_points(const ItemView& item, Flows& flows) {
        moves_.assign(points_.dates.size(), 0);
        const std::int64_t sign = item.amount < 0 ? -1 : 1;
        const std::int64_t whole = item.amount * sign;
        moves_[points_.at_or_after(item.issue)] += whole;
        book_.each_allocation(item.row, known_at_, [&](const AllocationView& allocation) {
            if (allocation.effective > points_.last()) return;
            moves_[points_.at_or_after(std::max(allocation.effective, item.issue))] -= allocation.amount;
        });
        std::int64_t open = 0;
        for (std::size_t i = 0; i < moves_.size(); ++i) {
            open += moves_[i];
            flows.balance[i] += sign * std::max<std::int64_t>(open, 0);  // never across zero
        }
    }

    const Snapshot& book_;
    FactNo known_at_;
    const Points& points_;
    int newest_step_;
    std::vector<std::int64_t> moves_;
};

}  // namespace

bool counts_in_billings(const ItemView& item) {
    if ((item.flags & item_flag::opening_balance) != 0) return false;
    if (item.type == ItemType::misc) return item.debit() && (item.flags & item_flag::sales) != 0;
    return item.type == ItemType::invoice || item.type == ItemType::credit_note;
}

std::size_t Points::at_or_after(Date day) const {
    const int months_back = month_of(last()).index - month_of(day).index;
    const auto from_end = static_cast<std::size_t>(months_back) + 1;
    return from_end >= dates.size() ? 0 : dates.size() - from_end;
}

Points one_point(Date as_of, int window_months, Step step) {
    return {{as_of}, step, window_of(as_of, window_months)};
}

Points trend_points(Date as_of, int months, int window_months) {
    Points points{{}, Step::month, window_of(as_of, window_months)};
    const Month newest = month_of(as_of);
    for (int back = months - 1; back >= 1; --back) points.dates.push_back((newest - back).last());
    points.dates.push_back(as_of);
    return points;
}

FlowRows collect_flows(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
                       const Points& points, Doubtful doubtful) {
    RowsByKey<Flows> rows;
    FlowCollector collector(book, query, points);
    book.each_account(perimeter, query.selection, query.moment, [&](AccountRow account) {
        if (doubtful == Doubtful::left_out && doubtful_or_insolvent(book, account, query.moment)) return;
        const std::int64_t id = row_id(book, account, query.by);
        book.each_item(account, query.moment.known_at, [&](const ItemView& item) {
            if (item.issue > points.last() || !selects(query.selection, item.currency)) return;
            collector.take(item, rows.at({id, item.currency}));
        });
    });
    return std::move(rows.rows());
}

}  // namespace countback
