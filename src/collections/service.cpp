#include "collections/service.h"

#include "collections/queries.h"
#include "correspondence/sender_card.h"
#include "locale/time_zone.h"
#include "parties/directory.h"

namespace countback::collections {

namespace {

struct Marked {
    int scenario = 0;
    ItemId leader;
    const Step* step = nullptr;
};

/// The mark's number.
std::int64_t append_step(store::Connection& connection, const Author& author, const StepMark& mark,
                         const Marked& marked, Instant now) {
    const std::int64_t row = store::allot(connection, row_numbers, 1);
    const bool skipped = mark.what == StepMark::What::skipped;
    const bool contact = !skipped && is_contact(marked.step->channel);
    connection.run(add_step_done, {row, mark.customer.value, marked.scenario, marked.leader.value,
                                   marked.step->code, static_cast<std::int64_t>(mark.day.days()),
                                   skipped ? 1 : 0, contact ? 1 : 0, author.user.value, now.micros});
    if (!mark.reason.empty()) connection.run(add_step_reason, {row, mark.reason});
    return row;
}

}  // namespace

tl::unexpected<Refusal> with_head(store::Connection& connection, CustomerId head) {
    const auto customer = parties::customer(connection, head);
    return refuse(RefusalCode::chased_with_group, {{"customer", customer ? customer->name : std::string()}});
}

Result<AccountRow> admitted_account(const Perimeter& perimeter, const Snapshot& book, CustomerId customer,
                                    Date today) {
    const auto account = book.account(customer);
    const Selection everything;
    if (!account || !book.admits(perimeter, everything, {today, known_now}, *account)) {
        return refuse(RefusalCode::not_found, {{"what", "customer"}});
    }
    return *account;
}

namespace {

Date day_where(store::Connection& connection, const Clock& clock, EntityId id) {
    Entity entity;
    entity.id = id;
    const std::string zone = correspondence::sender_card(connection, entity).time_zone;
    const auto local = zone.empty() ? std::nullopt : locale::local_time(clock.now(), zone);
    return local ? local->day : clock.today();
}

}  // namespace

Date Collections::today(EntityId entity) {
    return day_where(*ledger_.database().lease(), ledger_.clock(), entity);
}

Date Collections::today(CustomerId customer) {
    const Snapshot book = ledger_.book();
    const auto account = book.account(customer);
    return account ? today(book.entity(*account)) : today();
}

std::map<Date, Perimeter> Collections::by_day(const Perimeter& perimeter) {
    const auto connection = ledger_.database().lease();
    std::map<Date, Perimeter> parts;
    for (const Entity& entity : parties::entities(*connection)) {
        if (!perimeter.admits(entity.id)) continue;
        Perimeter& part = parts[day_where(*connection, ledger_.clock(), entity.id)];
        part.entities.push_back(entity.id);
        part.all_collectors = perimeter.all_collectors;
        part.collectors = perimeter.collectors;
    }
    if (parts.size() == 1) parts.begin()->second = perimeter;
    return parts;
}

DecidedRun Collections::undecided(Moment moment) {
    return {{moment.as_of, moment.known_at, {}, {}, 0}, ledger_.book(), policy(), memory_.state()};
}

DecidedRun Collections::decide(const Perimeter& perimeter, const DecideQuery& query) {
    DecidedRun run = undecided(query.moment);
    run.decisions = collections::decide(perimeter, run.book, query, {*run.policy, *run.state});
    return run;
}

Result<std::int64_t> Collections::mark_step(const Perimeter& perimeter, const Author& author,
                                            const StepMark& mark) {
    if (mark.day > today())
        return refuse(RefusalCode::field_invalid, {{"field", "day"}, {"reason", mark.day.iso()}});
    if (mark.what == StepMark::What::skipped && mark.reason.empty())
        return refuse(RefusalCode::reason_missing);
    std::int64_t number = 0;
    const auto written = ledger_.write(author, [&](Writing& writing) -> Result<void> {
        const auto account = admitted_account(perimeter, writing.book(), mark.customer, today());
        if (!account) return tl::unexpected(account.error());
        DecideQuery query;
        query.selection.customers = {mark.customer};
        query.moment = {mark.day, known_now};
        const auto state = memory_.state();
        const auto stands = policy();
        const auto decisions = collections::decide(perimeter, writing.book(), query, {*stands, *state});
        const Decision* decision = decisions.rows.empty() ? nullptr : &decisions.rows.front();
        if (decision && decision->head) {
            return with_head(writing.connection(), *decision->head);
        }
        if (!decision || !decision->step()) {
            return refuse(RefusalCode::not_found, {{"what", "step"}});
        }
        number = append_step(writing.connection(), author, mark,
                             {decision->scenario->number, decision->leader->item, decision->step()},
                             ledger_.clock().now());
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return number;
}

Result<std::size_t> Collections::mark_due_steps(const Author& author, Date day,
                                                const std::function<bool(CustomerId)>& keep) {
    if (day > today()) return refuse(RefusalCode::field_invalid, {{"field", "day"}, {"reason", day.iso()}});
    DecideQuery query;
    query.moment = {day, known_now};
    const DecidedRun run = decide(Perimeter::whole(), query);
    std::size_t count = 0;
    const auto written = ledger_.write(author, [&](Writing& writing) -> Result<void> {
        for (const Decision& decision : run.decisions.rows) {
            if (decision.outcome != Outcome::due || !decision.next_step_due || !keep(decision.customer))
                continue;
            append_step(writing.connection(), author, {decision.customer, StepMark::What::done, day, {}},
                        {decision.scenario->number, decision.leader->item, decision.step()},
                        ledger_.clock().now());
            ++count;
        }
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return count;
}

Result<void> Collections::take_back_mark(const Perimeter& perimeter, const Author& author,
                                         CustomerId customer, std::int64_t mark) {
    const auto written = ledger_.write(author, [&](Writing& writing) -> Result<void> {
        const auto account = admitted_account(perimeter, writing.book(), customer, today());
        if (!account) return tl::unexpected(account.error());
        store::Connection& connection = writing.connection();
        bool open = false;
        connection.each(step_of_mark, {mark}, [&](const store::Row& row) {
            open = row.integer(0) == customer.value && row.integer(3) == 0;
        });
        if (!open) return refuse(RefusalCode::not_found, {{"what", "step"}});
        const std::int64_t row = store::allot(connection, row_numbers, 1);
        connection.run(add_taken_back, {row, mark, author.user.value, ledger_.clock().now().micros});
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return {};
}

Result<int> Collections::number_of(std::string_view scenario) {
    if (scenario.empty()) return 0;
    const auto stands = policy();
    const Scenario* found = stands->scenario(scenario);
    if (found && found->state == Scenario::State::active) return found->number;
    return refuse(RefusalCode::field_invalid, {{"field", "scenario"}, {"reason", std::string(scenario)}});
}

Result<void> Collections::choose_for_customer(const Perimeter& perimeter, const Author& author,
                                              CustomerId customer, std::string_view scenario) {
    const auto number = number_of(scenario);
    if (!number) return tl::unexpected(number.error());
    const auto written = ledger_.write(author, [&](Writing& writing) -> Result<void> {
        const auto account = admitted_account(perimeter, writing.book(), customer, today());
        if (!account) return tl::unexpected(account.error());
        writing.add(AttributeFact{{}, customer, Attribute::scenario, *number, today()});
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return {};
}

Result<void> Collections::choose_for_item(const Perimeter& perimeter, const Author& author, ItemId item,
                                          std::string_view scenario) {
    const auto number = number_of(scenario);
    if (!number) return tl::unexpected(number.error());
    const auto written = ledger_.write(author, [&](Writing& writing) -> Result<void> {
        const auto row = writing.book().item(item);
        const auto view = row ? writing.book().view(*row, known_now) : std::nullopt;
        if (!view) return refuse(RefusalCode::not_found, {{"what", "item"}});
        const auto account =
            admitted_account(perimeter, writing.book(), writing.book().customer(view->account), today());
        if (!account) return tl::unexpected(account.error());
        const std::int64_t number_of_row = store::allot(writing.connection(), row_numbers, 1);
        writing.connection().run(add_item_scenario, {number_of_row, item.value, *number, author.user.value,
                                                     ledger_.clock().now().micros});
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return {};
}

}  // namespace countback::collections
