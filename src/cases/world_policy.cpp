// Edits of the policy, actions of their own, snoozes, notices and replays of a case.
#include <algorithm>

#include "cases/world.h"
#include "collections/notices.h"
#include "collections/policy_edit.h"
#include "collections/simulate.h"

namespace countback::cases {

namespace {

using collections::Channel;

Channel channel_named(const std::string& name) {
    if (const auto channel = collections::parse_channel(name)) return *channel;
    throw CaseFailure("not a channel: " + name);
}

collections::Step& step_named(collections::Scenario& scenario, const std::string& code) {
    const auto* step = scenario.step(code);
    if (!step) throw CaseFailure("no such step: " + code);
    return scenario.steps[static_cast<std::size_t>(step - scenario.steps.data())];
}

}  // namespace

/// `edit standard remove second`, `edit standard weekdays reminder 1,4`, `edit standard ceiling reminder
/// 500.00`, `edit standard automatic reminder,new_invoice`, `edit standard channel reminder letter`, `edit
/// standard retire`: the scenario as a person saves it.
void World::edit(Words& words) {
    const auto* known = policy_.scenario(words.next("a scenario"));
    if (!known) throw CaseFailure("no such scenario");
    collections::Scenario scenario = *known;
    if (words.flag("retire")) scenario.state = collections::Scenario::State::retired;
    if (const auto code = words.value("remove"))
        std::erase_if(scenario.steps, [&](const auto& step) { return step.code == *code; });
    if (const auto code = words.value("weekdays")) {
        unsigned days = 0;
        for (const std::string& day : comma_list(words.next("weekdays"))) days |= 1U << (day.at(0) - '1');
        step_named(scenario, *code).weekdays = static_cast<std::uint8_t>(days);
    }
    if (const auto code = words.value("ceiling")) {
        const Currency euro = *Currency::parse("EUR");
        step_named(scenario, *code).ceilings = {
            {parse_decimal(words.next("an amount"), euro).value_or(0), euro}};
    }
    for (const std::string& code : comma_list(words.value("automatic").value_or(""))) {
        for (auto& notice : scenario.notices) {
            if (notice.code == code) notice.mode = collections::Mode::automatic;
        }
        if (scenario.step(code)) step_named(scenario, code).mode = collections::Mode::automatic;
    }
    if (const auto code = words.value("channel"))
        step_named(scenario, *code).channel = channel_named(words.next("a channel"));
    words.finish();
    for (auto& one : policy_.scenarios) {
        for (auto& step : one.steps) {
            if (step.template_code.empty()) step.template_code = "reminder_1";
        }
    }
    for (auto& step : scenario.steps) step.template_code = "reminder_1";
    policy_ = granted(collections::with_scenario(policy_, scenario));
    collections_ = std::make_unique<collections::Collections>(*ledger_, policy_);
}

/// `save seen 0`: the policy into the database over the version that was seen; the company then follows it.
void World::save(Words& words) {
    if (words.begins_with("text")) return save_text(words);
    const std::string seen = words.value("seen").value_or("0");
    words.finish();
    collections::PolicyStore store(*database_, clock_);
    for (auto& scenario : policy_.scenarios) {
        for (auto& step : scenario.steps) {
            if (step.template_code.empty()) step.template_code = "reminder_1";
        }
    }
    granted(store.save({{}, policy_, std::stoll(seen), "case"}));
    collections_ = std::make_unique<collections::Collections>(*ledger_);
}

/// `own F-001 on 2025-03-20 call "what it is about"`: an action of its own for that item.
void World::own(Words& words) {
    collections::NewSpecificAction action;
    for (const std::string& number : comma_list(words.next("items"))) {
        action.items.push_back(item_named(number));
        action.customer = ledger_->book().customer(view_of(number).account);
    }
    action.day = words.date("on").value_or(clock_.today());
    action.channel = channel_named(words.next("a channel"));
    action.template_code = words.value("text").value_or("");
    action.title = words.rest();
    granted(collections_->add_specific_action(Perimeter::whole(), {{}, "case"}, action));
}

/// `own_done ACME`, `own_cancelled ACME`: the last action of its own ends.
void World::end_own(Words& words, collections::SpecificEnd how) {
    const CustomerId customer = customer_named(words.next("a customer"));
    words.finish();
    const auto state = collections_->state();
    const auto open = state->specific.find(customer);
    const std::int64_t number = open == state->specific.end() ? 0 : open->second.back().number;
    granted(collections_->end_specific_action(Perimeter::whole(), {{}, "case"}, {customer, number, how}));
}

/// `snooze ACME until 2025-03-20`, `snooze ACME` takes it up again.
void World::snooze(Words& words) {
    const CustomerId customer = customer_named(words.next("a customer"));
    const auto until = words.date("until");
    words.finish();
    granted(collections_->snooze(Perimeter::whole(), {{}, "case"}, customer, until));
}

/// `noticed F-001 thank_you`: the notice went out today.
void World::noticed(Words& words) {
    const std::string number = words.next("an item");
    const std::string notice = words.next("a notice");
    words.finish();
    const CustomerId customer = ledger_->book().customer(view_of(number).account);
    granted(
        collections_->note_notices({{}, "case"}, {customer, {item_named(number)}, notice, clock_.today()}));
}

/// `expect notice ACME thank_you items F-001 total 100.00 EUR`, `expect notice ACME none`
void World::expect_notice(Words& words) {
    const CustomerId customer = customer_named(words.next("a customer"));
    const std::string wanted = words.next("a notice");
    const std::string items = words.value("items").value_or("");
    const auto total = words.value("total");
    const std::string currency = total ? words.next("a currency") : std::string();
    words.finish();
    const auto policy = collections_->policy();
    const auto state = collections_->state();
    const Snapshot book = ledger_->book();
    std::string got, got_items;
    std::int64_t told = 0;
    for (const auto& due : collections::decide_notices(
             Perimeter::whole(), book, {{}, {clock_.today(), known_now}}, {*policy, *state})) {
        if (due.customer != customer) continue;
        if (!due.waits.empty()) {
            got += std::string(got.empty() ? "" : ",") + "waits:" + std::string(due.waits.front().code);
            continue;
        }
        got += (got.empty() ? "" : ",") + due.notice->code;
        for (const auto& item : due.items) {
            got_items += (got_items.empty() ? "" : ",") + number_of(item.item);
            told += item.amount;
        }
    }
    expect_same("notice", wanted, got.empty() ? "none" : got);
    if (!items.empty()) expect_same("items", items, got_items);
    if (total) expect_same("total", *total, decimal(told, *Currency::parse(currency)));
}

/// `expect replay from D to D email 3 call 1 touched 2 clashes 0 capped 0`
void World::expect_replay(Words& words) {
    collections::SimulationQuery query;
    query.from = words.date("from").value_or(clock_.today());
    query.to = words.date("to").value_or(clock_.today());
    query.known_at = known_now;
    const auto policy = collections_->policy();
    const auto state = collections_->state();
    const Snapshot book = ledger_->book();
    const bool really = words.flag("really");
    const auto replay = really ? collections::really_done(Perimeter::whole(), book, query, {*policy, *state},
                                                          collections::sent_messages(*database_->lease()))
                               : collections::simulate(Perimeter::whole(), book, query, {*policy, *state});
    for (std::size_t number = 0; number < collections::channel_count; ++number) {
        const auto channel = static_cast<Channel>(number);
        const auto wanted = words.value(collections::name_of(channel));
        if (!wanted) continue;
        std::int64_t count = 0;
        for (const auto& [week, counts] : replay.actions) count += counts[number];
        expect_same(collections::name_of(channel), *wanted, std::to_string(count));
    }
    const auto same = [&](const char* name, std::int64_t got) {
        if (const auto wanted = words.value(name)) expect_same(name, *wanted, std::to_string(got));
    };
    same("touched", replay.customers_touched);
    same("clashes", replay.clashes);
    same("capped", replay.caps_hit);
    words.finish();
}

}  // namespace countback::cases
