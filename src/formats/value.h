// IMP-2: amounts, dates and codes as people and programs write them. No value is guessed by itself: what a
// file leaves open (which of `.` and `,` is the decimal one, day or month first) is settled by evidence over
// the whole file, shown, and then holds for every line. Example: `1 234,56` and `12.50-` and `(12.50)` are
// amounts; in a file with decimal points `1.200,00` is refused.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/money.h"

namespace countback::formats {

enum class AmountUnit { major, minor };

struct AmountFormat {
    char decimal = '.';
    AmountUnit unit = AmountUnit::major;
};

/// The amount in minor units. Taken: a sign in front or behind, parentheses as minus, thousands groups of
/// three by the other mark, blanks (also U+00A0, U+202F) or apostrophes, a currency sign or the currency's
/// code around it. Nothing when unreadable, or with more decimals than the currency has unless they are
/// zeros, or |x| >= 10^15 units.
std::optional<std::int64_t> read_amount(std::string_view text, AmountFormat format, Currency currency);

/// What the amounts of a file say about their decimal mark.
class AmountEvidence {
public:
    void add(std::string_view text);
    std::int64_t points() const { return points_; }
    std::int64_t commas() const { return commas_; }
    /// Amounts such as `1,234` that read differently under each mark.
    std::int64_t open_values() const { return open_; }
    /// The mark with more evidence; with none on either side, `,` where the delimiter is `;`, else `.`.
    char decimal(char delimiter) const;
    /// Neither mark has evidence, and some amount would read differently: the user is asked.
    bool is_open() const { return open_ > 0 && points_ == 0 && commas_ == 0; }

private:
    std::int64_t points_ = 0;
    std::int64_t commas_ = 0;
    std::int64_t open_ = 0;
};

enum class DateOrder { day_first, month_first };

/// The day. Taken: `2026-03-31`, with a time behind a blank or T, `2026/3/31`, `20260331`, `20260331.0`,
/// `31032026`, `31/03/2026`, `31.3.26`, `31-03-2026` (order given; with `.` always day first), `31 Mar 2026`,
/// `31 mars 2026`, spreadsheet day numbers 18264…73415 (1950…2100). Two-digit years: 70…99 are 19xx, 00…69
/// are 20xx. Nothing when unreadable or when there is no such day (31 February).
std::optional<Date> read_date(std::string_view text, DateOrder order);

/// What the dates of a file say about the order of day and month, and the layout shown to the user.
class DateEvidence {
public:
    void add(std::string_view text);
    /// The order with more evidence; with none, day first.
    DateOrder order() const {
        return month_first_ > day_first_ ? DateOrder::month_first : DateOrder::day_first;
    }
    /// No date settles the order, and some date would read differently.
    bool is_open() const { return open_ > 0 && day_first_ == 0 && month_first_ == 0; }
    /// Some date can be read in one order only.
    bool is_proved() const { return day_first_ + month_first_ > 0; }
    std::int64_t readable() const { return readable_; }
    /// `yyyy-mm-dd`, `yyyymmdd`, `dd/mm/yyyy`, `mm/dd/yyyy`, `dd.mm.yyyy`, `day number`, …: the most used
    /// one.
    std::string layout() const;

private:
    enum Layout { iso, compact, slashed, dashed, dotted, named, day_number, layouts };
    std::int64_t day_first_ = 0;
    std::int64_t month_first_ = 0;
    std::int64_t open_ = 0;
    std::int64_t readable_ = 0;
    std::array<std::int64_t, layouts> seen_{};
};

/// The order that a layout chosen by the user stands for.
std::optional<DateOrder> order_of_layout(std::string_view layout);

/// Whether a column of numbers was written as decimals: `1930438491.0` on every value (IMP-1).
class PointZeroEvidence {
public:
    void add(std::string_view text);
    bool on_every_value() const { return seen_ > 0 && seen_ == with_point_zero_; }

private:
    std::int64_t seen_ = 0;
    std::int64_t with_point_zero_ = 0;
};

/// `1930438491.0` → `1930438491`; anything else as it is.
std::string_view without_point_zero(std::string_view text);

}  // namespace countback::formats
