// What a case expects of a decision, a promise, a balance.
#include <algorithm>

#include "cases/world.h"
#include "collections/account.h"
#include "collections/holds.h"
#include "collections/promise.h"
#include "collections/words.h"

namespace countback::cases {

namespace {

using collections::Decision;
using collections::Outcome;

std::string step_name(const Decision& decision, std::optional<std::size_t> step) {
    return step && decision.scenario ? decision.scenario->steps[*step].code : "none";
}

std::string text_of(const std::vector<Money>& sums) {
    std::string text;
    for (const Money& sum : sums) {
        if (!text.empty()) text += " + ";
        text += decimal(sum.minor, sum.currency) + ' ' + std::string(sum.currency.code());
    }
    return text.empty() ? "nothing" : text;
}

std::string totals_of(const Decision& decision) { return text_of(collections::sums_of(decision.asked)); }

}  // namespace

void World::expect(Words& words) {
    static const std::map<std::string, Handler, std::less<>> kinds{
        {"notice", &World::expect_notice},     {"replay", &World::expect_replay},
        {"level", &World::expect_level},       {"promise", &World::expect_promise},
        {"open", &World::expect_open},         {"ageing", &World::expect_ageing},
        {"dso", &World::expect_dso},           {"waterfall", &World::expect_waterfall},
        {"kpi", &World::expect_kpi},           {"behaviour", &World::expect_behaviour},
        {"load", &World::expect_load},         {"working_day", &World::expect_working_day},
        {"field", &World::expect_field},       {"contacts", &World::expect_contacts},
        {"due_date", &World::expect_due_date}, {"replaced", &World::expect_replaced},
        {"mail", &World::expect_message},      {"mails", &World::expect_messages},
        {"taken", &World::expect_taken},       {"penalty", &World::expect_penalty},
        {"did", &World::expect_did},           {"sections", &World::expect_sections},
    };
    const std::string what = words.next("what is expected");
    const auto kind = kinds.find(what);
    if (kind != kinds.end()) return (this->*kind->second)(words);
    expect_decision(words, what);
}

collections::DecidedRun World::decide(CustomerId customer) {
    collections::DecideQuery query{{}, {clock_.today(), known_now}, collections::Detail::whole};
    query.selection.customers = {customer};
    auto run = collections_->decide(Perimeter::whole(), query);
    if (run.decisions.rows.empty()) throw CaseFailure("no decision for this customer");
    return run;
}

/// `expect due ACME step first items F-1,F-2 total 100.00 EUR because "…"`; `nothing` = no action today.
void World::expect_decision(Words& words, const std::string& outcome) {
    const CustomerId customer = customer_named(words.next("a customer"));
    const auto run = decide(customer);
    const Decision& decision = run.decisions.rows.front();
    collections::PageNames names(*database_, Language::en, {});
    std::string reasons;
    for (const auto& note : decision.reasons) {
        reasons +=
            (reasons.empty() ? "" : "; ") + collections::text_of("reason", note, decision.scenario, names);
    }
    const std::string got(collections::name_of(decision.outcome));
    const bool no_action = outcome == "nothing" && decision.outcome != Outcome::due;
    const std::string wanted = outcome == "message" ? "due" : outcome;
    if (!no_action && wanted != got)
        throw CaseFailure("expected " + wanted + ", got " + got + " (" + reasons + ")");
    if (const auto because = words.value("because"); because && reasons.find(*because) == std::string::npos) {
        throw CaseFailure("expected because \"" + *because + "\", got \"" + reasons + '"');
    }
    check_details(words, decision);
    words.finish();
}

void World::check_details(Words& words, const Decision& decision) {
    if (const auto items = words.value("items")) {
        std::string got;
        for (const auto& one : decision.asked) got += (got.empty() ? "" : ",") + number_of(one.item);
        expect_same("items", *items, got);
    }
    if (const auto total = words.pair("total")) expect_same("total", *total, totals_of(decision));
    if (const auto to_pay = words.pair("to_pay")) expect_same("to_pay", *to_pay, text_of(decision.to_pay));
    if (const auto step = words.value("step"))
        expect_same("step", *step, step_name(decision, decision.next_step));
    if (const auto day = words.value("earliest")) {
        expect_same("earliest", *day, decision.earliest ? decision.earliest->iso() : "none");
    }
    if (const auto leader = words.value("leader")) {
        expect_same("leader", *leader, decision.leader ? number_of(decision.leader->item) : "none");
    }
    if (const auto scenario = words.value("scenario")) {
        expect_same("scenario", *scenario, decision.scenario ? decision.scenario->code : "none");
    }
    if (const auto kind = words.value("kind")) {
        expect_same("kind", *kind,
                    decision.kind ? std::string(collections::name_of(*decision.kind)) : "none");
    }
    if (const auto mode = words.value("mode"))
        expect_same("mode", *mode, std::string(collections::name_of(decision.mode)));
    if (const auto priority = words.value("priority")) {
        expect_same("priority", *priority, std::to_string(decision.priority.total));
    }
    for (const auto& grade : decision.priority.grades) {
        if (const auto value = words.value(grade.name)) {
            expect_same(grade.name, *value, std::to_string(grade.grade));
        }
    }
    if (!words.empty()) expect_same("step", words.next("a step"), step_name(decision, decision.next_step));
}

/// `expect level ACME by_time second done first next second earliest D`
void World::expect_level(Words& words) {
    const auto run = decide(customer_named(words.next("a customer")));
    const Decision& decision = run.decisions.rows.front();
    if (const auto step = words.value("by_time"))
        expect_same("by time", *step, step_name(decision, decision.level_by_time));
    if (const auto step = words.value("done"))
        expect_same("done", *step, step_name(decision, decision.level_done));
    if (const auto step = words.value("next"))
        expect_same("next", *step, step_name(decision, decision.next_step));
    if (const auto day = words.value("earliest")) {
        expect_same("earliest", *day, decision.earliest ? decision.earliest->iso() : "none");
    }
    words.finish();
}

/// `expect promise F-001 kept`: as it was recorded on those items.
void World::expect_promise(Words& words) {
    const std::string target = words.next("items or a customer");
    const std::string wanted = words.next("a state");
    words.finish();
    const auto found = standings_.find(target);
    if (found == standings_.end()) throw CaseFailure("nothing was promised on " + target);
    const Snapshot book = ledger_->book();
    const auto state = collections_->state();
    const auto run = collections::make_run(book, policy_, *state, {clock_.today(), known_now});
    collections::Account account;
    const auto standing = book.standing(found->second, known_now);
    if (!standing) return expect_same("promise", wanted, "cancelled");
    collections::read_account(run, standing->account, account);
    for (const auto& promise : account.promises) {
        if (promise.id == found->second)
            return expect_same("promise", wanted, std::string(name_of(promise.result.state)));
    }
    std::vector<StandingView> parts{*standing};
    const auto terms = collections::promise_terms(run, standing->account);
    expect_same("promise", wanted,
                std::string(name_of(collections::promise_result(book, parts, terms, run.moment).state)));
}

/// `expect open F-001 600.00 at D known D`
void World::expect_open(Words& words) {
    const std::string number = words.next("an item");
    const std::string wanted = words.next("an amount");
    const Moment moment = moment_of(words);
    words.finish();
    const Snapshot book = ledger_->book();
    const auto row = book.item(item_named(number));
    const auto view = row ? book.view(*row, moment.known_at) : std::nullopt;
    expect_same("open " + number, wanted, view ? decimal(book.open(*view, moment), view->currency) : "none");
}

/// `expect working_day 2025-05-01 no in FR`
void World::expect_working_day(Words& words) {
    const Date day = words.next_date("a day");
    const std::string wanted = words.next("yes or no");
    const auto set = holiday_set_of(words.value("in").value_or(""));
    words.finish();
    expect_same("working day", wanted,
                WorkingDays(set.value_or(HolidaySet::weekends)).works(day) ? "yes" : "no");
}

}  // namespace countback::cases
