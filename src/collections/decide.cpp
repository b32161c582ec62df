#include "collections/decide.h"

#include <algorithm>
#include <tuple>

#include "base/ensure.h"
#include "collections/assignment.h"
#include "collections/ceiling.h"
#include "collections/explain.h"
#include "collections/holds.h"
#include "collections/priority.h"
#include "collections/timing.h"

namespace countback::collections {

namespace {

/// COL-2. Oldest due; of equal due dates the older issue, then the lower id.
const AccountItem* leader_of(const Account& account) {
    const AccountItem* leader = nullptr;
    const auto key = [](const AccountItem& one) {
        return std::tuple(one.item.due, one.item.issue, one.item.id);
    };
    for (const AccountItem& one : account.debits) {
        if (one.chased > 0 && (!leader || key(one) < key(*leader))) leader = &one;
    }
    return leader;
}

/// What was done up to today; kept in `some` where that is not all there is.
std::span<const StepDone> done_on(const Run& run, int scenario, ItemId leader, std::vector<StepDone>& some) {
    const auto found = run.state.done.find({scenario, leader});
    if (found == run.state.done.end()) return {};
    const auto later = [&](const StepDone& one) { return one.day > run.today(); };
    if (std::ranges::none_of(found->second, later)) return found->second;
    some = found->second;
    std::erase_if(some, later);
    return some;
}

/// The day of the last notice sent, or asked for and on its way.
std::optional<Date> last_notice(const Run& run, const Account& account) {
    std::optional<Date> last;
    if (!account.told.empty()) last = account.told.back();
    for (const AccountMember& member : account.members) {
        const auto found = run.state.notices_pending.find(member.customer);
        if (found == run.state.notices_pending.end()) continue;
        for (const PendingNotice& one : found->second) {
            if (one.id != run.own && one.asked <= run.today())
                last = std::max(last, std::optional(one.asked));
        }
    }
    return last;
}

/// COL-8: the last cancelling of this step on this leader by a person, until the step is done after it.
const CancelledMessage* cancelled_by_person(const Run& run, const Decision& decision) {
    const auto found = run.state.cancelled.find(decision.customer);
    if (found == run.state.cancelled.end()) return nullptr;
    const std::string& code = decision.step()->code;
    const CancelledMessage* last = nullptr;
    for (const CancelledMessage& one : found->second) {
        const bool same = one.scenario == decision.scenario->number && one.code == code &&
                          one.leader == decision.leader->item && one.day <= run.today();
        if (same) last = &one;
    }
    if (!last) return nullptr;
    std::vector<StepDone> some;
    for (const StepDone& done : done_on(run, last->scenario, last->leader, some)) {
        if (done.step == code && done.day >= last->day) return nullptr;
    }
    return last;
}

Timing timing_of(const Run& run, const Account& account, const Decision& decision) {
    std::vector<StepDone> some;
    const auto done = done_on(run, decision.scenario->number, decision.leader->item, some);
    TimingInput input{decision.leader->issue,  decision.leader->due,        done, std::nullopt, run.today(),
                      run.policy.min_gap_days, run.policy.new_leader_by_age};
    if (!account.contacts.empty()) input.last_contact = account.contacts.back();
    input.last_notice = last_notice(run, account);
    input.no_contact = run.assume_recipients ? 0 : account.no_contact;
    return step_timing(*decision.scenario, input, account.days);
}

/// What the step asks for: what is overdue; of a pre-reminder, what its own day has come for.
std::vector<AskedItem> asked_of(const Run& run, const Account& account, const Decision& decision) {
    const Leader& leader = *decision.leader;
    const int ahead =
        std::max(0, -nominal_offset(*decision.scenario, *decision.next_step, leader.issue, leader.due));
    std::vector<AskedItem> asked;
    for (const AccountItem& one : account.debits) {
        if (one.chased == 0) continue;
        const bool its_day = ahead > 0 ? one.item.due <= run.today() + ahead : one.item.due < run.today();
        if (its_day || one.item.id == leader.item)
            asked.push_back({one.item.id, one.item.currency, one.chased});
    }
    std::sort(asked.begin(), asked.end(),
              [](const AskedItem& a, const AskedItem& b) { return a.item < b.item; });
    return asked;
}

/// A call, a task or a hand-over is a person's, whatever the step says.
Mode mode_of(const Step& step) { return needs_recipient(step.channel) ? step.mode : Mode::manual; }

AgendaKind kind_of(const Step& step, Mode mode) {
    if (mode != Mode::manual) return AgendaKind::confirm;
    switch (step.channel) {
        case Channel::call:
            return AgendaKind::call;
        case Channel::letter:
        case Channel::registered_letter:
            return AgendaKind::letter;
        case Channel::task:
        case Channel::hand_over:
            return AgendaKind::task;
        default:
            return AgendaKind::email;
    }
}

const AccountPromise* broken_promise(const Account& account) {
    const AccountPromise* latest = nullptr;
    const auto answered = [&](AccountRow row) {
        return std::any_of(account.promises.begin(), account.promises.end(), [&](const auto& promise) {
            const PromiseState state = promise.result.state;
            return promise.account == row &&
                   (state == PromiseState::pending || state == PromiseState::awaiting_data);
        });
    };
    for (const AccountPromise& promise : account.promises) {
        const PromiseState state = promise.result.state;
        if (answered(promise.account)) continue;
        if (state != PromiseState::broken && state != PromiseState::partly_kept) continue;
        if (!latest || latest->result.deadline < promise.result.deadline) latest = &promise;
    }
    const auto& contacts = account.own_contacts;  // what the centre got for others answers nothing here
    if (!latest || contacts.empty() || contacts.back() <= latest->result.deadline) return latest;
    return nullptr;
}

class Decider {
public:
    Decider(const Run& run, Account& account, Decision& decision)
        : run_(run), account_(account), decision_(decision) {}

