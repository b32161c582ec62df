// Reference rates and conversion (handbook 5; LED-1).
//
//   amount in R = amount in C × rate(R) / rate(C), both rates per euro, as one rational.
//   The rate of day D is the last one published on or before D, at most 7 days old; else C stays unconverted.
//
// Example: 1 EUR = 1.25 USD = 0.80 GBP. 100.00 USD in GBP = 100 × 0.80 / 1.25 = 64.00, never through a
// rounded amount in euro. Source of the shipped table: European Central Bank, named with its date in the
// file's head.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "base/refusal.h"
#include "receivables/rates_exact.h"

namespace countback {

/// The oldest rate that still serves, in days before D.
constexpr int rate_age_days_max = 7;
/// Rates are kept as whole numbers of 10^-10.
constexpr std::int64_t rate_scale = 10'000'000'000;

/// A daily table: units of each currency for one euro.
class RateTable {
public:
    struct Rate {
        Date published;
        std::int64_t per_euro = rate_scale;  ///< × rate_scale, > 0
    };

    /// The table inside the program.
    static const RateTable& shipped();
    /// Reads a table: `#` comment lines, `date,USD,GBP…`, then a line a day, empty cells where there is no
    /// rate. Refusals: file_not_a_table, date_unreadable, currency_unknown, number_unreadable (data: line,
    /// value).
    static Result<RateTable> read(std::string_view text);
    /// Takes the other table's rates in; on the same day and currency the other's wins.
    void take_in(const RateTable& newer);

    /// The rate that serves on `day`; none when there is none or it is too old. EUR is 1 on every day.
    std::optional<Rate> on(Currency currency, Date day) const;
    /// The last day of the table.
    std::optional<Date> last_day() const;

private:
    std::map<Currency, std::vector<Rate>> rates_;  ///< ascending by day
};

/// All conversions of one measure: to one currency, at one day, exact.
class Conversion {
public:
    /// `currencies`: those that occur; the common denominator is made for them.
    Conversion(const RateTable& table, Date day, Currency reporting, std::span<const Currency> currencies);

    Currency reporting() const { return reporting_; }
    bool converts(Currency currency) const { return weights_.contains(currency); }
    /// Minor units of `currency` × weight / unit() = minor units of the reporting currency. 0 when
    /// unconverted.
    Exact weight(Currency currency) const;
    const Exact& unit() const { return unit_; }
    /// `sum` is Σ amount × weight: rounds it to minor units of the reporting currency.
    std::int64_t rounded(const Exact& sum) const { return rounded_half_even(sum, unit_); }
    /// Those given that have no rate.
    const std::vector<Currency>& unconverted() const { return unconverted_; }
    /// The day of the oldest rate used; none when no rate was needed.
    std::optional<Date> rate_day() const { return rate_day_; }

private:
    Currency reporting_;
    std::map<Currency, Exact> weights_;
    Exact unit_ = 1;
    std::vector<Currency> unconverted_;
    std::optional<Date> rate_day_;
};

}  // namespace countback
