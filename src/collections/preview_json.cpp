#include "collections/preview_json.h"

namespace countback::collections {

namespace {

json::object both_ways(const BothWays& counts) { return {{"before", counts[0]}, {"after", counts[1]}}; }

json::array texts(const std::vector<std::string>& all) { return json::array(all.begin(), all.end()); }

json::value step_json(const PlannedDay& day) {
    if (!day.step) return nullptr;
    const Step& step = *day.step;
    return json::object{
        {"code", step.code},
        {"names", json::object{{"en", step.name_en}, {"fr", step.name_fr}}},
        {"mode", name_of(day.mode)},
        {"channel", name_of(step.channel)},
        {"template", step.template_code.empty() ? json::value(nullptr) : json::value(step.template_code)},
        {"to", texts(step.to)},
        {"cc", texts(step.cc)}};
}

json::object planned_json(const PlannedDay& day) {
    return {{"scenario", day.scenario.empty() ? json::value(nullptr) : json::value(day.scenario)},
            {"step", step_json(day)},
            {"date", day.date ? json::value(day.date->iso()) : json::value(nullptr)},
            {"outcome", name_of(day.outcome)},
            {"notices", static_cast<std::int64_t>(day.notices.size())},
            {"by_itself", day.by_itself}};
}

json::array changes_json(const Preview& preview) {
    json::array changes;
    for (std::size_t place = 0; place < change_count; ++place) {
        if (preview.changes[place] == 0) continue;
        changes.emplace_back(json::object{{"what", name_of(static_cast<Change>(place))},
                                          {"customers", preview.changes[place]}});
    }
    return changes;
}

json::array rows_json(const Preview& preview, PageNames& names) {
    json::array rows;
    for (const PreviewRow& row : preview.rows) {
        json::array changes;
        for (const Change one : row.changes) changes.emplace_back(name_of(one));
        rows.emplace_back(json::object{{"customer", names.customer_json(row.customer)},
                                       {"changes", std::move(changes)},
                                       {"before", planned_json(row.before)},
                                       {"after", planned_json(row.after)}});
    }
    return rows;
}

}  // namespace

json::object preview_json(const Preview& preview, PageNames& names) {
    json::array scenarios, automatic;
    for (const auto& [code, followers] : preview.scenarios) {
        json::object one = both_ways(followers);
        one["scenario"] = code;
        scenarios.push_back(std::move(one));
    }
    for (const MadeAutomatic& one : preview.made_automatic) {
        automatic.emplace_back(
            json::object{{"scenario", one.scenario},
                         {"code", one.code},
                         {"names", json::object{{"en", one.name_en}, {"fr", one.name_fr}}}});
    }
    return {{"customers", preview.customers},
            {"changed", preview.changed},
            {"changes", changes_json(preview)},
            {"due", both_ways(preview.due)},
            {"by_itself", both_ways(preview.by_itself)},
            {"by_itself_later", both_ways(preview.by_itself_later)},
            {"notices", both_ways(preview.notices)},
            {"made_automatic", std::move(automatic)},
            {"scenarios", std::move(scenarios)},
            {"rows", rows_json(preview, names)}};
}

}  // namespace countback::collections
