// Calendar dates without time or zone, as days since 1970-01-01 (proleptic Gregorian).
#pragma once
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace countback {

/// A day. Arithmetic is in days; valid from 1900-01-01 to 2199-12-31 where it comes from outside.
class Date {
public:
    constexpr Date() = default;
    constexpr explicit Date(std::int32_t days_since_1970) : days_(days_since_1970) {}

    /// The day, or nothing when there is no such day (31 February) or the year is outside 1900…2199.
    static constexpr std::optional<Date> of(int year, unsigned month, unsigned day) {
        const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{month},
                                              std::chrono::day{day}};
        if (!ymd.ok() || year < 1900 || year > 2199) return std::nullopt;
        return Date(static_cast<std::int32_t>(std::chrono::sys_days{ymd}.time_since_epoch().count()));
    }
    /// Reads exactly `YYYY-MM-DD`.
    static std::optional<Date> parse_iso(std::string_view text);

    constexpr std::int32_t days() const { return days_; }
    constexpr std::chrono::year_month_day ymd() const {
        return std::chrono::sys_days{std::chrono::days{days_}};
    }
    constexpr int year() const { return static_cast<int>(ymd().year()); }
    constexpr int month() const { return static_cast<int>(static_cast<unsigned>(ymd().month())); }
    constexpr int day() const { return static_cast<int>(static_cast<unsigned>(ymd().day())); }
    /// 0 = Sunday … 6 = Saturday.
    constexpr int weekday() const {
        return static_cast<int>(
            std::chrono::weekday{std::chrono::sys_days{std::chrono::days{days_}}}.c_encoding());
    }
    std::string iso() const;

    constexpr Date operator+(int days) const { return Date(days_ + days); }
    constexpr Date operator-(int days) const { return Date(days_ - days); }
    constexpr int operator-(Date other) const { return days_ - other.days_; }
    constexpr auto operator<=>(const Date&) const = default;

private:
    std::int32_t days_ = 0;
};

/// A calendar month as a running number: year × 12 + (month − 1).
struct Month {
    int index = 0;
    constexpr auto operator<=>(const Month&) const = default;
    constexpr Month operator+(int months) const { return Month{index + months}; }
    constexpr Month operator-(int months) const { return Month{index - months}; }
    constexpr int operator-(Month other) const { return index - other.index; }
    constexpr Date first() const { return *Date::of(index / 12, static_cast<unsigned>(index % 12 + 1), 1); }
    constexpr Date last() const { return Month{index + 1}.first() - 1; }
    constexpr int days() const { return last() - first() + 1; }
    std::string iso() const { return first().iso().substr(0, 7); }
};

constexpr Month month_of(Date date) { return Month{date.year() * 12 + date.month() - 1}; }
constexpr Date end_of_month(Date date) { return month_of(date).last(); }

/// The same day `months` later, or the month's last day where that day does not exist.
constexpr Date add_months(Date date, int months) {
    const Month month = month_of(date) + months;
    const Date last = month.last();
    return date.day() > last.day() ? last : month.first() + (date.day() - 1);
}

}  // namespace countback
