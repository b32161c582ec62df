#include "collections/preview.h"

#include <algorithm>
#include <span>
#include <tuple>
#include <unordered_map>

#include "collections/holds.h"
#include "collections/notices.h"

namespace countback::collections {

namespace {

/// One side: the policy, what it decides, and the notices due under it.
struct Side {
    const Policy& policy;
    Decisions days;
    std::unordered_map<CustomerId, std::vector<const DueNotice*>> notices;
    std::vector<DueNotice> due_notices;
};

Side side_of(const Perimeter& perimeter, const Snapshot& book, const PreviewQuery& query,
             const Dunning& dunning) {
    const DecideQuery asked{query.selection, query.moment, Detail::outcome};
    Side side{dunning.policy, decide(perimeter, book, asked, dunning), {}, {}};
    side.due_notices = decide_notices(perimeter, book, asked, dunning);
    for (const DueNotice& one : side.due_notices) {
        if (one.notice && one.waits.empty()) side.notices[one.customer].push_back(&one);
    }
    return side;
}

bool writes_alone(const Step& step) { return step.mode == Mode::automatic && needs_recipient(step.channel); }

/// The steps from the next one on.
std::span<const Step> left_of(const Decision& decision) {
    if (!decision.scenario || !decision.next_step) return {};
    return std::span(decision.scenario->steps).subspan(*decision.next_step);
}

PlannedDay day_of(const Side& side, const Decision& decision) {
    PlannedDay day;
    if (decision.scenario) day.scenario = decision.scenario->code;
    day.step = decision.step();
    day.date = decision.earliest;
    day.outcome = decision.outcome;
    day.mode = decision.mode;
    const bool today = decision.outcome == Outcome::due && decision.next_step_due;
    day.by_itself = today && decision.mode == Mode::automatic;
    const auto left = left_of(decision);
    const std::size_t after_today = today && !left.empty() ? 1 : 0;
    day.by_itself_later = std::any_of(left.begin() + after_today, left.end(), writes_alone);
    const auto found = side.notices.find(decision.customer);
    if (found == side.notices.end()) return day;
    for (const DueNotice* one : found->second) {
        day.notices.push_back(one->notice->code);
        day.by_itself |= one->mode == Mode::automatic;
    }
    return day;
}

auto timetable_of(const Step& step) {
    return std::tuple(step.weekdays, step.hour_from, step.hour_to, step.repeat_days, step.repeat_cap);
}

/// The floor and the ceiling that stand for the step, of each currency asked for.
std::vector<std::optional<std::int64_t>> limits_of(const Policy& policy, const Step& step,
                                                   const std::vector<Money>& asked) {
    std::vector<std::optional<std::int64_t>> limits;
    for (const Money& one : asked) {
        limits.push_back(amount_for(step.floors, policy.floors, one.currency));
        limits.push_back(amount_for(step.ceilings, policy.ceilings, one.currency));
    }
    return limits;
}

bool same_step(const Step& a, const Step& b) {
    const auto key = [](const Step& one) {
        return std::tie(one.code, one.channel, one.mode, one.trigger.base, one.trigger.days,
                        one.template_code, one.to, one.cc, one.floors, one.ceilings);
    };
    return key(a) == key(b) && timetable_of(a) == timetable_of(b);
}

bool same_after_next(const Decision& a, const Decision& b) {
    const auto left = left_of(a), other = left_of(b);
    return left.size() == other.size() &&
           (left.empty() || std::equal(left.begin() + 1, left.end(), other.begin() + 1, same_step));
}

/// A customer's two days side by side.
class Compared {
public:
    Compared(const Side& before, const Side& after) : before_(before), after_(after) {}

    std::vector<Change> changes(const Decision& old_one, const Decision& new_one, const PlannedDay& old_day,
                                const PlannedDay& new_day) {
        changes_.clear();
        note(old_day.scenario != new_day.scenario, Change::scenario);
        note(old_day.outcome != new_day.outcome, Change::outcome);
        note(old_day.notices != new_day.notices, Change::notices);
        compare_steps(old_one, new_one, old_day, new_day);
        std::sort(changes_.begin(), changes_.end());
        return changes_;
    }

private:
    void note(bool differs, Change change) {
        if (differs) changes_.push_back(change);
    }

