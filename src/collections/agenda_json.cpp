#include "collections/agenda_json.h"

#include <algorithm>

#include "collections/item_json.h"
#include "collections/words.h"
#include "locale/texts.h"

namespace countback::collections {

namespace {

json::array money_json(const std::vector<Money>& sums) {
    json::array array;
    for (const Money& sum : sums) {
        array.emplace_back(
            json::object{{"currency", sum.currency.code()}, {"amount", decimal(sum.minor, sum.currency)}});
    }
    return array;
}

json::value leader_json(const Decision& decision, Date today, PageNames& names) {
    if (!decision.leader) return nullptr;
    return json::object{{"item", decision.leader->item.value},
                        {"number", names.item_number(decision.leader->item)},
                        {"due_date", decision.leader->due.iso()},
                        {"days_late", today - decision.leader->due}};
}

json::value step_json(const Decision& decision, Language language) {
    if (!decision.next_step_due) return nullptr;
    return json::object{{"name", name_of(*decision.step(), language)},
                        {"channel", name_of(decision.step()->channel)},
                        {"mode", name_of(decision.mode)}};
}

json::object priority_json(const Decision& decision, PageNames& names) {
    json::array grades;
    for (const Grade& grade : decision.priority.grades) {
        grades.emplace_back(json::object{{"name", grade.name},
                                         {"grade", grade.grade},
                                         {"weight", grade.weight},
                                         {"why", text_of("grade", grade.why, decision.scenario, names)}});
    }
    return {{"total", decision.priority.total}, {"grades", std::move(grades)}};
}

json::array notes_json(const std::vector<Note>& notes, const Scenario* scenario, PageNames& names) {
    json::array array;
    for (const Note& note : notes) array.push_back(note_json(note, scenario, names));
    return array;
}

json::array changes_json(const Decision& decision, PageNames& names) {
    json::array array;
    for (const Note& note : decision.would_change) {
        array.emplace_back(json::object{{"text", text_of("change", note, decision.scenario, names)}});
    }
    return array;
}

json::array path_json(const Decision& decision, PageNames& names) {
    json::array array;
    for (const Note& note : decision.path)
        array.emplace_back(text_of("path", note, decision.scenario, names));
    if (decision.scenario) array.emplace_back(name_of(*decision.scenario, names.language()));
    return array;
}

std::string_view name_of_scope(HoldScope scope) {
    constexpr std::array<std::string_view, 3> all{"item", "customer", "group"};
    return all[static_cast<std::size_t>(scope)];
}

json::object hold_json(const Hold& hold, const Decision& decision, PageNames& names) {
    const bool told =
        hold.holds && locale::has_text(names.language(), "collections.reason." + std::string(hold.note.code));
    return {{"code", hold.note.code},
            {"text", text_of(told ? "reason" : "suppressor", hold.note, decision.scenario, names)},
            {"scope", name_of_scope(hold.scope)},
            {"holds", hold.holds},
            {"until", date_json(hold.until)},
            {"author", hold.note.standing ? json::value(names.author(FactNo{hold.note.standing.value}))
                                          : json::value(nullptr)}};
}

json::array items_json(const Decision& decision, const DecidedRun& run, PageNames& names) {
    json::array array;
    const Moment moment{run.decisions.date, run.decisions.known_at};
    for (const ItemOutcome& outcome : decision.items) {
        const auto row = run.book.item(outcome.item);
        const auto view = row ? run.book.view(*row, moment.known_at) : std::nullopt;
        if (!view) continue;
        array.emplace_back(json::object{{"state", name_of(outcome.state)},
                                        {"item", item_row_json(run.book, *view, moment, names)},
                                        {"reasons", notes_json(outcome.reasons, decision.scenario, names)}});
    }
    return array;
}

}  // namespace

json::value date_json(std::optional<Date> date) {
    return date ? json::value(date->iso()) : json::value(nullptr);
}

json::value step_name_json(const Decision& decision, std::optional<std::size_t> step, Language language) {
    if (!step || !decision.scenario) return nullptr;
    return json::value(name_of(decision.scenario->steps[*step], language));
}

json::object counts_json(const OutcomeCounts& counts) {
    return {{"due", counts.of(Outcome::due)},
            {"waiting", counts.of(Outcome::waiting)},
            {"suppressed", counts.of(Outcome::suppressed)},
            {"nothing", counts.of(Outcome::nothing)}};
}

json::object agenda_row_json(const Decision& decision, Date today, PageNames& names) {
    const Language language = names.language();
    return {{"customer", names.customer_json(decision.customer)},
            {"entity", names.entity_json(decision.entity)},
            {"collector", names.label_json(decision.collector)},
            {"outcome", name_of(decision.outcome)},
            {"kind", decision.kind ? json::value(name_of(*decision.kind)) : json::value(nullptr)},
            {"leader", leader_json(decision, today, names)},
            {"overdue", money_json(decision.overdue)},
            {"to_pay", money_json(decision.to_pay)},
            {"step", step_json(decision, language)},
            {"level_by_time", step_name_json(decision, decision.level_by_time, language)},
            {"level_done", step_name_json(decision, decision.level_done, language)},
            {"next_step", step_name_json(decision, decision.next_step, language)},
            {"earliest_date", date_json(decision.earliest)},
            {"priority", priority_json(decision, names)},
            {"chased_with",
             decision.head ? json::value(names.customer_json(*decision.head)) : json::value(nullptr)},
            {"group_size", decision.members.size()},
            {"reasons", notes_json(decision.reasons, decision.scenario, names)},
            {"would_change", changes_json(decision, names)},
            {"path", path_json(decision, names)}};
}

json::object decision_json(const Decision& decision, const DecidedRun& run, PageNames& names) {
    json::object row = agenda_row_json(decision, run.decisions.date, names);
    row["date"] = run.decisions.date.iso();
    row["dry_run"] = true;
    json::array suppressors;
    for (const Hold& hold : decision.tried) suppressors.push_back(hold_json(hold, decision, names));
    row["suppressors"] = std::move(suppressors);
    row["items"] = items_json(decision, run, names);
    return row;
}

}  // namespace countback::collections
