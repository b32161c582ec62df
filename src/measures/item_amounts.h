// Amounts of listed items as they are shown: in each row's own currency, or converted (LED-1).
//
//   A converted row is rounded on its own; what its rows miss to the rounded total goes to the largest of
//   them (tie: the first), so that Σ rows = total.
//
// Example: 10.4, 10.4, 10.2 have the total 31 and show 11, 10, 10. Sums and largest row are found in one walk
// that keeps no row, so a page needs no more than its own rows.
#pragma once
#include <optional>
#include <vector>

#include "measures/item_list.h"
#include "receivables/rates.h"

namespace countback {

/// A listed item with the amounts that are shown: its own currency's, or converted.
struct ShownItem {
    ListedItem listed;
    Currency currency;
    std::int64_t amount = 0, counted = 0;  ///< minor units of `currency`
};

struct ItemTotal {
    Currency currency;
    std::int64_t amount = 0, counted = 0;  ///< minor units
};

/// Which of its two amounts.
enum class Figure : std::uint8_t { amount, counted };

/// One day's rates to the reporting currency, ready for many rows; without one nothing converts.
class RowRates {
public:
    RowRates(const RateTable& rates, Date day, std::optional<Currency> reporting);
    bool converts(Currency currency) const { return ratios_[currency.index()].known; }
    /// Half to even, in minor units of the reporting currency; as it is where the currency does not convert.
    std::int64_t rounded(Currency currency, std::int64_t minor) const;
    std::optional<Currency> reporting() const { return reporting_; }

private:
    struct Ratio {
        bool known = false;
        Exact weight = 0, unit = 1;
        std::int64_t numerator = 0, denominator = 0;  ///< the same where they fit; denominator 0 where not
    };
    std::vector<Ratio> ratios_;  ///< by currency
    std::optional<Currency> reporting_;
};

/// Count, sums and largest rows of a list, taken in row by row, or list by list in their order.
class ItemSums {
public:
    struct Largest {
        ItemRow row{};
        ItemId id;
        std::int64_t minor = 0;    ///< of its own currency
        std::int64_t counted = 0;  ///< of the same row
    };
    struct OfCurrency {
        Currency currency;
        std::array<std::int64_t, 2> sum{}, rounded{};  ///< by Figure
        std::array<Largest, 2> largest{};
    };
    void add(const ListedItem& row, const RowRates& rates);
    void add(const ItemSums& other);
    std::size_t count() const { return count_; }
    const std::vector<OfCurrency>& currencies() const { return currencies_; }

private:
    OfCurrency& of(Currency currency);
    std::size_t count_ = 0;
    std::vector<OfCurrency> currencies_;  ///< a handful
};

/// What all rows of one list are shown with, once its sums are known.
class ShownAmounts {
public:
    ShownAmounts(const ItemSums& sums, const RowRates& row_rates, const RateTable& rates, Date day);

    ShownItem of(const ListedItem& listed) const;
    std::size_t count() const { return count_; }
    const std::vector<ItemTotal>& totals() const { return totals_; }  ///< by currency
    /// The row whose rounded figure takes `rest`; none where nothing is missing.
    struct Rest {
        ItemSums::Largest bearer;
        std::int64_t rest = 0;
    };
    const std::optional<Rest>& rest(Figure figure) const { return rests_[static_cast<std::size_t>(figure)]; }

private:
    std::int64_t shown(const ListedItem& listed, Figure figure, std::int64_t minor) const;

    const RowRates& row_rates_;
    std::size_t count_;
    std::vector<ItemTotal> totals_;
    std::array<std::optional<Rest>, 2> rests_;
};

}  // namespace countback
