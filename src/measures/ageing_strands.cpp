// AGE-1 over postings: each posting up to D counts in the column of its item's due date.
#include <algorithm>

#include "measures/ageing.h"
#include "measures/strand_sums.h"

namespace countback {
namespace {

/// The column of every due date, of credits and of debits.
class ColumnTable {
public:
    ColumnTable(Date as_of, const AgeingOptions& options) : column_(2 * posting::days, 0) {
        const std::uint32_t today = posting::day_of(as_of);
        std::uint32_t until = posting::days;  // from the latest due dates down
        for (std::size_t column = 0; column < 6; ++column) {
            const int late = column == 0 ? 0 : column == 5 ? -1 : options.bounds.days[column - 1];
            const std::uint32_t from = late < 0 || static_cast<std::uint32_t>(late) > today
                                           ? 0
                                           : today - static_cast<std::uint32_t>(late);
            fill(from, until, static_cast<std::uint8_t>(column), options.unapplied);
            until = std::min(until, from);
        }
    }
    std::uint8_t operator[](std::uint32_t due) const { return column_[due]; }

private:
    void fill(std::uint32_t from, std::uint32_t until, std::uint8_t column, Unapplied unapplied) {
        const bool own = unapplied == Unapplied::own_column;
        for (std::uint32_t day = from; day < until; ++day) {
            column_[day] = own ? static_cast<std::uint8_t>(AgeingColumn::unapplied) : column;
            column_[day | posting::debit] = column;
        }
    }
    std::vector<std::uint8_t> column_;
};

/// Two sums a column, so that neighbours in one column need not wait for each other.
void age(const Strand& strand, std::uint32_t today, const ColumnTable& columns, AgeingAmounts& amounts) {
    std::array<std::int64_t, 16> sums{};
    const Posting* posting = strand.all.data();
    const Posting* const end = posting + strand.all.size();
    const auto counted = [&](const Posting& one) {
        return one.amount & -static_cast<std::int64_t>((one.when & posting::day_mask) <= today);
    };
    for (; end - posting >= 2; posting += 2) {
        sums[columns[posting[0].due]] += counted(posting[0]);
        sums[columns[posting[1].due] + 8U] += counted(posting[1]);
    }
    if (posting != end) sums[columns[posting->due]] += counted(*posting);
    for (std::size_t i = 0; i < ageing_column_count; ++i) amounts.column[i] += sums[i] + sums[i + 8];
}

bool any_open(const AgeingAmounts& amounts) {
    return std::ranges::any_of(amounts.column, [](std::int64_t amount) { return amount != 0; });
}

AgeingRows by_customer(const StrandQuestion& of, std::uint32_t today, const ColumnTable& columns) {
    auto spans = sums_by_span(of, AgeingRows{}, [&](AgeingRows& rows, const Strand& strand) {
        AgeingAmounts amounts;
        age(strand, today, columns, amounts);
        if (any_open(amounts))
            rows.push_back({{of.book.customer(strand.account).value, strand.currency}, amounts});
    });
    return joined(std::move(spans));
}

}  // namespace

AgeingRows age_strands(const Perimeter& perimeter, const Snapshot& book, const MeasureQuery& query,
                       const AgeingOptions& options) {
    const StrandQuestion of{perimeter, book, query};
    const std::uint32_t today = posting::day_of(query.moment.as_of);
    const ColumnTable columns(query.moment.as_of, options);
    if (query.by == By::customer) return by_customer(of, today, columns);
    using Sums = RowsByKey<AgeingAmounts>;
    auto spans = sums_by_span(of, Sums{}, [&](Sums& rows, const Strand& strand) {
        const std::int64_t id = row_id(book, strand.account, query.by);
        age(strand, today, columns, rows.at({id, strand.currency}));
    });
    Sums merged;
    for (const Sums& span : spans) {
        for (const auto& [key, amounts] : span.rows()) {
            AgeingAmounts& sum = merged.at(key);
            for (std::size_t i = 0; i < ageing_column_count; ++i) sum.column[i] += amounts.column[i];
        }
    }
    std::erase_if(merged.rows(), [](const auto& row) { return !any_open(row.second); });
    return std::move(merged.rows());
}

}  // namespace countback
