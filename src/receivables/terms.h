// LED-8: payment terms, and the due date they give.
//
//   net n                    issue + n days
//   n days, end of month     two readings in the field:
//     days_then_eom (default)  issue + n, then the end of that month     15 Jan 2026, 45 → 1 Mar → 31 Mar
//     eom_then_days            end of the issue's month, then + n        15 Jan 2026, 45 → 31 Jan → 17 Mar
//   end of month n the d     the d-th on or after the days_then_eom result   15 Jan, 30, the 10th → 10 Mar
//   fixed date
//   instalments              shares in ppm, each with terms of its own
//
// An imported due date always wins; the term explains it.
#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace countback {

struct Terms {
    enum class Kind { net, days_then_eom, eom_then_days, eom_then_day, fixed };
    Kind kind = Kind::net;
    int days = 0;
    int day_of_month = 0;  ///< eom_then_day: 1…31, the month's last day where there is no such day
    Date fixed;
    bool operator==(const Terms&) const = default;
};

Date due_date(const Terms& terms, Date issue);

/// Which reading an ambiguous "n days end of month" has.
enum class EndOfMonthReading { days_then_eom, eom_then_days };

/// Reads what ERPs and people write: "30", "net 30", "30 jours", "45EOM", "45 jours fin de mois",
/// "fin de mois 45 jours", "30 fdm le 10", "comptant", "immediate", "2026-03-31". Nothing when unknown.
std::optional<Terms> parse_terms(std::string_view text,
                                 EndOfMonthReading reading = EndOfMonthReading::days_then_eom);

struct DatedPair {
    Date issue, due;
};
/// The reading that a customer's imported due dates agree on for n days end of month: more than half of at
/// least two telling pairs (those the two readings tell apart), else the default.
EndOfMonthReading infer_reading(std::span<const DatedPair> pairs, int days);

/// A share of an instalment plan in parts per million; shares sum to 1 000 000.
struct InstalmentTerm {
    std::int64_t share_ppm = 0;
    Terms terms;
};
struct Instalment {
    std::int64_t amount =
        0;  ///< minor units; the parts sum to the whole, the last takes what rounding leaves
    Date due;
};
std::vector<Instalment> instalments(std::span<const InstalmentTerm> plan, std::int64_t amount, Date issue);

}  // namespace countback
