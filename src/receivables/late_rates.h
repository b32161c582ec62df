// LAW-1: which annual rate late payment bears, semester by semester.
//
//   nothing agreed      the semester's reference + points of the creditor's country (France 10, Germany 9
//   over its
//                       own base rate, others 8); public buyers their own points (8)
//   a rate agreed       that rate, in France never below three times the legal rate of the semester; a public
//   buyer
//                       pays by law whatever was agreed
//   consumers           none
//
// Example: France, January to June 2026, reference 2.15: companies 12.15 %, public buyers 10.15 %. Agreed 5 %
// in the first half of 2024, legal rate 5.07: 15.21 %. The tables are data (rates/late_payment*.csv), each
// row with its source; rows a company enters replace them by day. A semester without a row is not known, and
// nothing is made up for it. Source: handbook §13.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "base/date.h"
#include "base/refusal.h"

namespace countback {

/// An annual rate that holds from a day on, in hundredths of a percent: 12.15 % is 1215.
struct DatedRate {
    Date from;
    std::int64_t hundredths = 0;
};

/// The 1st of January or of July on or before the day.
Date semester_of(Date day);
Date next_semester(Date day);

/// One row of the tables, kept for one semester.
struct SemesterRate {
    std::string series{};  ///< reference, base.DE, legal.FR
    Date from;             ///< 1 January or 1 July
    std::int64_t hundredths = 0;
    std::string source{};
};

/// What a country adds; nothing where it has no row.
struct CountryRule {
    std::string country{}, series{};
    std::int64_t points = 0, public_points = 0;  ///< whole percent
    std::string floor{};                         ///< series; empty = an agreement has no floor
    std::int64_t rounding = 0;                   ///< up to so many hundredths; 0 = as it is
    bool public_first = false;  ///< public buyers: the rate of the delay's first semester holds for all of it
};
const std::vector<CountryRule>& country_rules();

class LateRateTable {
public:
    /// The rows shipped with the program, by series and day.
    static const LateRateTable& shipped();
    /// Refuses file_not_a_table, date_unreadable, number_unreadable (line).
    static Result<LateRateTable> read(std::string_view csv);

    /// Replaces the row of the same series and day.
    void put(SemesterRate row);
    const std::vector<SemesterRate>& rows() const { return rows_; }
    std::optional<std::int64_t> of(std::string_view series, Date semester) const;
    bool has_series(std::string_view series) const;

private:
    std::vector<SemesterRate> rows_;
};

/// `12.15`, `-0.88`: at most two decimals, within ±99.99. In hundredths.
std::optional<std::int64_t> parse_percent(std::string_view text);

enum class Debtor : std::uint8_t { business, public_buyer, consumer };

struct LateTerms {
    std::string_view country{};  ///< the creditor's, ISO 3166
    Debtor debtor = Debtor::business;
    std::optional<std::int64_t> agreed{};  ///< hundredths of a percent
};

/// Why no rate can be told.
struct RateMissing {
    enum class Why : std::uint8_t {
        entity_without_country,
        country_without_rule,  ///< what: the country
        rate_unknown,          ///< what: series and semester
        consumer,
    } why = Why::consumer;
    std::string what{};
};
std::string_view name_of(RateMissing::Why why);  ///< `rate_unknown`

/// The rates of every semester that holds a day from `first` to `last`, oldest first.
tl::expected<std::vector<DatedRate>, RateMissing> late_rates(const LateRateTable& table,
                                                             const LateTerms& terms, Date first, Date last);

}  // namespace countback
