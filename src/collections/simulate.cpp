#include "collections/simulate.h"

#include <algorithm>
#include <unordered_set>

#include "collections/account.h"
#include "collections/notices.h"

namespace countback::collections {

namespace {

constexpr int look_days_max = 7;

/// What was really done before the first day; choices and groups as they are.
DunningState state_before(const DunningState& real, Date from) {
    DunningState state;
    state.item_scenarios = real.item_scenarios;
    state.groups = real.groups;
    for (const auto& [key, steps] : real.done) {
        for (const StepDone& one : steps) {
            if (one.day < from) state.done[key].push_back(one);
        }
    }
    for (const auto& [customer, days] : real.contacts) {
        for (const Date day : days) {
            if (day < from) state.contacts[customer].push_back(day);
        }
    }
    for (const auto& [customer, days] : real.told) {
        for (const Date day : days) {
            if (day < from) state.told[customer].push_back(day);
        }
    }
    return state;
}

/// An item that a notice may be of, from the day it was issued, or something of it was settled.
struct Noticeable {
    Date event;
    ItemId item;
};

/// One account on its way through the period.
struct Walker {
    AccountRow row{};
    std::vector<Noticeable> noticeable;  ///< ascending by day; empty where no scenario tells anybody
    std::size_t first_noticeable = 0;    ///< those before are too old by now
    std::vector<Date> events;            ///< days on which its ledger changes, ascending
    std::size_t next_event = 0;
    Date next_look;
    bool every_day = false;  ///< standings make days differ without an event
    bool grouped = false;    ///< the day before: others' ledgers are its own
    bool touched = false, capped = false;
    std::unordered_set<std::string> held;  ///< codes that held it at least once
    std::pair<ItemId, std::string> clash;  ///< the last one counted
};

Walker walker_of(const Snapshot& book, AccountRow row, const SimulationQuery& query) {
    Walker walker;
    walker.row = row;
    walker.next_look = query.from;
    const auto add = [&](Date day) {
        if (day > query.from && day <= query.to) walker.events.push_back(day);
    };
    book.each_item(row, query.known_at, [&](const ItemView& item) {
        add(item.issue);
        add(item.due + 1);
        book.each_allocation(item.row, query.known_at,
                             [&](const AllocationView& one) { add(one.effective); });
    });
    std::sort(walker.events.begin(), walker.events.end());
    walker.events.erase(std::unique(walker.events.begin(), walker.events.end()), walker.events.end());
    book.each_standing(row, query.known_at, [&](const StandingView&) { walker.every_day = true; });
    return walker;
}

/// Days after an event on which a notice may still be due, over all scenarios; none where there is no notice.
std::optional<int> notice_span(const Policy& policy) {
    std::optional<int> span;
    for (const Scenario& scenario : policy.scenarios) {
        for (const Notice& one : scenario.notices) span = std::max(span.value_or(0), one.days + notice_days);
    }
    return span;
}

void add_noticeable(const Snapshot& book, const SimulationQuery& query, int span, Walker& walker) {
    const auto add = [&](Date day, ItemId item) {
        if (day + span > query.from && day <= query.to) walker.noticeable.push_back({day, item});
    };
    book.each_item(walker.row, query.known_at, [&](const ItemView& item) {
        if (item.type != ItemType::invoice || !item.debit()) return;
        add(item.issue, item.id);
        book.each_allocation(item.row, query.known_at,
                             [&](const AllocationView& one) { add(one.effective, item.id); });
    });
    std::sort(walker.noticeable.begin(), walker.noticeable.end(),
              [](const Noticeable& a, const Noticeable& b) { return a.event < b.event; });
}

bool in_group(const Run& run, AccountRow row) {
    return correspondence::heads_group(run.book, row, run.moment) ||
           correspondence::head_of(run.book, row, run.moment);
}

bool has_reason(const Decision& decision, std::string_view code) {
    return std::any_of(decision.reasons.begin(), decision.reasons.end(),
                       [&](const Note& note) { return note.code == code; });
}

class Simulator {
public:
    Simulator(const Perimeter& perimeter, const Snapshot& book, const SimulationQuery& query,
              const Dunning& start)
        : book_(book), policy_(start.policy), query_(query), state_(state_before(start.state, query.from)) {
        book.each_account(perimeter, query.selection, {query.to, query.known_at},
                          [&](AccountRow row) { walkers_.push_back(walker_of(book, row, query)); });
        const auto by_payer = [](const AssignmentRule& rule) { return rule.payer.has_value(); };
        payer_rules_ = std::any_of(policy_.rules.begin(), policy_.rules.end(), by_payer);
        span_ = notice_span(policy_);
        for (Walker& walker : walkers_) {
            if (!span_) break;
            add_noticeable(book, query, *span_, walker);
            for (const Noticeable& one : walker.noticeable) {
                // Told before the first day: not again.
                const auto told = start.state.noticed.find(one.item);
                if (one.event + *span_ - notice_days < query.from && told != start.state.noticed.end())
                    state_.noticed[one.item] = told->second;
            }
        }
    }

    Replay run() {
        for (Date day = query_.from; day <= query_.to; day = day + 1) walk(day);
        for (const Walker& walker : walkers_) {
            if (walker.touched) ++replay_.customers_touched;
            for (const std::string& code : walker.held) ++replay_.suppressed[code].customers;
        }
        return std::move(replay_);
    }

private:
    void walk(Date day) {
        Run run = make_run(book_, policy_, state_, {day, query_.known_at});
        run.assume_recipients = query_.recipients == SimulationQuery::Recipients::assumed;
        run.unranked = !payer_rules_;
        for (Walker& walker : walkers_) {
            const bool was_grouped = walker.grouped;
            walker.grouped = in_group(run, walker.row);
            if (walker.next_look > day && !walker.grouped && !was_grouped) continue;
            const Decision decision = decide_account(run, walker.row, account_);
            ++replay_.looks;
            take(walker, decision, day);
            walker.next_look = next_look(walker, run, decision, day);
        }
        if (span_) tell(run, day);
    }

