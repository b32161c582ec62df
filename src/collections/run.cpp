// COL-11: a run is a record. It asks for the automatic reminders and keeps, for each customer, what and why.
#include <algorithm>
#include <span>

#include "collections/queries.h"
#include "collections/reminders.h"

namespace countback::collections {

using correspondence::NewMessage;

namespace {

/// Customers of one transaction: others write in between.
constexpr std::size_t chunk = 2'000;

/// A value as it can stand in a kept line.
std::string on_one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](unsigned char letter) { return letter < 32; }, ' ');
    return text;
}

/// A line a reason, `code \t name=value`: read back into texts by the page. What the texts name by number or
/// name (scenario, item) is kept by its id.
std::string why_of(const Decision& decision) {
    std::string text;
    for (const Note& note : decision.reasons) {
        if (!text.empty()) text += '\n';
        text += note.code;
        if (decision.scenario) text += "\tof_scenario=" + std::to_string(decision.scenario->number);
        if (note.item) text += "\tof_item=" + std::to_string(note.item.value);
        for (const auto& [name, value] : note.data) text += '\t' + name + '=' + on_one_line(value);
    }
    return text;
}

struct Planned {
    const Decision* decision = nullptr;
    std::optional<NewMessage> message;
};

std::vector<Planned> plan(const DecidedRun& run) {
    std::vector<Planned> all;
    all.reserve(run.decisions.rows.size());
    for (const Decision& decision : run.decisions.rows) {
        Planned one{&decision, std::nullopt};
        if (decision.mode == Mode::automatic)
            one.message = message_of(decision, run.decisions.date, *run.state);
        all.push_back(std::move(one));
    }
    return all;
}

bool failed(const Decision& decision) {
    return !decision.reasons.empty() && decision.reasons.front().code == "unreadable";
}

void count(const Planned& one, RunRecord& record) {
    if (failed(*one.decision)) {
        ++record.failed;
        return;
    }
    switch (one.decision->outcome) {
        case Outcome::due:
            ++(one.message ? record.requested : record.to_do);
            break;
        case Outcome::waiting:
            ++record.waiting;
            break;
        case Outcome::suppressed:
            ++record.held;
            break;
        case Outcome::nothing:
            ++record.nothing;
            break;
    }
}

void write_outcomes(store::Connection& connection, std::int64_t run, std::span<const Planned> planned,
                    const std::vector<MessageId>& messages) {
    const auto rows = connection.bulk("run_outcome", run_outcome_columns);
    for (std::size_t place = 0; place < planned.size(); ++place) {
        const Decision& decision = *planned[place].decision;
        const std::string step = decision.step() ? decision.step()->code : std::string();
        const std::string why = why_of(decision);
        const std::string outcome(name_of(decision.outcome));
        rows->row({run, decision.customer.value, outcome, step, messages[place].value, why});
    }
    rows->finish();
}

/// One chunk, one transaction.
void write_chunk(store::Connection& connection, const RunRecord& record, std::span<const Planned> planned,
                 Instant now) {
    store::Transaction transaction(connection);
    std::vector<NewMessage> wanted;
    std::vector<std::size_t> places;
    for (std::size_t place = 0; place < planned.size(); ++place) {
        if (!planned[place].message) continue;
        wanted.push_back(*planned[place].message);
        wanted.back().run = record.number;
        places.push_back(place);
    }
    const auto ids = correspondence::request_all(connection, wanted, record.user, now);
    std::vector<MessageId> messages(planned.size());
    for (std::size_t one = 0; one < ids.size(); ++one) {
        if (ids[one]) messages[places[one]] = *ids[one];
    }
    write_outcomes(connection, record.number, planned, messages);
    transaction.commit();
}

/// Thank-yous and new invoices' notices that the scenario lets the product send by itself.
std::vector<NewMessage> automatic_notices(const Perimeter& perimeter, const DecidedRun& run,
                                          const DecideQuery& query) {
    std::vector<NewMessage> all;
    for (const DueNotice& due : decide_notices(perimeter, run.book, query, {*run.policy, *run.state})) {
        if (due.notice->mode == Mode::automatic) all.push_back(message_of(due, query.moment.as_of));
    }
    return all;
}

}  // namespace

Result<RunRecord> Reminders::run(const Perimeter& perimeter, const Author& author, const RunWish& wish) {
    if (wish.day > service_.today() && !wish.dry)
        return refuse(RefusalCode::field_invalid, {{"field", "day"}, {"reason", wish.day.iso()}});
    DecideQuery query;
    query.moment = {wish.day, known_now};
    const Clock& clock = service_.ledger().clock();
    RunRecord record{0, wish.day, wish.source, author.user, clock.now(), {}, 0, 0, 0, 0, 0, 0};
    const auto connection = service_.ledger().database().lease();
    if (!wish.dry) {
        store::Transaction transaction(*connection);
        record.number = store::allot(*connection, "run", 1);
        if (!wish.once.empty() && connection->integer(run_with_word, {wish.once}))
            return refuse(RefusalCode::run_done, {{"day", wish.day.iso()}});
        const store::Value once = wish.once.empty() ? store::Value(nullptr) : store::Value(wish.once);
        connection->run(
            add_run, {record.number, static_cast<std::int64_t>(wish.day.days()), wish.source, once,
                      author.user.value, service_.ledger().book().last_fact().value, record.started.micros});
        transaction.commit();
    }
    const DecidedRun decided = service_.decide(perimeter, query);
    const std::vector<Planned> planned = plan(decided);
    for (const Planned& one : planned) count(one, record);
    std::vector<NewMessage> notices = automatic_notices(perimeter, decided, query);
    record.requested += static_cast<std::int64_t>(notices.size());
    if (wish.dry) return record;
    for (std::size_t from = 0; from < planned.size(); from += chunk) {
        const std::size_t size = std::min(chunk, planned.size() - from);
        write_chunk(*connection, record, std::span(planned).subspan(from, size), clock.now());
    }
    record.finished = clock.now();
    store::Transaction transaction(*connection);
    for (NewMessage& notice : notices) notice.run = record.number;
    correspondence::request_all(*connection, notices, author.user, record.finished);
    connection->run(end_run, {record.number, record.finished.micros, record.requested, record.to_do,
                              record.waiting, record.held, record.nothing, record.failed});
    transaction.commit();
    return record;
}

}  // namespace countback::collections
