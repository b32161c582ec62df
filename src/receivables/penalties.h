// PEN-1, PEN-2, LAW-1: what late payment costs the debtor by law.
//
//   interest  = Σ over days late of (open amount at the day's start × annual rate of the day) / 365, rounded
//   once indemnity = 40 EUR for each late invoice, once
//
// A day late is a day after the due date up to the day asked for. The rate of a semester is the reference on
// its first day plus the points of the creditor's country. Examples: 10 000.00 open for 30 days at 12.15 %
// = 99.86; 15 days at 12.15 % and 15 at 12.40 % = 100.89. Part payments end the interest of their part on the
// day they come. Source: handbook §13; code de commerce L441-10 and D441-5, directive 2011/7/EU; reference:
// the European Central Bank's main refinancing rate (docs/rules/penalties.md).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "receivables/book.h"

namespace countback {

/// An annual rate that holds from a day on, in hundredths of a percent: 12.15 % is 1215.
struct DatedRate {
    Date from;
    std::int64_t hundredths = 0;
};

/// The reference by semester, oldest first. The last row holds until a later one is known.
const std::vector<DatedRate>& reference_rates();

/// The points added where nothing else is agreed: France 10, Germany 9, others 8 (the directive's minimum).
std::int64_t points_of(std::string_view country);

/// Reference + points, by semester. The country is the creditor's.
std::vector<DatedRate> penalty_rates(std::string_view country);

struct Penalty {
    Money interest;   ///< ≥ 0, in the item's currency
    Money indemnity;  ///< 40 EUR, or 0
};

/// Of one debit item at the moment; zero for credits, late fees, memo items and what is not late. `disputed`
/// is the part of the open amount that bears none, ≥ 0. Interest ends on `stop`, the opening of insolvency
/// proceedings.
struct PenaltyQuery {
    Moment moment;
    std::int64_t disputed = 0;
    std::optional<Date> stop{};
};
Penalty penalty_of(const Snapshot& book, const ItemView& item, const std::vector<DatedRate>& rates,
                   const PenaltyQuery& query);

/// `amount` for `days` at one rate, exactly, then rounded half to even: for one segment alone.
std::int64_t interest_of(std::int64_t amount, std::int64_t hundredths, int days);

}  // namespace countback
