#include "collections/promises_due.h"

#include <algorithm>
#include <tuple>

namespace countback::collections {

namespace {

bool unjudged(PromiseState state) {
    return state == PromiseState::pending || state == PromiseState::awaiting_data;
}

bool broken(PromiseState state) {
    return state == PromiseState::broken || state == PromiseState::partly_kept;
}

/// Whether anything that was promised is still open.
bool open_still(const Run& run, const StandingGroup& group) {
    bool open = false;
    const auto look = [&](const ItemView& item) {
        open |= item.debit() && run.book.open(item, run.moment) > 0;
    };
    for (const StandingView& part : group.parts) {
        if (!part.item) {
            run.book.each_item(part.account, run.moment.known_at, [&](const ItemView& item) {
                if (item.issue <= part.from) look(item);
            });
        } else if (const auto item = run.book.view(*part.item, run.moment.known_at)) {
            look(*item);
        }
    }
    return open;
}

bool contacted_after(const Run& run, AccountRow account, Date day) {
    const auto found = run.state.contacts.find(run.book.customer(account));
    return found != run.state.contacts.end() &&
           std::any_of(found->second.begin(), found->second.end(),
                       [&](Date contact) { return contact > day && contact <= run.today(); });
}

/// The promises of one account; broken ones only where nothing answers them.
void add_account(const Run& run, AccountRow account, std::vector<PromiseDue>& due) {
    const Date sunday = run.today() + 6 - (run.today().weekday() + 6) % 7;
    std::optional<PromiseDue> last_broken;
    bool promised_anew = false;
    for (StandingGroup& group : standing_groups(run, account)) {
        const StandingView& promise = group.first();
        if (promise.kind != StandingKind::promise || !promise.to || promise.from > run.today()) continue;
        PromiseDue one{group, *promise.to,
                       promise_result(run.book, group.parts, promise_terms(run, account), run.moment)};
        if (unjudged(one.result.state)) {
            promised_anew = true;
            if (one.day <= sunday) due.push_back(std::move(one));
        } else if (broken(one.result.state) &&
                   (!last_broken || last_broken->result.deadline < one.result.deadline)) {
            last_broken = std::move(one);
        }
    }
    if (!last_broken || promised_anew || !open_still(run, last_broken->group)) return;
    if (!contacted_after(run, account, last_broken->result.deadline)) due.push_back(std::move(*last_broken));
}

}  // namespace

std::vector<PromiseDue> promises_due(const Run& run, const Perimeter& perimeter, const Selection& selection) {
    std::vector<PromiseDue> due;
    run.book.each_account(perimeter, selection, run.moment,
                          [&](AccountRow account) { add_account(run, account, due); });
    std::stable_sort(due.begin(), due.end(), [](const PromiseDue& a, const PromiseDue& b) {
        return std::tuple(a.day, a.group.first().account) < std::tuple(b.day, b.group.first().account);
    });
    return due;
}

}  // namespace countback::collections
