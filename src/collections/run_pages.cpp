// COL-11: runs as records, and what came of each customer.
#include <limits>
#include <unordered_map>

#include "base/text.h"
#include "collections/queries.h"
#include "collections/reminder_pages.h"
#include "collections/run_lines.h"
#include "collections/words.h"
#include "correspondence/selected.h"
#include "locale/texts.h"

namespace countback::collections {

namespace {

constexpr std::int64_t runs_max = 100;
constexpr std::int64_t outcomes_max = 500;

json::object run_json(const RunRecord& run, const UserName& user_name) {
    const bool ended = run.finished.micros > 0;
    const bool dry = run.number == 0;
    return {{"id", dry ? json::value(nullptr) : json::value(run.number)},
            {"day", run.day.iso()},
            {"source", run.source},
            {"by", run.user ? json::value(user_name(run.user)) : json::value(nullptr)},
            {"started_at", run.started.rfc3339()},
            {"finished_at", ended ? json::value(run.finished.rfc3339()) : json::value(nullptr)},
            {"requested", run.requested},
            {"to_do", run.to_do},
            {"waiting", run.waiting},
            {"held", run.held},
            {"nothing", run.nothing},
            {"failed", run.failed}};
}

RunRecord run_from(const store::Row& row) {
    RunRecord run = begun_run(row);
    run.finished = Instant{row.integer(5)};
    run.requested = row.integer(6);
    run.to_do = row.integer(7);
    run.waiting = row.integer(8);
    run.held = row.integer(9);
    run.nothing = row.integer(10);
    run.failed = row.integer(11);
    return run;
}

/// Who sees everything reads the counts kept; another's are of the customers she may see and selected,
/// whoever made it.
class SeenCounts {
public:
    SeenCounts(const access::Caller& caller, Collections& service, Selection selection)
        : perimeter_(caller.perimeter),
          book_(service.ledger().book()),
          today_(service.today()),
          selection_(std::move(selection)) {}

    void read(store::Connection& connection, RunRecord& run) {
        if (!perimeter_.admits_everything() || correspondence::names_any(selection_)) {
            read_counts(connection, run, [this](CustomerId customer) { return admits(customer); });
        } else if (run.finished.micros == 0) {
            read_counts(connection, run);
        }
    }