    void compare_steps(const Decision& old_one, const Decision& new_one, const PlannedDay& old_day,
                       const PlannedDay& new_day) {
        const Step *a = old_day.step, *b = new_day.step;
        const bool same = a && b && a->code == b->code;
        note((a || b) && !same, Change::step);
        note(old_day.date != new_day.date, Change::date);
        const bool alone = old_day.by_itself != new_day.by_itself;
        note(alone || (a && b && (a->mode != b->mode || old_day.mode != new_day.mode)), Change::mode);
        note(a && b && a->channel != b->channel, Change::channel);
        if (!same || old_day.scenario != new_day.scenario) return;
        note(a->template_code != b->template_code, Change::text);
        note(std::tie(a->to, a->cc) != std::tie(b->to, b->cc), Change::recipients);
        note(timetable_of(*a) != timetable_of(*b), Change::timetable);
        const auto asked = sums_of(old_one.asked.empty() ? new_one.asked : old_one.asked);
        note(limits_of(before_.policy, *a, asked) != limits_of(after_.policy, *b, asked), Change::limits);
        note(!same_after_next(old_one, new_one), Change::later_steps);
    }

    const Side &before_, &after_;
    std::vector<Change> changes_;
};

void count_scenario(Preview& preview, std::string_view scenario, std::size_t side) {
    if (scenario.empty()) return;
    const auto same = [&](const auto& one) { return one.first == scenario; };
    auto found = std::find_if(preview.scenarios.begin(), preview.scenarios.end(), same);
    if (found == preview.scenarios.end()) found = preview.scenarios.insert(found, {scenario, BothWays{}});
    ++found->second[side];
}

void count(Preview& preview, const PlannedDay& day, std::size_t side) {
    count_scenario(preview, day.scenario, side);
    preview.by_itself[side] += day.by_itself ? 1 : 0;
    preview.by_itself_later[side] += day.by_itself_later ? 1 : 0;
    preview.notices[side] += static_cast<std::int64_t>(day.notices.size());
}

/// By its code; nullptr where the scenario has none.
const Notice* notice_of(const Scenario& scenario, const std::string& code) {
    for (const Notice& one : scenario.notices) {
        if (one.code == code) return &one;
    }
    return nullptr;
}

void add_made_automatic(const Policy& before, const Policy& after, Preview& preview) {
    for (const Scenario& scenario : after.scenarios) {
        const Scenario* old = before.scenario(scenario.code);
        const bool counted = old && old->state != Scenario::State::draft;
        const auto add = [&](const auto& one) {
            preview.made_automatic.push_back({scenario.code, one.code, one.name_en, one.name_fr});
        };
        for (const Step& step : scenario.steps) {
            const Step* was = counted ? old->step(step.code) : nullptr;
            if (writes_alone(step) && !(was && writes_alone(*was))) add(step);
        }
        for (const Notice& one : scenario.notices) {
            const Notice* was = counted ? notice_of(*old, one.code) : nullptr;
            if (one.mode == Mode::automatic && !(was && was->mode == Mode::automatic)) add(one);
        }
    }
}

}  // namespace

std::string_view name_of(Change change) {
    constexpr std::array<std::string_view, change_count> names{
        "mode",    "channel", "text",   "recipients", "scenario",    "step",
        "outcome", "date",    "limits", "timetable",  "later_steps", "notices"};
    return names[static_cast<std::size_t>(change)];
}

Preview preview(const Perimeter& perimeter, const Snapshot& book, const PreviewQuery& query,
                const Dunning& before, const Dunning& after) {
    const Side old_side = side_of(perimeter, book, query, before);
    const Side new_side = side_of(perimeter, book, query, after);
    std::unordered_map<CustomerId, std::pair<const Decision*, PlannedDay>> old_of;
    Preview preview;
    for (const Decision& decision : old_side.days.rows) {
        PlannedDay day = day_of(old_side, decision);
        count(preview, day, 0);
        old_of.emplace(decision.customer, std::pair(&decision, std::move(day)));
    }
    Compared compared(old_side, new_side);
    for (const Decision& decision : new_side.days.rows) {
        const PlannedDay day = day_of(new_side, decision);
        count(preview, day, 1);
        ++preview.customers;
        const auto& [old_one, old_day] = old_of.at(decision.customer);
        auto changes = compared.changes(*old_one, decision, old_day, day);
        if (changes.empty()) continue;
        ++preview.changed;
        for (const Change one : changes) ++preview.changes[static_cast<std::size_t>(one)];
        if (preview.rows.size() < query.rows_max)
            preview.rows.push_back({decision.customer, decision.entity, old_day, day, std::move(changes)});
    }
    preview.due = {old_side.days.counts.of(Outcome::due), new_side.days.counts.of(Outcome::due)};
    add_made_automatic(before.policy, after.policy, preview);
    return preview;
}

}  // namespace countback::collections
