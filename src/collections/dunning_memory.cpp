#include "collections/dunning_memory.h"

#include <algorithm>

#include "collections/queries.h"
#include "collections/specific.h"
#include "correspondence/queries.h"
#include "locale/time_zone.h"

namespace countback::collections {

namespace {

void read_steps(store::Connection& connection, std::int64_t known, DunningState& state) {
    connection.each(steps_after, {known}, [&](const store::Row& row) {
        StepDone done{std::string(row.text(4)), Date(static_cast<std::int32_t>(row.integer(5))),
                      row.integer(6) != 0, row.integer(7) != 0, row.integer(0)};
        if (done.contact) {
            auto& contacts = state.contacts[CustomerId{row.integer(1)}];
            contacts.insert(std::upper_bound(contacts.begin(), contacts.end(), done.day), done.day);
        }
        state.done[{static_cast<int>(row.integer(2)), ItemId{row.integer(3)}}].push_back(std::move(done));
    });
}

/// A mark taken back was never made: the step is open again and the contact did not happen.
void read_taken_back(store::Connection& connection, std::int64_t known, DunningState& state) {
    connection.each(taken_back_after, {known}, [&](const store::Row& row) {
        const auto found = state.done.find({static_cast<int>(row.integer(2)), ItemId{row.integer(3)}});
        if (found == state.done.end()) return;
        auto& steps = found->second;
        const auto step = std::find_if(steps.begin(), steps.end(),
                                       [&](const StepDone& one) { return one.mark == row.integer(0); });
        if (step == steps.end()) return;
        if (step->contact) {
            auto& contacts = state.contacts[CustomerId{row.integer(1)}];
            const auto contact = std::find(contacts.begin(), contacts.end(), step->day);
            if (contact != contacts.end()) contacts.erase(contact);
        }
        steps.erase(step);
    });
}

void read_notice(const store::Row& row, DunningState& state) {
    const CustomerId customer{row.integer(3)};
    const MessageId id{row.integer(1)};
    auto& pending = state.notices_pending[customer];
    std::erase_if(pending, [&](const PendingNotice& one) { return one.id == id; });
    if (!correspondence::is_over(static_cast<correspondence::MessageState>(row.integer(2))))
        pending.push_back({id, std::string(row.text(7)), Date(static_cast<std::int32_t>(row.integer(8)))});
    if (pending.empty()) state.notices_pending.erase(customer);
}

/// What the product cancels because it is no longer right is decided anew; a person's word stands.
void read_cancelled(const store::Row& row, DunningState& state) {
    const auto now = static_cast<correspondence::MessageState>(row.integer(2));
    if (now != correspondence::MessageState::cancelled || row.integer(9) == 0) return;
    const auto at = locale::local_time(Instant{row.integer(10)}, "");
    if (!at) return;
    state.cancelled[CustomerId{row.integer(3)}].push_back({static_cast<int>(row.integer(5)),
                                                           ItemId{row.integer(6)}, std::string(row.text(7)),
                                                           at->day, UserId{row.integer(9)}});
}

/// Messages that are asked for and not over.
void read_messages(store::Connection& connection, std::int64_t known, DunningState& state) {
    connection.each(correspondence::events_after, {known}, [&](const store::Row& row) {
        const auto kind = static_cast<correspondence::MessageKind>(row.integer(4));
        if (kind == correspondence::MessageKind::notice) read_notice(row, state);
        if (kind == correspondence::MessageKind::notice || kind == correspondence::MessageKind::step)
            read_cancelled(row, state);
        const bool by_person = kind == correspondence::MessageKind::single;
        if (kind != correspondence::MessageKind::step && !by_person) return;
        const CustomerId customer{row.integer(3)};
        const PendingMessage now{MessageId{row.integer(1)},
                                 static_cast<correspondence::MessageState>(row.integer(2))};
        auto& pending = state.pending[customer];
        std::erase_if(pending, [&](const PendingMessage& one) { return one.id == now.id; });
        if (!correspondence::is_over(now.state)) pending.push_back(now);
        if (pending.empty()) state.pending.erase(customer);
    });
}

void read_choices(store::Connection& connection, std::int64_t known, DunningState& state) {
    connection.each(item_scenarios_after, {known}, [&](const store::Row& row) {
        const auto scenario = static_cast<int>(row.integer(1));
        if (scenario == 0) {
            state.item_scenarios.erase(ItemId{row.integer(0)});
        } else {
            state.item_scenarios[ItemId{row.integer(0)}] = scenario;
        }
    });
    connection.each(standing_groups_after, {known}, [&](const store::Row& row) {
        state.groups[StandingId{row.integer(0)}] = StandingId{row.integer(1)};
    });
}

}  // namespace

std::shared_ptr<const DunningState> DunningMemory::state() {
    const std::lock_guard lock(reading_);
    const auto connection = database_.lease();
    const std::int64_t last = store::last_allotted(*connection, row_numbers);
    const std::int64_t messages = store::last_allotted(*connection, correspondence::row_numbers);
    if (last == known_ && messages == messages_known_) return published_.get();
    auto next =
        known_ < 0 ? std::make_shared<DunningState>() : std::make_shared<DunningState>(*published_.get());
    read_steps(*connection, std::max<std::int64_t>(known_, 0), *next);
    read_taken_back(*connection, std::max<std::int64_t>(known_, 0), *next);
    read_choices(*connection, std::max<std::int64_t>(known_, 0), *next);
    read_specific(*connection, std::max<std::int64_t>(known_, 0), *next);
    read_messages(*connection, messages_known_, *next);
    known_ = last;
    messages_known_ = messages;
    published_.set(next);
    return next;
}

}  // namespace countback::collections
