// AGE-1, LED-5, LED-6: the open amounts of a day by how late they are.
//
//   not due: due date ≥ D; then by D − due date: 1–30, 31–60, 61–90, 91–120, more than 120 days.
//   unapplied: credit notes, payments and other credits not allocated, a negative column of its own.
//   outstanding = the sum of all columns = not due + overdue + unapplied.
//
// Example at 31 March: 100 due 31 March is not due; 50 due 30 March is 1–30; a payment of 20 not allocated is
// −20 unapplied; outstanding 130. Late fees count; memo items and items issued after D do not.
#pragma once
#include <array>

#include "measures/measure.h"

namespace countback {

/// The last day of the first four overdue columns. Strictly ascending, > 0.
struct AgeingBounds {
    std::array<int, 4> days{30, 60, 90, 120};
};

enum class Unapplied : std::uint8_t { own_column, netted };

struct AgeingOptions {
    AgeingBounds bounds;
    Unapplied unapplied = Unapplied::own_column;
};

enum class AgeingColumn : std::uint8_t { not_due, d1_30, d31_60, d61_90, d91_120, d120_plus, unapplied };
constexpr std::size_t ageing_column_count = 7;

/// Signed minor units.
struct AgeingAmounts {
    std::array<std::int64_t, ageing_column_count> column{};

    std::int64_t outstanding() const;
    std::int64_t overdue() const;
    std::int64_t of(AgeingColumn name) const { return column[static_cast<std::size_t>(name)]; }
};

struct AgeingRow {
    RowKey key;
    AgeingAmounts amounts;
};

struct Ageing {
    std::vector<AgeingRow> rows;    ///< without those that are zero throughout
    std::vector<AgeingRow> totals;  ///< one per currency, id 0: the sums of the rows
    ConversionNote conversion;
};

/// Where an open amount counts; `open` is not 0.
AgeingColumn ageing_column(const ItemView& item, Date as_of, const AgeingOptions& options);

/// What measure_ageing() is made of: a row for each key and currency, in account order by customer, those
/// with nothing open left out.
using AgeingRows = std::vector<std::pair<RowKey, AgeingAmounts>>;
AgeingRows age_strands(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
                       const AgeingOptions& options);

Ageing measure_ageing(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
                      const AgeingOptions& options = {}, const RateTable& rates = RateTable::shipped());

}  // namespace countback
