#include "collections/timing.h"

#include <algorithm>

#include "base/ensure.h"

namespace countback::collections {

namespace {

std::optional<std::size_t> step_named(const Scenario& scenario, const std::string& code) {
    const Step* found = scenario.step(code);
    if (!found) return std::nullopt;
    return static_cast<std::size_t>(found - scenario.steps.data());
}

const FormerStep* former_of(const Scenario& scenario, const std::string& code) {
    for (const FormerStep& one : scenario.former) {
        if (one.code == code) return &one;
    }
    return nullptr;
}

struct Previous {
    std::optional<std::size_t> step;  ///< none: one taken out, before all that are left
    Date day;
    int times = 0;
    int offset = 0;  ///< of what was done, from the due date
};

class Stepper {
public:
    Stepper(const Scenario& scenario, const TimingInput& input, const WorkingDays& days)
        : scenario_(scenario), input_(input), days_(days) {}

    Timing run() {
        Timing timing;
        timing.level_by_time = level_by_time();
        if (!read_done()) {
            timing.unreadable = true;
            return timing;
        }
        if (previous_) timing.level_done = previous_->step;
        std::optional<Timing> waits;
        for (std::size_t k = first_candidate(timing); k < scenario_.steps.size(); ++k) {
            const Date earliest = earliest_of(k, timing.term);
            if (lapsed(k, earliest)) continue;
            timing.next_step = k;
            timing.earliest = earliest;
            const bool impossible = (input_.no_contact & needed_contact(scenario_.steps[k].channel)) != 0;
            if (waits && (impossible || earliest > input_.today)) continue;
            if (!impossible || earliest > input_.today) return timing;
            waits = timing;
            timing.passed_over = k;
        }
        return waits ? *waits : nothing_left(timing);
    }

private:
    static Timing nothing_left(Timing timing) {
        timing.next_step.reset();
        timing.earliest.reset();
        return timing;
    }

    int offset(std::size_t k) const { return nominal_offset(scenario_, k, input_.issue, input_.due); }

    std::optional<std::size_t> level_by_time() const {
        std::optional<std::size_t> level;
        for (std::size_t k = 0; k < scenario_.steps.size(); ++k) {
            if (input_.due + offset(k) <= input_.today) level = k;
        }
        return level;
    }

    bool read_done() {
        for (const StepDone& done : input_.done) {
            std::optional<std::size_t> place = step_named(scenario_, done.step);
            const FormerStep* former = place ? nullptr : former_of(scenario_, done.step);
            if (!place && !former) return false;
            const int day = former ? day_of(*former) : offset(*place);
            if (former) place = last_until(day);
            const int times = previous_ && place && previous_->step == place ? previous_->times + 1 : 1;
            previous_ = Previous{place, done.day, times, day};
        }
        return true;
    }

    int day_of(const FormerStep& former) const {
        return former.base == TriggerBase::issue ? former.days + (input_.issue - input_.due) : former.days;
    }

    /// The last step that comes no later than that day from the due date.
    std::optional<std::size_t> last_until(int day) const {
        std::optional<std::size_t> place;
        for (std::size_t k = 0; k < scenario_.steps.size(); ++k) {
            if (offset(k) <= day) place = k;
        }
        return place;
    }

    bool repeats() const {
        const Step& step = scenario_.steps[*previous_->step];
        return step.repeat_days > 0 && previous_->times < step.repeat_cap;
    }

    std::size_t first_candidate(const Timing& timing) const {
        if (previous_ && !previous_->step) return 0;
        if (previous_) return repeats() ? *previous_->step : *previous_->step + 1;
        return input_.start_by_age ? timing.level_by_time.value_or(0) : 0;
    }

    Date earliest_of(std::size_t k, TimingTerm& term) const {
        const Step& step = scenario_.steps[k];
        Date earliest = input_.due + offset(k);
        term = TimingTerm::offset;
        const auto later = [&](Date day, TimingTerm by) {
            if (day <= earliest) return;
            earliest = day;
            term = by;
        };
        if (previous_ && (k == previous_->step || step.trigger.base == TriggerBase::previous)) {
            earliest = previous_->day + (k == previous_->step ? step.repeat_days : step.trigger.days);
            term = TimingTerm::step_before;
        } else if (previous_) {
            later(previous_->day + (offset(k) - previous_->offset), TimingTerm::step_before);
        }
        if (input_.last_contact) later(*input_.last_contact + input_.min_gap_days, TimingTerm::gap);
        if (input_.last_notice && needs_recipient(step.channel))
            later(*input_.last_notice + 1, TimingTerm::gap);
        return permitted_on_or_after(step, days_, earliest);
    }

    bool lapsed(std::size_t k, Date earliest) const {
        if (offset(k) >= 0) return false;
        const Date soonest = permitted_on_or_after(scenario_.steps[k], days_, input_.today);
        return std::max(soonest, earliest) >= input_.due;
    }

    const Scenario& scenario_;
    const TimingInput& input_;
    const WorkingDays& days_;
    std::optional<Previous> previous_;
};

}  // namespace

bool permitted(const Step& step, const WorkingDays& days, Date day) {
    const int from_monday = (day.weekday() + 6) % 7;
    return (step.weekdays >> from_monday & 1) != 0 && !is_public_holiday(days.set(), day);
}

Date permitted_on_or_after(const Step& step, const WorkingDays& days, Date day) {
    ensure((step.weekdays & 0b1111111) != 0, "a step has a weekday");
    while (!permitted(step, days, day)) day = day + 1;
    return day;
}

int nominal_offset(const Scenario& scenario, std::size_t k, Date issue, Date due) {
    int days = 0;
    for (;; --k) {
        const Trigger trigger = scenario.steps[k].trigger;
        days += trigger.days;
        if (trigger.base == TriggerBase::due) return days;
        if (trigger.base == TriggerBase::issue) return days + (issue - due);
        if (k == 0) return days;
    }
}

std::int64_t needed_contact(Channel channel) {
    if (is_letter(channel)) return no_post;
    return needs_address(channel) ? no_mail : 0;
}

Timing step_timing(const Scenario& scenario, const TimingInput& input, const WorkingDays& days) {
    return Stepper(scenario, input, days).run();
}

}  // namespace countback::collections