    void run() {
        decision_.customer = account_.customer;
        decision_.entity = account_.entity;
        decision_.collector = account_.collector;
        decision_.account = account_.row;
        decision_.detail = run_.detail;
        if (account_.head) return chased_with_head();
        for (std::size_t member = 1; member < account_.members.size(); ++member)
            decision_.members.push_back(account_.members[member].customer);
        sum_overdue();
        hold_by_standings(run_, account_);
        hold_by_credit(run_, account_);
        decide_outcome();
        const std::optional<Date> due =
            decision_.leader ? std::optional(decision_.leader->due) : std::nullopt;
        if (!account_.debits.empty() && !run_.unranked)
            decision_.priority = priority_of(run_, account_, decision_.overdue, due);
        mark_promises();
        mark_specific();
        if (run_.tells(Detail::whole)) explain_whole(run_, account_, holds_, decision_);
    }

private:
    /// COL-2: nobody is chased twice.
    void chased_with_head() {
        decision_.head = account_.head;
        explain_with_head(*account_.head, decision_);
        if (!run_.tells(Detail::whole)) return;
        hold_by_standings(run_, account_);
        explain_whole(run_, account_, holds_, decision_);
    }

    void sum_overdue() {
        for (const AccountItem& one : account_.debits) {
            if (account_.overdue(one, run_.today()))
                add_money(decision_.overdue, {one.open, one.item.currency});
        }
    }

    void decide_outcome() {
        if (account_.debits.empty()) return explain_nothing("no_open_item", decision_);
        const AccountItem* leader = leader_of(account_);
        if (!leader) return explain_all_held(account_, decision_);
        decision_.leader =
            Leader{leader->item.id, leader->item.issue, leader->item.due, leader->item.currency};
        if (!choose_scenario()) return;
        if (!time_steps()) return;
        holds_ = customer_holds(run_, account_);
        if (!decision_.next_step) return explain_nothing("scenario_ended", decision_);
        decision_.asked = asked_of(run_, account_, decision_);
        decision_.to_pay = to_pay_of(account_, decision_.asked);
        decision_.mode = mode_of(*decision_.step());
        if (decision_.mode == Mode::automatic) {
            decision_.to_person = to_person(run_.policy, *decision_.step(), decision_.to_pay, run_.today());
            if (!decision_.to_person.empty()) decision_.mode = Mode::confirm;
        }
        const CancelledMessage* cancelled = cancelled_by_person(run_, decision_);
        if (cancelled && decision_.mode == Mode::automatic) decision_.mode = Mode::confirm;
        if (*decision_.earliest > run_.today() && holds_.empty())
            return explain_waiting(run_, timing_, decision_);
        for (Hold& hold : message_holds(run_, account_, *decision_.step(), decision_.asked)) {
            holds_.push_back(std::move(hold));
        }
        if (!holds_.empty()) return explain_held(holds_, decision_);
        decide_due(cancelled);
    }

    bool choose_scenario() {
        Assignment assignment = assign_scenario(run_, account_, decision_.leader->item, decision_.overdue);
        decision_.path = std::move(assignment.path);
        decision_.scenario = assignment.scenario;
        if (decision_.scenario) return true;
        suppress_unreadable("scenario", std::to_string(assignment.number));
        return false;
    }

