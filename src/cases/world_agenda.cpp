// Calls, what was done with a customer, and the agenda's other sections (COL-10).
#include "cases/world.h"
#include "collections/promises_due.h"
#include "collections/sections.h"

namespace countback::cases {

namespace {

using collections::CallOutcome;

CallOutcome outcome_named(const std::string& name) {
    for (int number = 1; number <= 5; ++number) {
        const auto outcome = static_cast<CallOutcome>(number);
        if (collections::name_of(outcome) == name) return outcome;
    }
    throw CaseFailure("reached, not_reached, call_back, promised or disputed");
}

}  // namespace

/// `call ACME reached "what was said"`, `call ACME call_back on 2025-03-10`
void World::call(Words& words) {
    collections::NewCall call;
    call.customer = customer_named(words.next("a customer"));
    call.outcome = outcome_named(words.next("what came of it"));
    call.back = words.date("on");
    call.note = words.rest();
    const auto mark = granted(collections_->note_call(Perimeter::whole(), {{}, "case"}, call));
    if (mark != 0) marks_[call.customer] = mark;
}

/// `expect did ACME call`, `expect did ACME reached`, `… skipped`, `… contact`, `… taken_back`, `… nothing`,
/// with `saying "words"`: the last thing done with the customer.
void World::expect_did(Words& words) {
    const CustomerId customer = customer_named(words.next("a customer"));
    const auto all = collections::done_with(*database_->lease(), customer, 1'000'000'000, 1);
    const auto note = words.value("saying");
    std::string got;
    if (!all.empty()) {
        const collections::DoneEntry& last = all.front();
        if (!last.step.empty()) got = last.step;
        if (last.call) got += (got.empty() ? "" : ",") + std::string(collections::name_of(*last.call));
        if (last.skipped) got += ",skipped";
        if (last.taken_back) got += ",taken_back";
        if (note) expect_same("what was said", *note, last.note);
    }
    expect_same("done", words.next("what was done"), got.empty() ? "nothing" : got);
    words.finish();
}

/// `expect sections ACME upcoming,snoozed`, `expect sections ACME none`: where the agenda shows the customer
/// beside the actions due.
void World::expect_sections(Words& words) {
    const CustomerId customer = customer_named(words.next("a customer"));
    const std::string wanted = words.next("sections, or none");
    words.finish();
    collections::DecideQuery query{{}, {clock_.today(), known_now}};
    const auto run = collections_->decide(Perimeter::whole(), query);
    const Perimeter all = Perimeter::whole();
    const AccountRow account = *run.book.account(customer);
    std::string got;
    const auto add = [&](const std::string& section) { got += (got.empty() ? "" : ",") + section; };
    for (const auto& one : collections::upcoming_steps(run.decisions, 5))
        if (one.decision->account == account) add("upcoming");
    const auto connection = database_->lease();
    for (const auto& one : collections::agenda_errors(*connection, all, run.book, query, run.decisions))
        if (one.account == account) add(one.what);
    for (const auto& one : collections::snoozed_customers(all, run.book, query, *run.state))
        if (one.account == account) add("snoozed");
    for (const auto& one : collections::notices_to_confirm(all, run.book, query, {*run.policy, *run.state}))
        if (one.customer == customer) add(one.notice->code);
    const collections::Run moment = collections::make_run(run.book, *run.policy, *run.state, query.moment);
    for (const auto& one : collections::promises_due(moment, all, {}))
        if (one.group.first().account == account)
            add("promise_" + std::string(collections::name_of(one.result.state)));
    expect_same("sections", wanted, got.empty() ? "none" : got);
}

}  // namespace countback::cases