    /// After the day's reminders: they go first (COL-7).
    void tell(const Run& run, Date day) {
        NoticeRun notices(run);
        std::vector<DueNotice> due;
        for (Walker& walker : walkers_) {
            auto& first = walker.first_noticeable;
            while (first < walker.noticeable.size() && walker.noticeable[first].event + *span_ <= day)
                ++first;
            if (first == walker.noticeable.size() || walker.noticeable[first].event > day) continue;
            due.clear();
            notices.look(walker.row, due);
            for (const DueNotice& one : due) {
                if (one.notice && one.waits.empty() && !told_today(one.customer, day)) told(walker, one, day);
            }
        }
    }

    bool told_today(CustomerId customer, Date day) const {
        const auto found = state_.told.find(customer);
        return found != state_.told.end() && !found->second.empty() && found->second.back() == day;
    }

    void told(Walker& walker, const DueNotice& due, Date day) {
        ++replay_.actions[week_of(day)][static_cast<std::size_t>(due.notice->channel)];
        ++replay_.by_mode[static_cast<std::size_t>(due.mode)];
        ++replay_.contacts;
        walker.touched = true;
        const LabelId collector{book_.attribute(walker.row, Attribute::collector, {day, query_.known_at})};
        Workload& work = replay_.workload[{week_of(day), collector}];
        if (due.mode == Mode::confirm) ++work.confirm;
        if (due.mode == Mode::manual) ++work.manual;
        for (const AskedItem& one : due.items) state_.noticed[one.item].push_back(due.notice->code);
        state_.told[due.customer].push_back(day);
    }

    void take(Walker& walker, const Decision& decision, Date day) {
        if (decision.outcome != Outcome::suppressed) walker.capped = false;
        switch (decision.outcome) {
            case Outcome::due:
                return act(walker, decision, day);
            case Outcome::waiting:
                return count_clash(walker, decision);
            case Outcome::suppressed:
                return count_held(walker, decision);
            case Outcome::nothing:
                return;
        }
    }

    /// The step is done the same day; a broken promise without a step is answered by a call.
    void act(Walker& walker, const Decision& decision, Date day) {
        const Step* step = decision.next_step_due ? decision.step() : nullptr;
        const Channel channel = step ? step->channel : Channel::call;
        ++replay_.actions[week_of(day)][static_cast<std::size_t>(channel)];
        ++replay_.by_mode[static_cast<std::size_t>(decision.mode)];
        if (decision.kind == AgendaKind::promise_broken) ++replay_.broken_promises;
        Workload& work = replay_.workload[{week_of(day), decision.collector}];
        if (decision.mode == Mode::confirm) ++work.confirm;
        if (decision.mode == Mode::manual) ++work.manual;
        if (is_contact(channel)) {
            ++replay_.contacts;
            walker.touched = true;
            state_.contacts[decision.customer].push_back(day);
        }
        if (step)
            state_.done[{decision.scenario->number, decision.leader->item}].push_back(
                {step->code, day, false, is_contact(channel), 0});
    }

    void count_clash(Walker& walker, const Decision& decision) {
        if (!decision.step() || !has_reason(decision, "timed_by_gap")) return;
        std::pair<ItemId, std::string> clash{decision.leader->item, decision.step()->code};
        if (clash == walker.clash) return;
        walker.clash = std::move(clash);
        ++replay_.clashes;
    }

    void count_held(Walker& walker, const Decision& decision) {
        std::unordered_set<std::string_view> codes;
        for (const Note& note : decision.reasons) codes.insert(note.code);
        for (const std::string_view code : codes) {
            ++replay_.suppressed[std::string(code)].days;
            walker.held.emplace(code);
        }
        const bool capped = codes.contains("contact_cap");
        if (capped && !walker.capped) ++replay_.caps_hit;
        walker.capped = capped;
    }

    Date next_look(Walker& walker, const Run& run, const Decision& decision, Date day) const {
        const bool daily = walker.every_day || payer_rules_ || !run.insolvent.empty() ||
                           decision.outcome == Outcome::due || decision.outcome == Outcome::suppressed;
        if (daily) return day + 1;
        while (walker.next_event < walker.events.size() && walker.events[walker.next_event] <= day)
            ++walker.next_event;
        Date next = query_.to + 1;
        if (walker.next_event < walker.events.size()) next = walker.events[walker.next_event];
        if (decision.outcome == Outcome::nothing) return next;
        const auto load = run.last_load.find(decision.entity);
        if (load != run.last_load.end()) {
            const Date stale = load->second + policy_.stale_after_days + 1;
            if (stale > day) next = std::min(next, stale);
        }
        return std::min({next, *decision.earliest, day + look_days_max});
    }

    const Snapshot& book_;
    const Policy& policy_;
    const SimulationQuery& query_;
    DunningState state_;
    std::vector<Walker> walkers_;
    bool payer_rules_ = false;
    std::optional<int> span_;  ///< of notices; none = nobody is told anything
    Account account_;
    Replay replay_;
};

}  // namespace

Replay simulate(const Perimeter& perimeter, const Snapshot& book, const SimulationQuery& query,
                const Dunning& start) {
    return Simulator(perimeter, book, query, start).run();
}

}  // namespace countback::collections
