// COL-3, COL-4: when the next step may come.
//
//   earliest(k) = max(due + off_k, done_p + (off_k − off_p), c + min_gap), then the next permitted day
//
// p = the last step done on this leader (none: its term is absent), c = the last contact with the customer on
// any leader; a message never comes on the day of a notice, but the next day at the earliest. Permitted: one
// of the step's weekdays, no holiday of the customer's country. For "n days after the step before", done_p +
// n replaces the first two terms. A repeat counts its interval from the last time. A pre-reminder lapses once
// the item is due. Example: reminder at +3, first at +10; due 14 Feb 2025, the reminder done on 3 Mar (17
// days late): first not before max(24 Feb, 3 Mar + 7, 3 Mar + 7) = Monday 10 Mar 2025. Source: handbook §6.
#pragma once
#include <span>

#include "base/calendar.h"
#include "collections/types.h"

namespace countback::collections {

struct TimingInput {
    Date issue, due;                   ///< of the leader
    std::span<const StepDone> done;    ///< on this (scenario, leader), in the order done
    std::optional<Date> last_contact;  ///< with the customer, any leader
    Date today;
    int min_gap_days = 7;
    bool start_by_age = false;          ///< COL-2 setting, used when nothing is done yet
    std::optional<Date> last_notice{};  ///< asked for or sent
    std::int64_t no_contact = 0;        ///< no_mail and no_post summed: steps that need it cannot be done
};

/// What decided the earliest day.
enum class TimingTerm : std::uint8_t { offset, step_before, gap };

struct Timing {
    std::optional<std::size_t> level_by_time, level_done, next_step;
    std::optional<Date> earliest;  ///< a permitted day; of `next_step`
    TimingTerm term = TimingTerm::offset;
    std::optional<std::size_t> passed_over;  ///< a step due that no address allows, before `next_step`
    bool unreadable = false;                 ///< a step done that the scenario does not have
};

/// What the channel needs and may be missing: no_mail, no_post, or 0.
std::int64_t needed_contact(Channel channel);

/// A step whose address is missing waits for it, until a later one that needs none, or another, has come.
Timing step_timing(const Scenario& scenario, const TimingInput& input, const WorkingDays& days);

/// Whether the step may be done on that day: one of its weekdays, no holiday of the customer's country.
/// A step that names Saturday is sent on Saturdays.
bool permitted(const Step& step, const WorkingDays& days, Date day);
/// `day` itself when permitted, else the next one that is.
Date permitted_on_or_after(const Step& step, const WorkingDays& days, Date day);

/// The day of step k relative to the due date, with steps counted from the one before summed up.
int nominal_offset(const Scenario& scenario, std::size_t k, Date issue, Date due);

}  // namespace countback::collections
