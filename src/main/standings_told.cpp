#include "main/standings_told.h"

#include <algorithm>
#include <memory>
#include <mutex>

#include "collections/account.h"
#include "collections/page_names.h"
#include "collections/promise.h"
#include "collections/standing_json.h"

namespace countback {

namespace {

/// A run of collections with all it points into.
struct HeldRun {
    Snapshot book;
    Moment moment;
    std::shared_ptr<const collections::Policy> policy;
    std::shared_ptr<const collections::DunningState> state;
    collections::Run run;

    HeldRun(collections::Collections& service, Snapshot snapshot, Moment at)
        : book(std::move(snapshot)),
          moment(at),
          policy(service.policy()),
          state(service.state()),
          run(collections::make_run(book, *policy, *state, moment)) {}
    HeldRun(const HeldRun&) = delete;
    HeldRun& operator=(const HeldRun&) = delete;
};

/// One measure judges many promises at one moment: the run is made once and kept for the next of them.
class Judge {
public:
    explicit Judge(collections::Collections& service) : service_(service) {}

    std::optional<PromiseOutcome> judge(const Snapshot& book, const StandingView& standing, Moment moment) {
        const auto held = run_at(book, moment);
        for (const auto& group : collections::standing_groups(held->run, standing.account)) {
            if (group.id == standing.id) return outcome(*held, group);
        }
        return std::nullopt;
    }

private:
    std::shared_ptr<const HeldRun> run_at(const Snapshot& book, Moment moment) {
        const std::lock_guard lock(mutex_);
        const bool same = held_ && held_->book.last_fact() == book.last_fact() &&
                          held_->moment.as_of == moment.as_of && held_->moment.known_at == moment.known_at;
        if (!same) held_ = std::make_shared<const HeldRun>(service_, book, moment);
        return held_;
    }

    static std::optional<PromiseOutcome> outcome(const HeldRun& held,
                                                 const collections::StandingGroup& group) {
        using collections::PromiseState;
        const auto terms = collections::promise_terms(held.run, group.first().account);
        const auto result = collections::promise_result(held.book, group.parts, terms, held.moment);
        const bool judged = result.state == PromiseState::kept || result.state == PromiseState::partly_kept ||
                            result.state == PromiseState::broken;
        if (!judged) return std::nullopt;
        const std::int64_t kept = std::clamp<std::int64_t>(result.received, 0, result.promised);
        return PromiseOutcome{result.currency, result.promised, kept};
    }

    collections::Collections& service_;
    std::mutex mutex_;
    std::shared_ptr<const HeldRun> held_;
};

bool touches(const collections::StandingGroup& group, ItemRow item) {
    return std::any_of(group.parts.begin(), group.parts.end(),
                       [&](const StandingView& part) { return !part.item || *part.item == item; });
}

}  // namespace

JudgePromise promise_judge(collections::Collections& service) {
    const auto judge = std::make_shared<Judge>(service);
    return [judge](const Snapshot& book, const StandingView& standing, Moment moment) {
        return judge->judge(book, standing, moment);
    };
}

ItemTold item_told(collections::Collections& service, std::function<std::string(UserId)> user_name) {
    return [&service, user_name = std::move(user_name)](const access::Caller& caller,
                                                        const MeasureRequest& request, ItemId item) {
        json::array shown;
        const auto row = request.book.item(item);
        const auto view = row ? request.book.view(*row, request.query.moment.known_at) : std::nullopt;
        json::object told{{"standings", json::array()}, {"scenario", nullptr}};
        if (!view) return told;
        const HeldRun held(service, request.book, request.query.moment);
        collections::PageNames names(service.ledger().database(), caller.language, user_name);
        for (const auto& group : collections::standing_groups(held.run, view->account)) {
            if (touches(group, *row)) shown.push_back(collections::standing_json(held.run, group, names));
        }
        told["standings"] = std::move(shown);
        const auto own = held.state->item_scenarios.find(item);
        const auto* scenario =
            own == held.state->item_scenarios.end() ? nullptr : held.policy->scenario(own->second);
        if (scenario != nullptr) told["scenario"] = scenario->code;
        return told;
    };
}

}  // namespace countback
