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

/// The due ones first, then by priority, then by customer.
using Key = std::tuple<bool, int, std::int64_t, const Decision*>;

/// Some neighbours' decisions, in the order of accounts, and their keys in the agenda's.
struct DecidedPiece {
    std::vector<Decision> rows;
    std::vector<Key> keys;
    OutcomeCounts counts;
    std::uint32_t calendars = 0;
};

constexpr std::size_t places_ahead = 12, values_ahead = 6;  ///< accounts, for Snapshot::read_ahead()

DecidedPiece decide_piece(const Perimeter& perimeter, const DecideQuery& query, const Run& shared,
                          AccountSpan span) {
    const Run run = shared;  // what it reads of groups when it meets one is its own
    DecidedPiece piece;
    std::vector<AccountRow> accounts;
    run.book.each_account(span, perimeter, query.selection, query.moment,
                          [&](AccountRow row) { accounts.push_back(row); });
    piece.rows.reserve(accounts.size());
    Account account;
    const auto ahead = [&](std::size_t place, Snapshot::Ahead what) {
        if (place < accounts.size()) run.book.read_ahead(accounts[place], query.moment, what);
    };
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        ahead(i + places_ahead, Snapshot::Ahead::places);
        ahead(i + values_ahead, Snapshot::Ahead::values);
        Decision& decision = piece.rows.emplace_back();
        decide_account(run, accounts[i], account, decision);
        ++piece.counts.by_outcome[static_cast<std::size_t>(decision.outcome)];
        piece.calendars |= 1U << static_cast<unsigned>(account.days.set());
        piece.keys.emplace_back(decision.outcome != Outcome::due, -decision.priority.total,
                                decision.customer.value, &decision);
    }
    std::sort(piece.keys.begin(), piece.keys.end());
    return piece;
}

/// Merges what each piece has in order, neighbours first.
std::vector<Key> merged(const std::vector<DecidedPiece>& pieces) {
    std::vector<Key> keys;
    std::vector<std::ptrdiff_t> ends{0};
    for (const DecidedPiece& piece : pieces) {
        keys.insert(keys.end(), piece.keys.begin(), piece.keys.end());
        ends.push_back(static_cast<std::ptrdiff_t>(keys.size()));
    }
    for (std::size_t wide = 1; wide + 1 < ends.size(); wide *= 2) {
        for (std::size_t i = 0; i + wide + 1 < ends.size(); i += 2 * wide) {
            const std::ptrdiff_t end = ends[std::min(i + 2 * wide, ends.size() - 1)];
            std::inplace_merge(keys.begin() + ends[i], keys.begin() + ends[i + wide], keys.begin() + end);
        }
    }
    return keys;
}

DecisionRows in_order(std::vector<DecidedPiece>& pieces) {
    std::vector<const Decision*> order;
    for (const Key& key : merged(pieces)) order.push_back(std::get<const Decision*>(key));
    DecisionRows::Pieces rows;
    for (DecidedPiece& piece : pieces) rows.push_back(std::move(piece.rows));
    return {std::move(rows), std::move(order)};
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
