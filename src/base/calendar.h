// Working days and public holidays, computed by rule (COL-6 "a holiday of the customer's country", PRO-1
// grace).
//
// A working day is Monday to Friday and no nation-wide public holiday. Regional days, half days and days that
// only banks keep are working days here: they cost a message at most one day, and no source agrees on them.
// Example: Good Friday 2025 (18 April) is worked in France and kept in Germany; 3 working days after
// Wednesday 30 April 2025 in France is Tuesday 6 May (1 May is a holiday).
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/date.h"

namespace countback {

/// Whose holidays. `weekends` knows no holiday; `target` is the euro payment system's calendar.
enum class HolidaySet : std::uint8_t { weekends, fr, be, de, gb, es, it, nl, us, target };

/// By the two capital letters of ISO 3166, or `TARGET`; nothing for a country without rules here.
std::optional<HolidaySet> holiday_set_of(std::string_view country);

/// Sunday of Easter in the Gregorian calendar; years 1900 to 2199.
Date easter_sunday(int year);

/// A public holiday that can fall on Monday to Friday. The law as it stands, projected, from 2000 to 2099.
bool is_public_holiday(HolidaySet set, Date day);

class WorkingDays {
public:
    explicit WorkingDays(HolidaySet set) : set_(set) {}

    bool works(Date day) const;
    /// `day` itself when it is worked, else the next one that is.
    Date on_or_after(Date day) const;
    /// The n-th working day after `day`, n ≥ 0; n = 0 is `day` itself, worked or not.
    Date after(Date day, int n) const;
    HolidaySet set() const { return set_; }

private:
    HolidaySet set_;
};

}  // namespace countback
