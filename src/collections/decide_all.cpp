// Everyone's decisions, in spans of neighbours on all processors, put in the agenda's order; and one told
// again in full.
#include <algorithm>
#include <tuple>

#include "base/parallel.h"
#include "collections/decide.h"

namespace countback::collections {

bool Decisions::works(Date day) const {
    if (calendars == 0) return WorkingDays(HolidaySet::weekends).works(day);
    for (unsigned set = 0; set < 32; ++set) {
        const bool followed = (calendars >> set & 1U) != 0;
        if (followed && WorkingDays(static_cast<HolidaySet>(set)).works(day)) return true;
    }
    return false;
}

Date Decisions::next_working_day() const {
    Date day = date + 1;
    while (!works(day)) day = day + 1;
    return day;
}

namespace {

/// Some neighbours' decisions, in the order of accounts.
struct DecidedPiece {
    std::vector<Decision> rows;
    OutcomeCounts counts;
    std::uint32_t calendars = 0;
};

DecidedPiece decide_piece(const Perimeter& perimeter, const DecideQuery& query, const Run& shared,
                          AccountSpan span) {
    const Run run = shared;  // what it reads of groups when it meets one is its own
    DecidedPiece piece;
    const auto& named = query.selection.customers;
    piece.rows.reserve(named.empty() ? span.last - span.first : named.size());
    Account account;
    const auto take = [&](AccountRow row) {
        piece.rows.push_back(decide_account(run, row, account));
        ++piece.counts.by_outcome[static_cast<std::size_t>(piece.rows.back().outcome)];
        piece.calendars |= 1U << static_cast<unsigned>(account.days.set());
    };
    run.book.each_account(span, perimeter, query.selection, query.moment, take);
    return piece;
}

/// The due ones first, then by priority, then by customer. Decisions are large: their places are put in
/// order.
std::vector<Decision> in_order(std::vector<DecidedPiece>& pieces) {
    using Key = std::tuple<bool, int, std::int64_t, Decision*>;
    std::vector<Key> keys;
    for (DecidedPiece& piece : pieces) {
        for (Decision& one : piece.rows)
            keys.emplace_back(one.outcome != Outcome::due, -one.priority.total, one.customer.value, &one);
    }
    std::sort(keys.begin(), keys.end());
    std::vector<Decision> rows;
    rows.reserve(keys.size());
    for (const Key& key : keys) rows.push_back(std::move(*std::get<Decision*>(key)));
    return rows;
}

}  // namespace

Decisions decide(const Perimeter& perimeter, const Snapshot& book, const DecideQuery& query,
                 const Dunning& dunning) {
    Run run = make_run(book, dunning.policy, dunning.state, query.moment);
    run.detail = query.detail;
    run.own = query.own;
    const std::vector<AccountSpan> spans = book.spans(query.selection);
    std::vector<DecidedPiece> pieces(spans.size());
    in_parallel(spans.size(),
                [&](std::size_t i) { pieces[i] = decide_piece(perimeter, query, run, spans[i]); });
    Decisions decisions{query.moment.as_of, query.moment.known_at, in_order(pieces), {}, 0};
    for (const DecidedPiece& piece : pieces) {
        decisions.calendars |= piece.calendars;
        for (std::size_t i = 0; i < piece.counts.by_outcome.size(); ++i)
            decisions.counts.by_outcome[i] += piece.counts.by_outcome[i];
    }
    return decisions;
}

Explainer::Explainer(const Snapshot& book, const Dunning& dunning, Moment moment)
    : run_(make_run(book, dunning.policy, dunning.state, moment)) {}

Decision Explainer::operator()(const Decision& row) { return decide_account(run_, row.account, account_); }

}  // namespace countback::collections