    bool admits(CustomerId customer) {
        const auto [known, added] = known_.emplace(customer, false);
        const auto account = added ? book_.account(customer) : std::nullopt;
        if (account) known->second = book_.admits(perimeter_, selection_, {today_, known_now}, *account);
        return known->second;
    }

private:
    const Perimeter& perimeter_;
    Snapshot book_;
    Date today_;
    Selection selection_;
    std::unordered_map<CustomerId, bool> known_;
};

/// A kept line, with the scenario that names its steps; none of a scenario since removed.
struct KeptNote {
    Note note;
    const Scenario* scenario = nullptr;
};

KeptNote kept_note(std::string_view line, const Policy& policy) {
    KeptNote kept;
    for (const std::string_view part : split(line, '\t')) {
        const auto equals = part.find('=');
        if (kept.note.code.empty()) {
            kept.note.code = part;
            continue;
        }
        if (equals == std::string_view::npos) continue;
        const std::string_view name = part.substr(0, equals), value = part.substr(equals + 1);
        if (name == "of_item") {
            kept.note.item = ItemId{http::parse_id(value).value_or(0)};
        } else if (name == "of_scenario") {
            kept.scenario = policy.scenario(static_cast<int>(http::parse_id(value).value_or(0)));
        } else {
            kept.note.data.emplace_back(name, value);
        }
    }
    return kept;
}

/// The texts of the reasons kept as `code \t name=value` a line: steps by their names, items by number.
json::array why_json(std::string_view text, const Policy& policy, PageNames& names) {
    json::array array;
    for (const std::string_view line : split(text, '\n')) {
        if (line.empty()) continue;
        const KeptNote kept = kept_note(line, policy);
        array.emplace_back(json::object{{"code", kept.note.code},
                                        {"text", text_of("reason", kept.note, kept.scenario, names)}});
    }
    return array;
}

}  // namespace

Answer run_page(const ReminderPages& pages, const access::Caller& caller, const http::Request& request) {
    const auto object = http::read_object(request, {"date", "dry_run"});
    if (!object) return tl::unexpected(object.error());
    http::BodyReader body(*object);
    RunWish wish;
    wish.day = body.optional_date("date").value_or(pages.reminders.service().today());
    const json::value* dry = object->if_contains("dry_run");
    wish.dry = dry && dry->is_bool() && dry->as_bool();
    if (body.refusal()) return tl::unexpected(*body.refusal());
    const auto run = pages.reminders.run(caller.perimeter, {caller.user, "desk"}, wish);
    if (!run) return tl::unexpected(run.error());
    pages.wake();
    return http::json_answer(run_json(*run, pages.user_name), wish.dry ? 200 : 201);
}

Answer runs_page(const ReminderPages& pages, const access::Caller& caller, const http::Request& request) {
    http::QueryReader query(request);
    const auto before = query.id("before").value_or(std::numeric_limits<std::int64_t>::max());
    const auto limit = query.whole("limit", 30, 1, runs_max);
    Selection selection = correspondence::selected(query);
    if (query.refusal()) return tl::unexpected(*query.refusal());
    const auto connection = pages.reminders.service().ledger().database().lease();
    json::array rows;
    std::vector<RunRecord> runs;
    connection->each(runs_before, {before, limit},
                     [&](const store::Row& row) { runs.push_back(run_from(row)); });
    SeenCounts seen(caller, pages.reminders.service(), std::move(selection));
    for (RunRecord& run : runs) {
        seen.read(*connection, run);
        rows.push_back(run_json(run, pages.user_name));
    }
    return http::json_answer(json::object{{"rows", std::move(rows)}});
}

Answer outcomes_page(const ReminderPages& pages, const access::Caller& caller, const http::Request& request) {
    const auto run = path_id(request, "id");
    if (!run) return tl::unexpected(run.error());
    http::QueryReader query(request);
    const auto after = query.id("after").value_or(0);
    const auto limit = query.whole("limit", 100, 1, outcomes_max);
    const auto wanted = query.text("outcome");
    Selection selection = correspondence::selected(query);
    if (query.refusal()) return tl::unexpected(*query.refusal());
    Collections& service = pages.reminders.service();
    const Snapshot book = service.ledger().book();
    PageNames names(service.ledger().database(), caller.language, pages.user_name);
    std::optional<RunRecord> record;
    names.connection().each(runs_before, {*run + 1, 1},
                            [&](const store::Row& row) { record = run_from(row); });
    if (!record || record->number != *run) return refuse(RefusalCode::not_found, {{"what", "run"}});
    SeenCounts seen(caller, service, std::move(selection));
    seen.read(names.connection(), *record);
    struct Line {
        CustomerId customer;
        std::string outcome, step, why;
        std::int64_t message = 0;
    };
    std::vector<Line> lines;
    std::int64_t last = after;
    constexpr std::int64_t read_max = 100'000;
    names.connection().each(outcomes_of_run, {*run, after, read_max}, [&](const store::Row& row) {
        if (static_cast<std::int64_t>(lines.size()) >= limit) return;
        if (wanted && row.text(1) != *wanted) return;
        const CustomerId customer{row.integer(0)};
        if (!seen.admits(customer)) return;
        last = customer.value;
        lines.push_back({customer, std::string(row.text(1)), std::string(row.text(2)),
                         std::string(row.text(4)), row.integer(3)});
    });
    const auto policy = service.policy();
    json::array rows;
    for (const Line& line : lines) {
        rows.emplace_back(
            json::object{{"customer", names.customer_json(line.customer)},
                         {"outcome", line.outcome},
                         {"step", line.step.empty() ? json::value(nullptr) : json::value(line.step)},
                         {"message", line.message == 0 ? json::value(nullptr) : json::value(line.message)},
                         {"why", why_json(line.why, *policy, names)}});
    }
    const bool more = static_cast<std::int64_t>(lines.size()) == limit;
    return http::json_answer(json::object{{"run", run_json(*record, pages.user_name)},
                                          {"rows", std::move(rows)},
                                          {"next", more ? json::value(last) : json::value(nullptr)}});
}

}  // namespace countback::collections
