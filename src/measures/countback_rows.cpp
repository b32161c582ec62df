#include "measures/countback_rows.h"

#include <algorithm>

#include "measures/strand_sums.h"

namespace countback {
namespace {

std::uint32_t day(const Posting& posting) { return posting.when & posting::day_mask; }

class CountbackKernel {
public:
    CountbackKernel(Date as_of, const DsoOptions& options)
        : step_(options.step),
          newest_(step_index(as_of, options.step)),
          last_(posting::day_of(as_of)),
          window_(posting::day_of(window_of(as_of, options.window_months).first)) {
        for (int back = 0; first_.empty() || first_.back() > 0; ++back)
            first_.push_back(posting::day_of(step_first(newest_ - back, step_)));
    }

    /// False when there is nothing to say.
    bool take(const Strand& strand, CountbackRow& row) const {
        sum(strand, row);
        std::size_t end = strand.documents.size();
        while (end > 0 && day(strand.documents[end - 1]) > last_) --end;
        const auto documents = strand.documents.first(end);
        if (row.balance == 0 && billed_in_window(documents) == 0) return false;
        const auto first = std::ranges::find_if(documents, billed);
        row.walk.history = first != documents.end();
        if (row.balance > 0 && row.walk.history)
            row.walk = walk(documents, row.balance, history(day(*first)));
        return true;
    }

private:
    static bool billed(const Posting& one) { return (one.when & posting::billing) != 0; }

    void sum(const Strand& strand, CountbackRow& row) const {
        const std::uint32_t due_from = last_ | posting::debit;
        std::int64_t balance = 0, not_due = 0;
        for (const Posting& one : strand.all) {
            const bool counts = day(one) <= last_ && (one.when & posting::dso) != 0;
            const std::int64_t amount = one.amount & -static_cast<std::int64_t>(counts);
            balance += amount;
            not_due += amount & -static_cast<std::int64_t>(one.due >= due_from);
        }
        row.balance = balance;
        row.not_due = not_due;
    }

    std::int64_t billed_in_window(std::span<const Posting> documents) const {
        std::int64_t sum = 0;
        for (std::size_t at = documents.size(); at > 0 && day(documents[at - 1]) >= window_; --at)
            sum += billed(documents[at - 1]) ? documents[at - 1].amount : 0;
        return sum;
    }

    /// The first day that counts: of the month of the first billing.
    std::uint32_t history(std::uint32_t first_billing) const {
        return posting::day_of(*history_start(posting::date_of(first_billing)));
    }

    CountbackWalk walk(std::span<const Posting> documents, std::int64_t balance,
                       std::uint32_t history) const {
        CountbackWalk walk;
        walk.history = true;
        walk.remaining = balance;
        std::size_t at = documents.size();
        std::uint32_t end = last_ + 1;
        for (std::size_t back = 0; walk.remaining > 0 && end > history; ++back) {
            const std::uint32_t first = first_[back];
            const int days = static_cast<int>(end - std::max(first, history));
            std::int64_t billings = 0;
            for (; at > 0 && day(documents[at - 1]) >= first; --at)
                billings += billed(documents[at - 1]) ? documents[at - 1].amount : 0;
            walk.walked += billings;
            if (billings > 0 && walk.remaining < billings) {
                walk.billed = billings;
                walk.days = days;
                return walk;
            }
            walk.whole_days += days;
            walk.remaining -= std::max<std::int64_t>(billings, 0);
            end = first;
        }
        return walk;
    }

    Step step_;
    int newest_;
    std::uint32_t last_, window_;
    std::vector<std::uint32_t> first_;  ///< day of each step back
};

}  // namespace

CountbackRows countback_rows(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
                             const DsoOptions& options) {
    const CountbackKernel kernel(query.moment.as_of, options);
    const StrandQuestion of{perimeter, book, query, options.doubtful};
    auto spans = sums_by_span(of, CountbackRows{}, [&](CountbackRows& rows, const Strand& strand) {
        CountbackRow row{{0, strand.currency}, 0, 0, {}};
        if (!kernel.take(strand, row)) return;
        row.key.id = book.customer(strand.account).value;
        rows.push_back(row);
    });
    return joined(std::move(spans));
}

DsoFigure figure_of(const CountbackRow& row) {
    const CountbackWalk& walk = row.walk;
    DsoFigure figure;
    figure.no_history = !walk.history;
    if (row.balance <= 0) {
        figure.days = ExactDays{};
        return figure;
    }
    if (!walk.history) return figure;
    figure.billings = walk.walked;
    figure.window_days = walk.whole_days + walk.days;
    figure.more_than = walk.billed == 0 && walk.remaining > 0;
    figure.days = walk.billed == 0
                      ? ExactDays{walk.whole_days, 1}
                      : ExactDays{Exact(walk.whole_days) * walk.billed + Exact(walk.remaining) * walk.days,
                                  walk.billed};
    return figure;
}

}  // namespace countback
