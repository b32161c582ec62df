// COL-11: a run is a record. It asks for the automatic reminders and notices and keeps, for each customer,
// what and why.
//
// Its row is written first, then customers in chunks, each one transaction: outcomes with the messages asked
// for. Cut short, it is taken up again on the same day by whoever comes first: customers with an outcome are
// done, the others are decided anew. One message a customer and day: the reminder first, then one notice.
#include <algorithm>
#include <boost/json.hpp>
#include <unordered_set>

#include "collections/queries.h"
#include "collections/reminders.h"
#include "collections/run_lines.h"

namespace countback::collections {

using correspondence::NewMessage;

namespace {

namespace json = boost::json;

/// Customers of one transaction: others write in between.
constexpr std::size_t chunk = 500;
/// Nobody else takes a run up before, however long it decides; renewed with each chunk.
constexpr std::int64_t held_micros = 600'000'000;

json::array ids_json(const auto& ids) {
    json::array array;
    for (const auto id : ids) array.emplace_back(id.value);
    return array;
}

std::string perimeter_text(const Perimeter& perimeter) {
    return json::serialize(json::object{{"all_entities", perimeter.all_entities},
                                        {"all_collectors", perimeter.all_collectors},
                                        {"entities", ids_json(perimeter.entities)},
                                        {"collectors", ids_json(perimeter.collectors)}});
}

Perimeter perimeter_of(std::string_view text) {
    const json::value kept = json::parse(text);
    Perimeter perimeter;
    perimeter.all_entities = kept.at("all_entities").as_bool();
    perimeter.all_collectors = kept.at("all_collectors").as_bool();
    for (const json::value& id : kept.at("entities").as_array())
        perimeter.entities.push_back(EntityId{id.as_int64()});
    for (const json::value& id : kept.at("collectors").as_array())
        perimeter.collectors.push_back(LabelId{id.as_int64()});
    return perimeter;
}

/// What the run decides over: each part on the day it is where its entities are.
std::vector<RunPart> parts_of(Collections& service, const Perimeter& perimeter, std::optional<Date> day) {
    std::map<Date, Perimeter> days;
    if (day) days.emplace(*day, perimeter);
    if (!day) days = service.by_day(perimeter);
    std::vector<RunPart> parts;
    for (const auto& [date, some] : days) {
        DecideQuery query;
        query.moment = {date, known_now};
        RunPart part{service.decide(some, query), {}};
        const Dunning dunning{*part.run.policy, *part.run.state};
        part.notices = decide_notices(some, part.run.book, query, dunning);
        parts.push_back(std::move(part));
    }
    return parts;
}

/// One chunk, one transaction. False when another process has taken the run up meanwhile: nothing is written.
bool write_chunk(store::Connection& connection, const RunRecord& record, std::span<RunLine> lines,
                 const RunHolder& holder, Instant now) {
    store::Transaction transaction(connection);
    if (connection.run(keep_run, {record.number, holder.name, holder.name, now.micros + held_micros}) == 0)
        return false;
    std::vector<NewMessage> wanted;
    std::vector<RunLine*> asking;
    for (RunLine& line : lines) {
        if (!line.message) continue;
        wanted.push_back(*line.message);
        wanted.back().run = record.number;
        asking.push_back(&line);
    }
    const auto ids = correspondence::request_all(connection, wanted, record.user, now);
    for (std::size_t one = 0; one < ids.size(); ++one) asking[one]->settle(ids[one]);
    const auto rows = connection.bulk("run_outcome", run_outcome_columns);
    for (const RunLine& line : lines) {
        const std::string why = line.why();
        const std::string outcome(name_of(line.outcome));
        rows->row({record.number, line.customer.value, outcome, line.step, line.id.value, why});
    }
    rows->finish();
    transaction.commit();
    return true;
}

/// Lets a run go that ends before its end: it is taken up again at once.
class Held {
public:
    Held(store::Connection& connection, std::int64_t run, const RunHolder& holder)
        : connection_(connection), run_(run), holder_(holder) {}
    ~Held() {
        if (done_) return;
        try {
            store::Transaction transaction(connection_);
            connection_.run(keep_run, {run_, holder_.name, "", std::int64_t{0}});
            transaction.commit();
        } catch (...) {  // NOLINT(bugprone-empty-catch): the database is gone; time lets the run go
        }
    }
    void done() { done_ = true; }

private:
    store::Connection& connection_;
    std::int64_t run_;
    const RunHolder& holder_;
    bool done_ = false;
};

/// Takes the run for this process, unless somebody else was quicker.
bool taken(store::Connection& connection, std::int64_t run, const RunHolder& holder, Instant now) {
    store::Transaction transaction(connection);
    store::allot(connection, "run", 0);  // its lock lasts to the commit: one taker at a time
    bool free = false;
    connection.each(holder_of_run, {run}, [&](const store::Row& row) {
        const bool gone = holder.is_gone && !row.text(0).empty() && holder.is_gone(row.text(0));
        free = gone || row.integer(1) <= now.micros;
    });
    if (free) connection.run(hold_run, {run, holder.name, now.micros + held_micros});
    transaction.commit();
    return free;
}

}  // namespace

Result<Perimeter> Reminders::begin_run(store::Connection& connection, const Perimeter& perimeter,
                                       const RunWish& wish, RunRecord& record) {
    store::Transaction transaction(connection);
    record.number = store::allot(connection, "run", 1);
    const std::int64_t day = wish.day.days();
    std::vector<EntityId> night;
    for (const EntityId entity : wish.night) {
        if (!connection.integer(night_of, {entity.value, day})) night.push_back(entity);
    }
    if (!wish.night.empty() && night.empty()) return refuse(RefusalCode::run_done, {{"day", wish.day.iso()}});
    Perimeter part = perimeter;
    if (night.size() != wish.night.size()) {
        part.all_entities = false;
        part.entities = night;
    }
    connection.run(add_run, {record.number, day, wish.source, nullptr, record.user.value,
                             service_.ledger().book().last_fact().value, record.started.micros});
    connection.run(take_run,
                   {record.number, holder_.name, record.started.micros + held_micros, perimeter_text(part)});
    for (const EntityId entity : night) connection.run(add_night, {entity.value, day, record.number});
    transaction.commit();
    return part;
}

bool Reminders::make_run(store::Connection& connection, const Perimeter& perimeter, RunRecord& record) {
    Held held(connection, record.number, holder_);
    const Clock& clock = service_.ledger().clock();
    std::unordered_set<CustomerId> done;
    connection.each(outcome_customers, {record.number},
                    [&](const store::Row& row) { done.insert(CustomerId{row.integer(0)}); });
    const std::vector<RunPart> parts = parts_of(service_, perimeter, std::nullopt);
    std::vector<RunLine> lines = run_lines(parts);
    std::erase_if(lines, [&](const RunLine& line) { return done.contains(line.customer); });
    for (std::size_t from = 0; from < lines.size(); from += chunk) {
        const std::size_t size = std::min(chunk, lines.size() - from);
        if (!write_chunk(connection, record, std::span(lines).subspan(from, size), holder_, clock.now()))
            return false;
    }
    store::Transaction transaction(connection);
    const Instant now = clock.now();
    if (connection.run(keep_run, {record.number, holder_.name, holder_.name, now.micros}) == 0) return false;
    record.finished = now;
    read_counts(connection, record);
    connection.run(end_run, {record.number, record.finished.micros, record.requested, record.to_do,
                             record.waiting, record.held, record.nothing, record.failed});
    transaction.commit();
    held.done();
    return true;
}

Result<RunRecord> Reminders::run(const Perimeter& perimeter, const Author& author, const RunWish& wish) {
    RunRecord record{0, wish.day, wish.source, author.user, service_.ledger().clock().now(), {}, 0, 0, 0, 0,
                     0, 0};
    const bool today = wish.day == service_.today();
    if (wish.dry) {
        const auto day = today ? std::nullopt : std::optional(wish.day);
        const std::vector<RunPart> parts = parts_of(service_, perimeter, day);  // the lines point into it
        for (const RunLine& line : run_lines(parts)) line.count(record);
        return record;
    }
    if (!today && wish.night.empty())
        return refuse(RefusalCode::field_invalid, {{"field", "date"},
                                                   {"reason", "only_dry"},
                                                   {"date", wish.day.iso()},
                                                   {"today", service_.today().iso()}});
    const auto connection = service_.ledger().database().lease();
    const auto begun = begin_run(*connection, perimeter, wish, record);
    if (!begun) return tl::unexpected(begun.error());
    make_run(*connection, *begun, record);
    return record;
}

int Reminders::take_up() {
    struct Open {
        RunRecord record;
        std::string perimeter;
    };
    const auto connection = service_.ledger().database().lease();
    std::vector<Open> open;
    connection->each(open_runs, {}, [&](const store::Row& row) {
        open.push_back({begun_run(row), std::string(row.text(7))});
    });
    int finished = 0;
    for (Open& one : open) {
        const Perimeter perimeter = perimeter_of(one.perimeter);
        const bool over =
            one.record.day != service_.today() && !service_.by_day(perimeter).contains(one.record.day);
        if (over || !taken(*connection, one.record.number, holder_, service_.ledger().clock().now()))
            continue;
        if (make_run(*connection, perimeter, one.record)) ++finished;
    }
    return finished;
}

}  // namespace countback::collections
