#include "measures/flows.h"

#include <algorithm>
#include <numeric>

#include "measures/strand_sums.h"
#include "receivables/day_totals.h"

namespace countback {
namespace {

/// For every day a posting can stand on: the first point at or after it, and its step back from the last.
class DayTables {
public:
    explicit DayTables(const Points& points)
        : point_(2 * posting::days, static_cast<std::uint16_t>(points.dates.size())),
          step_(posting::days, 0) {
        std::uint32_t day = 0;
        for (std::size_t i = 0; i < points.dates.size(); ++i) {
            for (const std::uint32_t last = posting::day_of(points.dates[i]); day <= last; ++day)
                point_[day | posting::dso] = static_cast<std::uint16_t>(i);
        }
        fill_steps(points);
    }
    /// By a posting's day and its bit posting::dso: the number of points when it counts at none.
    std::uint16_t point(std::uint32_t when) const { return point_[when & (2 * posting::days - 1)]; }
    std::uint16_t step_back(std::uint32_t day) const { return step_[day]; }

private:
    void fill_steps(const Points& points) {
        const int newest = step_index(points.last(), points.step);
        std::uint32_t until = posting::day_of(points.last()) + 1;
        for (int back = 0; until > 0; ++back) {
            const std::uint32_t from =
                std::min(until, posting::day_of(step_first(newest - back, points.step)));
            std::fill(step_.begin() + from, step_.begin() + until, static_cast<std::uint16_t>(back));
            until = from;
        }
    }
    std::vector<std::uint16_t> point_, step_;
};

/// Adds strands to flows; one instance a measure, read by all threads.
class FlowKernel {
public:
    explicit FlowKernel(const Points& points)
        : days_(points),
          points_(points.dates.size()),
          last_(posting::day_of(points.last())),
          window_(posting::day_of(points.window.first)) {}

    Flows fresh() const {
        Flows flows;
        flows.balance.resize(2 * width(), 0);
        return flows;
    }

    void take(const Strand& strand, Flows& flows) const {
        take_balance(strand, flows);
        take_billings(strand, flows);
    }

    /// Days come in ascending order.
    void take(std::uint32_t day, const DaySum& sum, Flows& flows) const {
        flows.balance[days_.point(day | posting::dso)] += sum.moved;
        if (sum.billings == 0) return;
        flows.earliest(posting::date_of(day));
        flows.add_billing(days_.step_back(day), sum.billed);
        if (day >= window_) flows.billed_in_window += sum.billed;
    }

    /// The balance moves at points; what stands at a point is what moved until then.
    void finish(Flows& flows) const {
        for (std::size_t i = 0; i < points_; ++i) flows.balance[i] += flows.balance[i + width()];
        flows.balance.resize(points_);
        std::partial_sum(flows.balance.begin(), flows.balance.end(), flows.balance.begin());
    }

private:
    /// The points, and what counts at none. Each twice, so that neighbours need not wait for each other.
    std::size_t width() const { return points_ + 1; }

    void take_balance(const Strand& strand, Flows& flows) const {
        const std::uint32_t due_from = last_ | posting::debit;
        std::int64_t* const even = flows.balance.data();
        std::int64_t* const odd = even + width();
        std::int64_t not_due = 0;
        const auto move = [&](std::int64_t* moves, const Posting& one) {
            const std::uint16_t point = days_.point(one.when);
            const auto counts =
                static_cast<std::int64_t>(one.due >= due_from) & static_cast<std::int64_t>(point < points_);
            moves[point] += one.amount;
            not_due += one.amount & -counts;
        };
        std::size_t i = 0;
        for (; i + 2 <= strand.all.size(); i += 2) {
            move(even, strand.all[i]);
            move(odd, strand.all[i + 1]);
        }
        if (i < strand.all.size()) move(even, strand.all[i]);
        flows.not_due += not_due;
    }

