// Walks the strands of everything a question is about, on all processors, in account order.
#pragma once
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "measures/measure.h"
#include "receivables/strands.h"

namespace countback {

struct StrandQuestion {
    const Perimeter& perimeter;
    const Snapshot& book;
    const MeasureQuery& query;
    Doubtful doubtful = Doubtful::counted;
};

/// `take(sums, strand)` for each strand the question admits; each span of accounts has its own sums, a copy
/// of `fresh`. Answers the sums in the order of the spans.
template <class Sums, class Take>
std::vector<Sums> sums_by_span(const StrandQuestion& of, const Sums& fresh, Take take) {
    const MeasureQuery& query = of.query;
    const std::vector<AccountSpan> spans = of.book.spans(query.selection);
    std::vector<Sums> all(spans.size(), fresh);
    in_parallel(spans.size(), [&](std::size_t piece) {
        Sums sums = fresh;
        if constexpr (requires { sums.reserve(std::size_t{1}); }) {
            if (query.selection.customers.empty()) sums.reserve(spans[piece].last - spans[piece].first);
        }
        StrandReader reader(of.book, query.moment.known_at);
        of.book.each_account(spans[piece], of.perimeter, query.selection, query.moment,
                             [&](AccountRow account) {
                                 if (of.doubtful == Doubtful::left_out &&
                                     doubtful_or_insolvent(of.book, account, query.moment))
                                     return;
                                 reader.each_strand(account, [&](const Strand& strand) {
                                     if (selects(query.selection, strand.currency)) take(sums, strand);
                                 });
                             });
        all[piece] = std::move(sums);
    });
    return all;
}

/// The rows of all spans, in order.
template <class Row>
std::vector<Row> joined(std::vector<std::vector<Row>> spans) {
    if (spans.size() == 1) return std::move(spans.front());
    std::size_t count = 0;
    for (const auto& rows : spans) count += rows.size();
    std::vector<Row> all;
    all.reserve(count);
    for (const auto& rows : spans) all.insert(all.end(), rows.begin(), rows.end());
    return all;
}

}  // namespace countback
