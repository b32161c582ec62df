// PEN-1, PEN-2: what late payment costs the debtor by law.
//
//   interest   = Σ over lines (one amount at one rate) of amount × annual rate × days / 365, each line
//   rounded indemnity  = 40 EUR for each late invoice, once
//
// A day late is a day after the due date up to the day asked for; of an item due before it was issued, a day
// after its issue: nobody is late with what he was not billed. The rates are those of late_rates.h (LAW-1).
// Examples: 10 000.00 open for 30 days at 12.15 % = 99.86; 15 days at 12.15 % and 15 at 12.40 % = 100.89.
// Part payments end the interest of their part on the day they come. Source: handbook §13; code de commerce
// L441-10 and D441-5, directive 2011/7/EU.
#pragma once
#include <algorithm>
#include <optional>
#include <vector>

#include "receivables/book.h"
#include "receivables/late_rates.h"

namespace countback {

/// Days at one rate on one amount. The interest of an item's segments sums to the item's: each is rounded by
/// itself, so that a line recomputes with a calculator.
struct PenaltySegment {
    Date from, to;  ///< first and last day that bears interest
    int days = 0;
    std::int64_t hundredths = 0;  ///< of a percent a year
    Money amount;                 ///< > 0: what was owed
    Money interest;               ///< ≥ 0
};

struct Penalty {
    Money interest;                          ///< ≥ 0, in the item's currency
    Money indemnity;                         ///< 40 EUR, or 0
    std::vector<PenaltySegment> segments{};  ///< oldest first
};

/// The last day without delay: the due date, or the issue date where that is later.
inline Date late_from(const ItemView& item) { return std::max(item.due, item.issue); }

/// Part of an item that a credit of the account stands for, from the day the credit came.
struct PenaltyCover {
    Date from;
    std::int64_t minor = 0;  ///< > 0
};

/// `rates` hold from the day after late_from() on.
/// Of one debit item at the moment; zero for credits, late fees, memo items and what is not late. `disputed`
/// is the part of the open amount that bears none, ≥ 0. Interest ends on `stop`, the opening of insolvency
/// proceedings.
struct PenaltyQuery {
    Moment moment;
    std::int64_t disputed = 0;
    std::optional<Date> stop{};
    std::vector<PenaltyCover> covered{};  ///< bears none either
};
Penalty penalty_of(const Snapshot& book, const ItemView& item, const std::vector<DatedRate>& rates,
                   const PenaltyQuery& query);

/// `amount` for `days` at one rate, exactly, then rounded half to even: for one segment alone.
std::int64_t interest_of(std::int64_t amount, std::int64_t hundredths, int days);

}  // namespace countback