    void take_billings(const Strand& strand, Flows& flows) const {
        const auto billed = [](const Posting& one) { return (one.when & posting::billing) != 0; };
        const auto first = std::ranges::find_if(strand.documents, billed);
        if (first == strand.documents.end() || (first->when & posting::day_mask) > last_) return;
        const std::uint32_t oldest = first->when & posting::day_mask;
        flows.earliest(posting::date_of(oldest));
        flows.add_billing(days_.step_back(oldest), 0);
        std::int64_t* const steps = flows.billed.data();
        std::int64_t in_window = 0;
        for (auto one = first; one != strand.documents.end(); ++one) {
            const std::uint32_t day = one->when & posting::day_mask;
            if (day > last_) break;
            const std::int64_t amount = one->amount & -static_cast<std::int64_t>(billed(*one));
            steps[days_.step_back(day)] += amount;
            in_window += amount & -static_cast<std::int64_t>(day >= window_);
        }
        flows.billed_in_window += in_window;
    }

    DayTables days_;
    std::size_t points_;
    std::uint32_t last_, window_;
};

/// Whether anything of the strand counts on a day: rows are of those only.
bool begins_by(const Strand& strand, Date day) {
    return !strand.documents.empty() &&
           (strand.documents.front().when & posting::day_mask) <= posting::day_of(day);
}

}  // namespace

bool counts_in_billings(const ItemView& item) {
    return counts_in_billings(item.type, item.amount, item.flags);
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
    const FlowKernel kernel(points);
    using Sums = RowsByKey<Flows>;
    const StrandQuestion of{perimeter, book, query, doubtful};
    auto spans = sums_by_span(of, Sums{}, [&](Sums& rows, const Strand& strand) {
        if (!begins_by(strand, points.last())) return;
        Flows& flows = rows.at({row_id(book, strand.account, query.by), strand.currency});
        if (flows.balance.empty()) flows = kernel.fresh();
        kernel.take(strand, flows);
    });
    Sums merged = std::move(spans.front());
    for (std::size_t i = 1; i < spans.size(); ++i) {
        for (auto& [key, flows] : spans[i].rows()) {
            Flows& sum = merged.at(key);
            if (sum.balance.empty()) {
                sum = std::move(flows);
            } else {
                sum.add(flows, std::int64_t{1});
            }
        }
    }
    for (auto& [key, flows] : merged.rows()) kernel.finish(flows);
    return std::move(merged.rows());
}

bool in_totals(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
               Doubtful doubtful) {
    const Selection& of = query.selection;
    return perimeter.all_collectors && of.collectors.empty() && of.segments.empty() && of.customers.empty() &&
           query.by != By::customer && query.moment.known_at >= book.last_fact() &&
           doubtful == Doubtful::counted;
}

FlowRows flows_of_totals(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
                         const Points& points) {
    const FlowKernel kernel(points);
    const std::uint32_t last = posting::day_of(points.last());
    RowsByKey<Flows> rows;
    const auto take = [&](RowKey key, std::uint32_t day, const DaySum& sum) {
        if (day > last || sum == DaySum{}) return;
        Flows& flows = rows.at(key);
        if (flows.balance.empty()) flows = kernel.fresh();
        kernel.take(day, sum, flows);
    };
    const auto& entities = query.selection.entities;
    for (const auto& [key, chunks] : totals_now(book).rows) {
        const bool selected = entities.empty() || std::ranges::find(entities, key.entity) != entities.end();
        if (!selected || !perimeter.admits(key.entity) || !selects(query.selection, key.currency)) continue;
        const RowKey row{query.by == By::entity ? key.entity.value : 0, key.currency};
        for (const auto& [place, chunk] : chunks) {
            for (std::uint32_t day = 0; day < chunk->size(); ++day)
                take(row, place * static_cast<std::uint32_t>(chunk->size()) + day, (*chunk)[day]);
        }
    }
    for (auto& [key, flows] : rows.rows()) kernel.finish(flows);
    return std::move(rows.rows());
}

}  // namespace countback
