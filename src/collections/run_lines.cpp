#include "collections/run_lines.h"

#include <algorithm>
#include <unordered_map>

#include "collections/queries.h"

namespace countback::collections {

namespace {

/// A value as it can stand in a kept line.
std::string on_one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](unsigned char letter) { return letter < 32; }, ' ');
    return text;
}

void add_line(const Note& note, const Scenario* scenario, std::string& text) {
    if (!text.empty()) text += '\n';
    text += note.code;
    if (scenario) text += "\tof_scenario=" + std::to_string(scenario->number);
    if (note.item) text += "\tof_item=" + std::to_string(note.item.value);
    for (const auto& [name, value] : note.data) text += '\t' + name + '=' + on_one_line(value);
}

using NoticesOf = std::unordered_map<CustomerId, std::vector<const DueNotice*>>;

NoticesOf by_customer(const std::vector<DueNotice>& notices) {
    NoticesOf of;
    for (const DueNotice& due : notices) of[due.customer].push_back(&due);
    return of;
}

Note told_of(std::string_view code, const DueNotice& due) {
    return {code,
            {{"notice_en", due.notice->name_en}, {"notice_fr", due.notice->name_fr}},
            due.items.front().item,
            {}};
}

void add_waits(const DueNotice& due, RunLine& line) {
    if (!due.notice) {
        line.notes = due.waits;
        return;
    }
    line.notes.push_back(told_of("notice_waits", due));
    line.notes.insert(line.notes.end(), due.waits.begin(), due.waits.end());
}

/// One message a day: the first that may go, nothing beside a reminder.
void add_notice(const DueNotice& due, Date day, RunLine& line) {
    if (due.notice && due.mode != Mode::automatic) return;
    if (!due.waits.empty()) return add_waits(due, line);
    if (line.message) {
        line.notes.push_back(told_of("notice_waits", due));
        return;
    }
    line.message = message_of(due, day);
    line.outcome = Outcome::due;
    line.step = due.notice->code;
    line.notes.push_back(told_of("notice_asked", due));
}

RunLine line_of(const Decision& decision, const RunPart& part, const NoticesOf& notices) {
    const Date day = part.run.decisions.date;
    RunLine line;
    line.customer = decision.customer;
    line.outcome = decision.outcome;
    line.decision = &decision;
    if (decision.step()) line.step = decision.step()->code;
    if (decision.mode == Mode::automatic) line.message = message_of(decision, day, *part.run.state);
    const auto found = notices.find(decision.customer);
    if (found == notices.end()) return line;
    for (const DueNotice* due : found->second) add_notice(*due, day, line);
    return line;
}

}  // namespace

void RunLine::settle(std::optional<MessageId> asked) {
    if (asked) {
        id = *asked;
        return;
    }
    message.reset();
    outcome = Outcome::suppressed;
    notes = {{"asked_already", {}, {}, {}}};
}

std::string RunLine::why() const {
    std::string text;
    for (const Note& note : notes) add_line(note, nullptr, text);
    for (const Note& note : decision->reasons) add_line(note, decision->scenario, text);
    return text;
}

void RunLine::count(RunRecord& record) const {
    if (message) {
        ++record.requested;
    } else if (why().starts_with("unreadable")) {
        ++record.failed;
    } else {
        std::int64_t* const counts[] = {&record.to_do, &record.waiting, &record.held, &record.nothing};
        ++*counts[static_cast<std::size_t>(outcome)];
    }
}

namespace {

void start_counts(RunRecord& record) {
    record.requested = record.to_do = record.waiting = record.held = record.nothing = record.failed = 0;
}

/// Lines of one outcome: those with a message, those that could not be read, all.
struct LineCounts {
    std::int64_t asked = 0, unread = 0, all = 0;
};

void add_counts(std::string_view outcome, const LineCounts& lines, RunRecord& record) {
    record.requested += lines.asked;
    record.failed += lines.unread;
    std::int64_t& count = outcome == name_of(Outcome::due)          ? record.to_do
                          : outcome == name_of(Outcome::waiting)    ? record.waiting
                          : outcome == name_of(Outcome::suppressed) ? record.held
                                                                    : record.nothing;
    count += lines.all - lines.asked - lines.unread;
}

}  // namespace

void read_counts(store::Connection& connection, RunRecord& record) {
    start_counts(record);
    connection.each(outcome_counts, {record.number}, [&](const store::Row& row) {
        add_counts(row.text(0), {row.integer(1), row.integer(2), row.integer(3)}, record);
    });
}

void read_counts(store::Connection& connection, RunRecord& record,
                 const std::function<bool(CustomerId)>& admits) {
    start_counts(record);
    connection.each(outcomes_in_short, {record.number}, [&](const store::Row& row) {
        if (!admits(CustomerId{row.integer(0)})) return;
        const bool asked = row.integer(2) > 0;
        add_counts(row.text(1), {asked ? 1 : 0, row.integer(3), 1}, record);
    });
}

RunRecord begun_run(const store::Row& row) {
    RunRecord run;
    run.number = row.integer(0);
    run.day = Date(static_cast<std::int32_t>(row.integer(1)));
    run.source = row.text(2);
    run.user = UserId{row.integer(3)};
    run.started = Instant{row.integer(4)};
    return run;
}

std::vector<RunLine> run_lines(const std::vector<RunPart>& parts) {
    std::vector<RunLine> lines;
    for (const RunPart& part : parts) {
        const NoticesOf notices = by_customer(part.notices);
        for (const Decision& decision : part.run.decisions.rows)
            lines.push_back(line_of(decision, part, notices));
    }
    return lines;
}

}  // namespace countback::collections