    bool time_steps() {
        timing_ = timing_of(run_, account_, decision_);
        decision_.level_by_time = timing_.level_by_time;
        decision_.level_done = timing_.level_done;
        decision_.next_step = timing_.next_step;
        if (timing_.unreadable) {
            suppress_unreadable("step", decision_.scenario->code);
            return false;
        }
        if (!timing_.earliest) return true;
        // A day gone by is due on the next day that is permitted.
        const Step& step = *decision_.step();
        const bool gone = *timing_.earliest <= run_.today();
        decision_.earliest = gone && !permitted(step, account_.days, run_.today())
                                 ? permitted_on_or_after(step, account_.days, run_.today())
                                 : *timing_.earliest;
        return true;
    }

    void suppress_unreadable(std::string what, std::string value) {
        Hold hold{{"unreadable", {{"what", std::move(what)}, {"value", std::move(value)}}, {}, {}},
                  HoldScope::customer,
                  true,
                  std::nullopt};
        holds_.push_back(std::move(hold));
        explain_held(holds_, decision_);
    }

    void decide_due(const CancelledMessage* cancelled) {
        const Step& step = *decision_.step();
        decision_.outcome = Outcome::due;
        decision_.next_step_due = true;
        decision_.kind = kind_of(step, decision_.mode);
        explain_due(account_, timing_, decision_);
        if (cancelled) explain_cancelled(*cancelled, decision_);
    }

    void mark_promises() {
        const AccountPromise* broken = broken_promise(account_);
        if (broken && decision_.leader && decision_.outcome != Outcome::suppressed) {
            decision_.kind = AgendaKind::promise_broken;
            explain_broken(*broken, decision_);
            return;
        }
        const auto today = [&](const AccountPromise& promise) {
            return promise.promised == run_.today() && promise.result.state == PromiseState::pending;
        };
        if (!decision_.kind && std::any_of(account_.promises.begin(), account_.promises.end(), today)) {
            decision_.kind = AgendaKind::promise_due;
        }
    }

    /// COL-9: on its day a specific action is a person's, whatever the scenario does.
    void mark_specific() {
        for (const AccountMember& member : account_.members) {
            const auto found = run_.state.specific.find(member.customer);
            if (found == run_.state.specific.end()) continue;
            for (const SpecificAction& action : found->second) {
                const bool on_its_way =
                    needs_recipient(action.channel) && message_hold(run_, member.customer);
                if (action.day <= run_.today() && !on_its_way && !put_aside(member.customer)) mark(action);
            }
        }
    }

    bool put_aside(CustomerId customer) const {
        const auto found = run_.state.snoozed.find(customer);
        return found != run_.state.snoozed.end() && found->second >= run_.today();
    }

    /// Of the action's items those that are open and held back by nothing but the action itself.
    std::vector<AskedItem> askable_of(const SpecificAction& action) const {
        const auto own = [](const Hold& hold) { return hold.note.code == "specific_action"; };
        std::vector<AskedItem> asked;
        for (const AccountItem& one : account_.debits) {
            const auto& items = action.items;
            const bool named = std::find(items.begin(), items.end(), one.item.id) != items.end();
            if (named && std::all_of(one.holds.begin(), one.holds.end(), own))
                asked.push_back({one.item.id, one.item.currency, one.open});
        }
        return asked;
    }

    /// What is paid, promised, disputed or stopped is not acted on; paid in whole, the action is over.
    void mark(const SpecificAction& action) {
        std::vector<AskedItem> asked = askable_of(action);
        if (asked.empty()) return;
        explain_specific(action, decision_);
        if (decision_.outcome == Outcome::due) return;
        decision_.outcome = Outcome::due;
        decision_.mode = Mode::manual;
        decision_.asked = std::move(asked);
        decision_.to_pay = to_pay_of(account_, decision_.asked);
        Step step;
        step.channel = action.channel;
        decision_.kind = kind_of(step, Mode::manual);
    }

    const Run& run_;
    Account& account_;
    Decision& decision_;
    Timing timing_;
    std::vector<Hold> holds_;
};

}  // namespace

void decide_account(const Run& run, AccountRow row, Account& account, Decision& decision) {
    try {
        read_account(run, row, account);
        Decider(run, account, decision).run();
    } catch (const Bug& bug) {
        decision = {};
        decision.customer = run.book.customer(row);
        decision.entity = run.book.entity(row);
        decision.account = row;
        decision.outcome = Outcome::suppressed;
        decision.reasons.push_back({"unreadable", {{"what", "account"}, {"value", bug.what()}}, {}, {}});
    }
}

Decision decide_account(const Run& run, AccountRow row, Account& account) {
    Decision decision;
    decide_account(run, row, account, decision);
    return decision;
}

}  // namespace countback::collections
