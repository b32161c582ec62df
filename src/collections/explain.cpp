#include "collections/explain.h"

#include <algorithm>

#include "collections/holds.h"

namespace countback::collections {

namespace {

using Data = std::vector<std::pair<std::string, std::string>>;

Note note(std::string_view code, Data data = {}) { return {code, std::move(data), {}, {}}; }

std::string_view code_of(TimingTerm term) {
    switch (term) {
        case TimingTerm::offset:
            return "timed_by_offset";
        case TimingTerm::step_before:
            return "timed_by_step_before";
        case TimingTerm::gap:
            return "timed_by_gap";
    }
    return "timed_by_offset";
}

void add_change(Note change, Decision& decision) {
    if (decision.tells(Detail::explained)) decision.would_change.push_back(std::move(change));
}

void add_reason(Note said, Decision& decision) {
    add_change(said, decision);
    decision.reasons.push_back(std::move(said));
}

void add_hold(const Hold& hold, Decision& decision) { add_reason(hold.note, decision); }

bool told(const Decision& decision, const Hold& hold) {
    return std::any_of(decision.reasons.begin(), decision.reasons.end(), [&](const Note& said) {
        const bool same_standing = hold.note.standing && said.standing == hold.note.standing;
        const bool of_many = !hold.note.item && !hold.note.standing && said.data == hold.note.data;
        return said.code == hold.note.code && (same_standing || of_many);
    });
}

/// Holds of items; what holds several of them once.
void add_item_holds(const Account& account, Decision& decision) {
    for (const AccountItem& one : account.debits) {
        for (const Hold& hold : one.holds) {
            if (!told(decision, hold)) add_hold(hold, decision);
        }
    }
}

ItemOutcome::State state_of(const AccountItem& one, const Decision& decision, Date today) {
    using State = ItemOutcome::State;
    if (one.item.memo()) return State::memo;
    if (one.open < 0) return State::unapplied;
    const auto asked = [&](const AskedItem& item) { return item.item == one.item.id; };
    if (std::any_of(decision.asked.begin(), decision.asked.end(), asked)) return State::chased;
    if (one.chased == 0) return State::excluded;
    return one.item.due < today ? State::chased : State::not_due;
}

void add_items(const std::vector<AccountItem>& items, Date today, Decision& decision) {
    for (const AccountItem& one : items) {
        ItemOutcome outcome{state_of(one, decision, today), one.item.id, {}};
        for (const Hold& hold : one.holds) outcome.reasons.push_back(hold.note);
        decision.items.push_back(std::move(outcome));
    }
}

void add_tried(std::string_view code, const Account& account, const std::vector<Hold>& holds,
               Decision& decision) {
    const std::size_t before = decision.tried.size();
    for (const Hold& hold : holds) {
        if (hold.note.code == code) decision.tried.push_back(hold);
    }
    for (const AccountItem& one : account.debits) {
        for (const Hold& hold : one.holds) {
            if (hold.note.code == code) decision.tried.push_back(hold);
        }
    }
    if (decision.tried.size() == before)
        decision.tried.push_back({note(code), HoldScope::customer, false, {}});
}

}  // namespace

void explain_nothing(std::string_view code, Decision& decision) {
    decision.outcome = Outcome::nothing;
    if (decision.tells(Detail::reasons)) add_reason(note(code), decision);
}

void explain_with_head(CustomerId head, Decision& decision) {
    decision.outcome = Outcome::nothing;
    if (decision.tells(Detail::reasons))
        add_reason(note("chased_with_head", {{"head", std::to_string(head.value)}}), decision);
}

void explain_all_held(const Account& account, Decision& decision) {
    decision.outcome = Outcome::suppressed;
    if (decision.tells(Detail::reasons)) add_item_holds(account, decision);
}

void explain_held(const std::vector<Hold>& holds, Decision& decision) {
    decision.outcome = Outcome::suppressed;
    if (!decision.tells(Detail::reasons)) return;
    for (const Hold& hold : holds) add_hold(hold, decision);
}

void explain_waiting(const Run& run, const Timing& timing, Decision& decision) {
    decision.outcome = Outcome::waiting;
    if (!decision.tells(Detail::reasons)) return;
    Data data{{"step", decision.step()->code}, {"date", decision.earliest->iso()}};
    decision.reasons.push_back(note("next_step_not_before", data));
    const bool gone = *timing.earliest <= run.today();
    decision.reasons.push_back(gone ? note("not_a_working_day", {{"date", run.today().iso()}})
                                    : note(code_of(timing.term)));
    add_change(note("next_step_not_before", std::move(data)), decision);
}

void explain_due(const Account& account, const Timing& timing, Decision& decision) {
    if (!decision.tells(Detail::reasons)) return;
    decision.reasons.push_back(
        note("step_due", {{"step", decision.step()->code}, {"date", decision.earliest->iso()}}));
    decision.reasons.back().item = decision.leader->item;
    decision.reasons.push_back(note(code_of(timing.term)));
    if (timing.passed_over) {
        const Step& passed = decision.scenario->steps[*timing.passed_over];
        decision.reasons.push_back(
            note("passed_over", {{"step", passed.code},
                                 {"missing", needed_contact(passed.channel) == no_post ? "post" : "mail"}}));
        add_change(note("no_recipient"), decision);
    }
    if (!decision.to_person.empty()) {
        decision.reasons.push_back(note(decision.to_person));
    }
    add_item_holds(account, decision);
    add_change(note("step_due"), decision);
}

void explain_cancelled(const CancelledMessage& cancelled, Decision& decision) {
    if (!decision.tells(Detail::reasons)) return;
    decision.reasons.push_back(note("cancelled_by_person", {{"user", std::to_string(cancelled.by.value)},
                                                            {"date", cancelled.day.iso()}}));
}

void explain_specific(const SpecificAction& action, Decision& decision) {
    if (!decision.tells(Detail::reasons)) return;
    Note due = note("specific_action_due", {{"date", action.day.iso()}, {"title", action.title}});
    if (!action.items.empty()) due.item = action.items.front();
    decision.reasons.insert(decision.reasons.begin(), due);
    add_change(std::move(due), decision);
}

void explain_broken(const AccountPromise& promise, Decision& decision) {
    if (decision.outcome != Outcome::due) {
        decision.outcome = Outcome::due;
        decision.mode = Mode::manual;
    }
    if (!decision.tells(Detail::reasons)) return;
    const PromiseResult& result = promise.result;
    const std::string currency(result.currency.code());
    Note broken = note(result.state == PromiseState::broken ? "promise_broken" : "promise_partly_kept",
                       {{"promised", promise.promised.iso()},
                        {"amount", decimal(result.promised, result.currency) + ' ' + currency},
                        {"received", decimal(result.received, result.currency) + ' ' + currency}});
    broken.standing = promise.id;
    decision.reasons.insert(decision.reasons.begin(), broken);
    add_change(std::move(broken), decision);
}

void explain_whole(const Run& run, const Account& account, const std::vector<Hold>& holds,
                   Decision& decision) {
    for (const std::string_view code : suppressor_codes) add_tried(code, account, holds, decision);
    const Step* step = decision.step();
    const bool worked = step ? permitted(*step, account.days, run.today()) : account.days.works(run.today());
    decision.tried.push_back({note("not_a_working_day", {{"date", run.today().iso()}}), HoldScope::customer,
                              !worked, std::nullopt});
    add_items(account.debits, run.today(), decision);
    add_items(account.others, run.today(), decision);
}

}  // namespace countback::collections
