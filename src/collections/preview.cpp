#include "collections/preview.h"

#include <algorithm>
#include <unordered_map>

namespace countback::collections {

namespace {

PlannedDay day_of(const Decision& decision) {
    PlannedDay day;
    if (decision.scenario) day.scenario = decision.scenario->code;
    if (const Step* step = decision.step()) day.step = step->code;
    day.date = decision.earliest;
    day.outcome = decision.outcome;
    return day;
}

void count(Preview& preview, std::string_view scenario, std::size_t side) {
    if (scenario.empty()) return;
    const auto same = [&](const auto& one) { return one.first == scenario; };
    auto found = std::find_if(preview.scenarios.begin(), preview.scenarios.end(), same);
    if (found == preview.scenarios.end())
        found = preview.scenarios.insert(found, {scenario, std::array<std::int64_t, 2>{}});
    ++found->second[side];
}

}  // namespace

Preview preview(const Perimeter& perimeter, const Snapshot& book, const PreviewQuery& query,
                const Dunning& before, const Dunning& after) {
    const DecideQuery asked{query.selection, query.moment, false, {}};
    const Decisions old_days = decide(perimeter, book, asked, before);
    const Decisions new_days = decide(perimeter, book, asked, after);
    std::unordered_map<CustomerId, PlannedDay> old_of;
    Preview preview;
    for (const Decision& decision : old_days.rows) {
        const PlannedDay day = day_of(decision);
        count(preview, day.scenario, 0);
        old_of[decision.customer] = day;
    }
    for (const Decision& decision : new_days.rows) {
        const PlannedDay day = day_of(decision);
        count(preview, day.scenario, 1);
        ++preview.customers;
        const PlannedDay& old_day = old_of[decision.customer];
        if (day == old_day) continue;
        ++preview.changed;
        if (preview.rows.size() < query.rows_max)
            preview.rows.push_back({decision.customer, decision.entity, old_day, day});
    }
    preview.due_before = old_days.counts.of(Outcome::due);
    preview.due_after = new_days.counts.of(Outcome::due);
    return preview;
}

}  // namespace countback::collections
