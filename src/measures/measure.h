// What every measure is asked and what it answers beside its figures.
//
// A measure is a pure function of (Perimeter, Snapshot, MeasureQuery, options): no clock, no SQL. Without a
// reporting currency rows never mix currencies; with one, rows convert at the day's rate
// (receivables/rates.h) and what has no rate keeps rows of its own, flagged `unconverted`.
#pragma once
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "receivables/book.h"
#include "receivables/rates.h"

namespace countback {

enum class By : std::uint8_t { currency, entity, customer };

struct MeasureQuery {
    Selection selection;
    Moment moment;
    std::optional<Currency> reporting;
    By by = By::currency;
};

/// Whether doubtful and insolvent accounts count (DSO-1); printed with the figure.
enum class Doubtful : std::uint8_t { counted, left_out };

/// Whose row it is: an EntityId or CustomerId as `by` says, 0 by currency.
struct RowKey {
    std::int64_t id = 0;
    Currency currency;
    constexpr auto operator<=>(const RowKey&) const = default;
};

/// How a measure in a reporting currency was converted.
struct ConversionNote {
    std::optional<Date> rate_day;
    std::vector<Currency> unconverted;
    Exact unit = 1;  ///< exact sums in the reporting currency count in 1/unit of its minor unit
};

/// Rows found by their key, in order of arrival.
template <class T>
class RowsByKey {
public:
    T& at(RowKey key) {
        if (!rows_.empty() && rows_[last_].first == key) return rows_[last_].second;
        const std::uint64_t name = static_cast<std::uint64_t>(key.id) << 8 | key.currency.index();
        const auto [found, added] = places_.try_emplace(name, rows_.size());
        if (added) rows_.emplace_back(key, T{});
        last_ = found->second;
        return rows_[last_].second;
    }
    std::vector<std::pair<RowKey, T>>& rows() { return rows_; }
    const std::vector<std::pair<RowKey, T>>& rows() const { return rows_; }

private:
    std::unordered_map<std::uint64_t, std::size_t> places_;
    std::vector<std::pair<RowKey, T>> rows_;
    std::size_t last_ = 0;
};

/// The id of the account's row.
inline std::int64_t row_id(const Snapshot& book, AccountRow account, By by) {
    if (by == By::entity) return book.entity(account).value;
    return by == By::customer ? book.customer(account).value : 0;
}

inline bool selects(const Selection& selection, Currency currency) {
    return !selection.currency || *selection.currency == currency;
}

/// Doubtful attribute or insolvency of the whole account at the moment.
bool doubtful_or_insolvent(const Snapshot& book, AccountRow account, Moment moment);

/// The currencies that occur in rows, each once.
template <class T>
std::vector<Currency> currencies_of(const std::vector<std::pair<RowKey, T>>& rows) {
    std::vector<Currency> found;
    for (const auto& [key, row] : rows) {
        if (std::find(found.begin(), found.end(), key.currency) == found.end()) found.push_back(key.currency);
    }
    return found;
}

}  // namespace countback
