// Promises kept, for the indicators (KPI-5): the first standing of a promise is judged with all its parts (PRO-1).
#include <algorithm>

#include "collections/account.h"
#include "collections/service.h"

namespace countback::collections {

namespace {

StandingId group_of(const DunningState& state, StandingId id) {
    const auto found = state.groups.find(id);
    return found == state.groups.end() ? id : found->second;
}

std::vector<StandingView> parts_of(const DunningState& state, const Snapshot& book, const StandingView& first,
                                   FactNo known_at) {
    std::vector<StandingView> parts;
    book.each_standing(first.account, known_at, [&](const StandingView& standing) {
        if (group_of(state, standing.id) == first.id) parts.push_back(standing);
    });
    return parts;
}

std::optional<Date> last_load(const Snapshot& book, EntityId entity, FactNo known_at) {
    std::optional<Date> latest;
    for (const LoadView& load : book.loads(known_at)) {
        if (load.entity == entity && (!latest || *latest < load.as_of)) latest = load.as_of;
    }
    return latest;
}

}  // namespace

JudgePromise Collections::promise_judge() {
    return [this](const Snapshot& book, const StandingView& standing, Moment moment) -> std::optional<PromiseOutcome> {
        const auto state = memory_.latest();
        if (group_of(*state, standing.id) != standing.id) return std::nullopt;
        const auto parts = parts_of(*state, book, standing, moment.known_at);
        if (parts.empty()) return std::nullopt;
        const PromiseTerms terms{working_days_of(book, standing.account, moment), policy_->promise_grace_days,
                                 last_load(book, book.entity(standing.account), moment.known_at)};
        const PromiseResult result = promise_result(book, parts, terms, moment);
        if (result.state == PromiseState::pending || result.state == PromiseState::awaiting_data) return std::nullopt;
        return PromiseOutcome{result.currency, result.promised, std::min(result.received, result.promised)};
    };
}

}  // namespace countback::collections
