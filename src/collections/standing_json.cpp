#include "collections/standing_json.h"

#include <algorithm>

#include "collections/agenda_json.h"
#include "collections/item_json.h"

namespace countback::collections {

namespace {

struct Total {
    std::optional<std::int64_t> amount;
    std::optional<Currency> currency;
};

Total total_of(const Run& run, const StandingGroup& group) {
    Total total;
    for (const StandingView& part : group.parts) {
        const auto item = part.item ? run.book.view(*part.item, run.moment.known_at) : std::nullopt;
        if (item) total.currency = item->currency;
        if (part.amount) total.amount = total.amount.value_or(0) + *part.amount;
    }
    return total;
}

json::array items_json(const Run& run, const StandingGroup& group, PageNames& names) {
    json::array items;
    for (const StandingView& part : group.parts) {
        const auto item = part.item ? run.book.view(*part.item, run.moment.known_at) : std::nullopt;
        if (item) items.push_back(names.item_json(item->id));
    }
    return items;
}

json::value cause_json(const StandingView& standing, PageNames& names) {
    if (!standing.cause) return nullptr;
    return json::value(names.label(standing.cause));
}

json::value promise_state_json(const Run& run, const StandingGroup& group) {
    if (group.first().kind != StandingKind::promise) return nullptr;
    const auto result =
        promise_result(run.book, group.parts, promise_terms(run, group.first().account), run.moment);
    return json::value(name_of(result.state));
}

}  // namespace

std::vector<StandingGroup> standing_groups(const Run& run, AccountRow account) {
    std::vector<StandingGroup> groups;
    run.book.each_standing(account, run.moment.known_at, [&](const StandingView& standing) {
        const auto joined = run.state.groups.find(standing.id);
        const StandingId id = joined == run.state.groups.end() ? standing.id : joined->second;
        const auto same =
            std::find_if(groups.begin(), groups.end(), [&](const auto& one) { return one.id == id; });
        if (same == groups.end()) {
            groups.push_back({id, {standing}});
        } else {
            same->parts.push_back(standing);
        }
    });
    return groups;
}

bool in_force(const Run& run, const StandingGroup& group) {
    const StandingView& first = group.first();
    if (!first.to || run.today() <= *first.to) return true;
    if (first.kind != StandingKind::promise) return false;
    const auto result = promise_result(run.book, group.parts, promise_terms(run, first.account), run.moment);
    return result.state == PromiseState::pending || result.state == PromiseState::awaiting_data;
}

std::vector<DisputeToAnswer> disputes_to_answer(const Run& run, const Perimeter& perimeter,
                                                const Selection& selection) {
    std::vector<DisputeToAnswer> disputes;
    run.book.each_account(perimeter, selection, run.moment, [&](AccountRow account) {
        for (StandingGroup& group : standing_groups(run, account)) {
            const StandingView& dispute = group.first();
            if (dispute.kind != StandingKind::dispute || !dispute.holds_on(run.today())) continue;
            const Date follow_up = dispute.to.value_or(dispute.from + run.policy.follow_up_days);
            if (follow_up <= run.today()) disputes.push_back({std::move(group), follow_up});
        }
    });
    std::stable_sort(disputes.begin(), disputes.end(),
                     [](const auto& a, const auto& b) { return a.follow_up < b.follow_up; });
    return disputes;
}

json::object standing_json(const Run& run, const StandingGroup& group, PageNames& names) {
    const StandingView& first = group.first();
    const Total total = total_of(run, group);
    const FactNo recorded{group.id.value};
    const auto at = run.book.instant_of(recorded);
    const bool over = first.kind != StandingKind::promise && first.to && *first.to < run.today();
    const bool amount = total.amount && total.currency;
    return {{"id", group.id.value},
            {"kind", name_of(first.kind)},
            {"customer", names.customer_json(run.book.customer(first.account))},
            {"items", items_json(run, group, names)},
            {"amount", amount ? json::value(decimal(*total.amount, *total.currency)) : json::value(nullptr)},
            {"currency", total.currency ? json::value(total.currency->code()) : json::value(nullptr)},
            {"cause", cause_json(first, names)},
            {"from", first.from.iso()},
            {"to", date_json(first.to)},
            {"reason", names.reason(recorded)},
            {"author", names.author(recorded)},
            {"at", at ? at->rfc3339() : ""},
            {"ended", over ? date_json(first.to) : json::value(nullptr)},
            {"promise_state", promise_state_json(run, group)}};
}

}  // namespace countback::collections
