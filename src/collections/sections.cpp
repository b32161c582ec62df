#include "collections/sections.h"

#include <algorithm>
#include <tuple>

#include "correspondence/outbox.h"

namespace countback::collections {

namespace {

constexpr std::size_t errors_max = 1'000;

/// After the ceiling: what a person will be asked to confirm does not leave by itself.
bool automatic(const Decision& decision) {
    const Step* step = decision.step();
    if (!step || !decision.earliest || !needs_recipient(step->channel)) return false;
    const bool coming =
        decision.outcome == Outcome::waiting || (decision.outcome == Outcome::due && decision.next_step_due);
    return coming && decision.mode == Mode::automatic;
}

bool asked_for(const DunningState& state, const DueNotice& due) {
    const auto found = state.notices_pending.find(due.customer);
    return found != state.notices_pending.end() &&
           std::any_of(found->second.begin(), found->second.end(),
                       [&](const PendingNotice& one) { return one.notice == due.notice->code; });
}

std::string what_is_missing(const Note& note) {
    const auto named = [](const auto& one) { return one.first == "missing"; };
    const auto found = std::find_if(note.data.begin(), note.data.end(), named);
    return (found == note.data.end() ? "mail" : found->second) + "_address";
}

/// The step due could not be written, or was passed over, for want of an address.
const Note* missing_address(const Decision& decision) {
    for (const Note& note : decision.reasons) {
        if (note.code == "no_recipient" || note.code == "passed_over") return &note;
    }
    return nullptr;
}

}  // namespace

std::vector<UpcomingStep> upcoming_steps(const Decisions& decisions, int working_days) {
    Date last = decisions.date;
    for (int day = 0; day < working_days; ++day) {
        last = last + 1;
        while (!decisions.works(last)) last = last + 1;
    }
    std::vector<UpcomingStep> upcoming;
    for (const Decision& decision : decisions.rows) {
        if (!automatic(decision)) continue;
        const Date day = std::max(*decision.earliest, decisions.date);
        if (day <= last) upcoming.push_back({&decision, day});
    }
    std::stable_sort(upcoming.begin(), upcoming.end(), [](const UpcomingStep& a, const UpcomingStep& b) {
        return std::tuple(a.day, -a.decision->priority.total) <
               std::tuple(b.day, -b.decision->priority.total);
    });
    return upcoming;
}

std::vector<SnoozedCustomer> snoozed_customers(const Perimeter& perimeter, const Snapshot& book,
                                               const DecideQuery& query, const DunningState& state) {
    std::vector<SnoozedCustomer> snoozed;
    for (const auto& [customer, until] : state.snoozed) {
        if (until < query.moment.as_of) continue;
        const auto& wanted = query.selection.customers;
        if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), customer) == wanted.end()) continue;
        const auto account = book.account(customer);
        if (account && book.admits(perimeter, query.selection, query.moment, *account))
            snoozed.push_back({*account, until});
    }
    std::sort(snoozed.begin(), snoozed.end(), [](const SnoozedCustomer& a, const SnoozedCustomer& b) {
        return std::tuple(a.until, a.account) < std::tuple(b.until, b.account);
    });
    return snoozed;
}

std::vector<DueNotice> notices_to_confirm(const Perimeter& perimeter, const Snapshot& book,
                                          const DecideQuery& query, const Dunning& dunning) {
    auto all = decide_notices(perimeter, book, query, dunning);
    std::erase_if(all, [&](const DueNotice& due) {
        return due.mode == Mode::automatic || !due.waits.empty() || asked_for(dunning.state, due);
    });
    return all;
}

namespace {

/// Late items held back because a message is not over: whatever that one asked for, somebody must look at it.
std::vector<AccountRow> held_by_message(const Decisions& decisions) {
    std::vector<AccountRow> held;
    const auto says_so = [](const Note& note) { return note.code == "message_waiting"; };
    for (const Decision& decision : decisions.rows) {
        if (!decision.overdue.empty() &&
            std::any_of(decision.reasons.begin(), decision.reasons.end(), says_so))
            held.push_back(decision.account);
    }
    std::sort(held.begin(), held.end());
    return held;
}

/// Something of what the message asked for is still open; of one that asks for nothing it is taken to be so.
bool asks_for_open(store::Connection& connection, const Snapshot& book, Moment moment, MessageId id) {
    const auto message = correspondence::message(connection, id);
    if (!message || message->kind == correspondence::MessageKind::notice || message->items.empty())
        return true;
    return std::any_of(message->items.begin(), message->items.end(), [&](const auto& one) {
        const auto row = book.item(one.item);
        const auto view = row ? book.view(*row, moment.known_at) : std::nullopt;
        return view && book.open(*view, moment) != 0;
    });
}

}  // namespace

std::vector<AgendaError> agenda_errors(store::Connection& connection, const Perimeter& perimeter,
                                       const Snapshot& book, const DecideQuery& query,
                                       const Decisions& decisions) {
    using correspondence::MessageState;
    std::vector<AgendaError> errors;
    const auto held = held_by_message(decisions);
    const auto matters = [&](AccountRow account, MessageId id) {
        return std::binary_search(held.begin(), held.end(), account) ||
               asks_for_open(connection, book, query.moment, id);
    };
    for (const MessageState state : {MessageState::failed, MessageState::ambiguous}) {
        correspondence::each_message(connection, {state, {}, {}}, [&](const correspondence::Listed& one) {
            const auto account = book.account(one.customer);
            const auto& wanted = query.selection.customers;
            const bool named =
                wanted.empty() || std::find(wanted.begin(), wanted.end(), one.customer) != wanted.end();
            if (named && account && book.admits(perimeter, query.selection, query.moment, *account) &&
                matters(*account, one.id))
                errors.push_back({*account, one.id, std::string(correspondence::name_of(state)), {}});
            return errors.size() < errors_max;
        });
    }
    std::sort(errors.begin(), errors.end(),
              [](const AgendaError& a, const AgendaError& b) { return b.message < a.message; });
    for (const Decision& decision : decisions.rows) {
        if (const Note* missing = missing_address(decision))
            errors.push_back({decision.account, {}, "no_address", "no_" + what_is_missing(*missing)});
        if (decision.reasons.empty() || decision.reasons.front().code != "unreadable") continue;
        std::string detail;
        for (const auto& [name, value] : decision.reasons.front().data)
            detail += (detail.empty() ? "" : ": ") + value;
        errors.push_back({decision.account, {}, "unreadable", std::move(detail)});
    }
    return errors;
}

}  // namespace countback::collections
