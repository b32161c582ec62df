#include "collections/holds.h"

#include <algorithm>

#include "collections/timing.h"

namespace countback::collections {

namespace {

Hold hold(std::string_view code, HoldScope scope, std::optional<Date> until) {
    Hold made{{code, {}, {}, {}}, scope, true, until};
    if (until) made.note.data.emplace_back("until", until->iso());
    return made;
}

std::string text_of(Money money) {
    return decimal(money.minor, money.currency) + ' ' + std::string(money.currency.code());
}

/// The head's stop: nobody of its group is written to.
bool stops_group(const Account& account, const StandingView& standing) {
    return account.grouped() && standing.kind == StandingKind::stop && !standing.item &&
           standing.account == account.row;
}

bool concerns(const Account& account, const StandingView& standing, const ItemView& item) {
    if (standing.item) return *standing.item == item.row;
    return standing.account == item.account || stops_group(account, standing);
}

HoldScope scope_of(const StandingView& standing) {
    return standing.item ? HoldScope::item : HoldScope::customer;
}

/// Of a group, whose it is: the text begins with the name.
void name_member(const Account& account, std::size_t member, Note& note) {
    if (account.grouped())
        note.data.emplace_back("member", std::to_string(account.members[member].customer.value));
}

/// What a customer said of "my account" is about the items there were when he said it.
bool said_of(const StandingView& standing, const ItemView& item) {
    return standing.item || item.issue <= standing.from;
}

std::optional<Hold> hold_of(const Run& run, const StandingView& standing, const ItemView& item) {
    const auto while_it_holds = [&](std::string_view code) -> std::optional<Hold> {
        if (!standing.holds_on(run.today())) return std::nullopt;
        return hold(code, scope_of(standing), standing.to);
    };
    switch (standing.kind) {
        case StandingKind::promise:
            return std::nullopt;  // by its state, below
        case StandingKind::processing: {
            const Date until = standing.to.value_or(standing.from + run.policy.follow_up_days);
            if (run.today() < standing.from || run.today() > until) return std::nullopt;
            return hold("processing", scope_of(standing), until);
        }
        case StandingKind::insolvency:
            return item.issue < standing.from ? while_it_holds("insolvency") : std::nullopt;
        case StandingKind::plan:
            return said_of(standing, item) ? while_it_holds("plan_running") : std::nullopt;
        case StandingKind::dispute:
            return said_of(standing, item) ? while_it_holds("dispute_open") : std::nullopt;
        case StandingKind::proposal:
            return said_of(standing, item) ? while_it_holds("proposal_open") : std::nullopt;
        case StandingKind::litigation:
            return while_it_holds("litigation");
        case StandingKind::payment_in_progress:
            return while_it_holds("payment_in_progress");
        case StandingKind::stop:
            return while_it_holds("stop");
    }
    return while_it_holds("unreadable");
}

void hold_by(const Run& run, const Account& account, const StandingView& standing, AccountItem& one) {
    if (!concerns(account, standing, one.item)) return;
    auto found = hold_of(run, standing, one.item);
    if (!found) return;
    found->note.standing = standing.id;
    if (standing.item) {
        found->note.item = one.item.id;
    } else if (stops_group(account, standing)) {
        found->scope = HoldScope::group;
    } else {
        name_member(account, one.member, found->note);
    }
    const bool part = standing.kind == StandingKind::dispute && standing.item && standing.amount;
    if (part) found->note.data.emplace_back("amount", text_of({*standing.amount, one.item.currency}));
    one.chased = part ? std::max<std::int64_t>(0, one.chased - *standing.amount) : 0;
    one.holds.push_back(std::move(*found));
}

void hold_by_promise(const Account& account, const AccountPromise& promise, AccountItem& one) {
    if (promise.account != one.item.account) return;
    const PromiseState state = promise.result.state;
    if (state != PromiseState::pending && state != PromiseState::awaiting_data) return;
    const bool named =
        std::find(promise.items.begin(), promise.items.end(), one.item.row) != promise.items.end();
    if (!promise.items.empty() ? !named : one.item.issue > promise.made) return;
    const bool pending = state == PromiseState::pending;
    Hold made = hold(pending ? "promise_running" : "promise_awaiting_data",
                     promise.items.empty() ? HoldScope::customer : HoldScope::item,
                     pending ? std::optional(promise.result.deadline) : std::nullopt);
    made.note.data.emplace_back("promised", promise.promised.iso());
    made.note.standing = promise.id;
    if (promise.items.empty()) {
        name_member(account, one.member, made.note);
    } else {
        made.note.item = one.item.id;
    }
    one.chased = 0;
    one.holds.push_back(std::move(made));
}

void hold_by_legal_person(const Run& run, const Account& account, AccountItem& one) {
    const std::int64_t identity = account.members[one.member].legal_identity;
    const auto found = run.insolvent.find(identity);
    if (identity == 0 || found == run.insolvent.end() || one.item.issue >= found->second) return;
    const auto own = [](const Hold& held) { return held.note.code == "insolvency"; };
    if (std::any_of(one.holds.begin(), one.holds.end(), own)) return;
    one.chased = 0;
    one.holds.push_back(hold("insolvency", HoldScope::group, std::nullopt));
    one.holds.back().note.item = one.item.id;
}

/// COL-9: the item has an action of its own.
void hold_by_specific(const Run& run, const Account& account, AccountItem& one) {
    const auto found = run.state.specific.find(account.members[one.member].customer);
    if (found == run.state.specific.end()) return;
    for (const SpecificAction& action : found->second) {
        if (std::find(action.items.begin(), action.items.end(), one.item.id) == action.items.end()) continue;
        Hold made = hold("specific_action", HoldScope::item, std::nullopt);
        made.note.data.emplace_back("date", action.day.iso());
        made.note.item = one.item.id;
        one.chased = 0;
        one.holds.push_back(std::move(made));
    }
}

}  // namespace

std::optional<Hold> snooze_hold(const Run& run, CustomerId customer) {
    const auto found = run.state.snoozed.find(customer);
    if (found == run.state.snoozed.end() || found->second < run.today()) return std::nullopt;
    return hold("snoozed", HoldScope::customer, found->second);
}

std::optional<Hold> message_hold(const Run& run, CustomerId customer) {
    const auto found = run.state.pending.find(customer);
    if (found == run.state.pending.end()) return std::nullopt;
    for (const PendingMessage& pending : found->second) {
        if (run.own && pending.id.value >= run.own.value) continue;  // the first to be asked for goes
        Hold made = hold("message_waiting", HoldScope::customer, std::nullopt);
        made.note.data.emplace_back("message", std::to_string(pending.id.value));
        return made;
    }
    return std::nullopt;
}

namespace {

std::string_view stop_code(StandingKind kind) { return kind == StandingKind::stop ? "stop" : ""; }

/// What a payment centre says of its whole account that holds what others' messages send to it.
std::string_view centre_code(StandingKind kind) {
    if (kind == StandingKind::stop) return "stop";
    if (kind == StandingKind::dispute) return "dispute_open";
    if (kind == StandingKind::litigation) return "litigation";
    return kind == StandingKind::insolvency ? "insolvency" : "";
}

/// The first standing of the whole account that holds today and for which `code_of(kind)` has a code.
template <class CodeOf>
std::optional<Hold> account_hold(const Run& run, AccountRow account, CodeOf code_of) {
    std::optional<Hold> made;
    run.book.each_standing(account, run.moment.known_at, [&](const StandingView& one) {
        const std::string_view code = code_of(one.kind);
        if (made || one.item || code.empty() || !one.holds_on(run.today())) return;
        made = hold(code, HoldScope::customer, one.to);
        made->note.standing = one.id;
    });
    return made;
}

}  // namespace

std::optional<Hold> stop_hold(const Run& run, AccountRow account) {
    return account_hold(run, account, stop_code);
}

namespace {

/// What would hold a member that stands alone holds its items in the group.
void hold_by_member(const Run& run, Account& account, std::size_t member) {
    const CustomerId customer = account.members[member].customer;
    auto made = snooze_hold(run, customer);
    if (!made) made = message_hold(run, customer);
    if (!made) return;
    name_member(account, member, made->note);
    for (AccountItem& one : account.debits) {
        if (one.member != member) continue;
        one.chased = 0;
        one.holds.push_back(*made);
    }
}

std::optional<Hold> stale(const Run& run, const Account& account) {
    const auto load = run.last_load.find(account.entity);
    if (load == run.last_load.end() || run.today() - load->second <= run.policy.stale_after_days)
        return std::nullopt;
    Hold made = hold("stale_data", HoldScope::customer, std::nullopt);
    made.note.data.emplace_back("as_of", load->second.iso());
    made.note.data.emplace_back("days", std::to_string(run.today() - load->second));
    return made;
}

}  // namespace

std::optional<Hold> contact_cap_hold(const Run& run, const Account& account) {
    const Date first = run.today() - (run.policy.contact_cap_days - 1);
    const auto since = [&](const std::vector<Date>& days) {
        return std::count_if(days.begin(), days.end(), [&](Date day) { return day >= first; });
    };
    const auto recent = since(account.contacts) + since(account.told);
    if (recent < run.policy.contact_cap) return std::nullopt;
    std::vector<Date> days(account.contacts.size() + account.told.size());
    std::merge(account.contacts.begin(), account.contacts.end(), account.told.begin(), account.told.end(),
               days.begin());
    const Date oldest = *(days.end() - run.policy.contact_cap);
    Hold made = hold("contact_cap", HoldScope::customer, oldest + (run.policy.contact_cap_days - 1));
    made.note.data.emplace_back("contacts", std::to_string(recent));
    made.note.data.emplace_back("days", std::to_string(run.policy.contact_cap_days));
    return made;
}

namespace {

/// By what is to be paid: nobody is reminded of the cents that a credit note leaves.
std::optional<Hold> below_minimum(const Run& run, const Step& step, const std::vector<Money>& to_pay) {
    if (to_pay.empty()) return std::nullopt;
    for (const Money& sum : to_pay) {
        const auto floor = amount_for(step.floors, run.policy.floors, sum.currency);
        if (!floor || sum.minor >= *floor) return std::nullopt;
    }
    Hold made = hold("below_minimum", HoldScope::customer, std::nullopt);
    made.note.data.emplace_back("amount", text_of(to_pay.front()));
    return made;
}

std::optional<Hold> covered(const std::vector<Money>& credits, const std::vector<Money>& asked) {
    if (asked.empty()) return std::nullopt;
    for (const Money& sum : asked) {
        const auto credit = amount_for(credits, sum.currency);
        if (!credit || *credit < sum.minor) return std::nullopt;
    }
    Hold made = hold("unapplied_credit", HoldScope::customer, std::nullopt);
    made.note.data.emplace_back(
        "credit", text_of({*amount_for(credits, asked.front().currency), asked.front().currency}));
    made.note.data.emplace_back("asked", text_of(asked.front()));
    return made;
}

/// A payment centre pays for others from its own account: what stands there unapplied may be for them.
std::optional<Hold> covered_by_centre(const Run& run, const Account& account,
                                      const std::vector<Money>& asked) {
    if (account.recipient == account.row) return std::nullopt;
    std::vector<Money> credits;
    run.book.each_open_item(account.recipient, run.moment, [&](const ItemView& item) {
        const std::int64_t open = run.book.open(item, run.moment);
        if (open < 0) add_money(credits, {-open, item.currency});
    });
    auto made = covered(credits, asked);
    if (made)
        made->note.data.emplace_back("member", std::to_string(run.book.customer(account.recipient).value));
    return made;
}

}  // namespace

std::optional<Hold> credit_hold(const Account& account, const std::vector<Money>& asked) {
    return covered(account.credits, asked);
}

std::optional<Hold> centre_hold(const Run& run, const Account& account) {
    if (account.recipient == account.row) return std::nullopt;
    auto made = account_hold(run, account.recipient, centre_code);
    const CustomerId centre = run.book.customer(account.recipient);
    if (!made) made = snooze_hold(run, centre);
    if (made) made->note.data.emplace_back("member", std::to_string(centre.value));
    return made;
}

std::optional<std::int64_t> amount_for(const std::vector<Money>& amounts, Currency currency) {
    for (const Money& amount : amounts) {
        if (amount.currency == currency) return amount.minor;
    }
    return std::nullopt;
}

std::optional<std::int64_t> amount_for(const std::vector<Money>& own, const std::vector<Money>& all,
                                       Currency currency) {
    const auto amount = amount_for(own, currency);
    return amount ? amount : amount_for(all, currency);
}

std::vector<Money> sums_of(const std::vector<AskedItem>& asked) {
    std::vector<Money> sums;
    for (const AskedItem& one : asked) add_money(sums, {one.amount, one.currency});
    return sums;
}

std::vector<Money> to_pay_of(const Account& account, const std::vector<AskedItem>& asked) {
    std::vector<Money> sums = sums_of(asked);
    for (Money& sum : sums) {
        const std::int64_t credit = amount_for(account.credits, sum.currency).value_or(0);
        sum.minor = std::max<std::int64_t>(0, checked_add(sum.minor, -credit));
    }
    return sums;
}

void hold_by_standings(const Run& run, Account& account) {
    for (AccountItem& one : account.debits) {
        for (const StandingView& standing : account.standings) hold_by(run, account, standing, one);
        for (const AccountPromise& promise : account.promises) hold_by_promise(account, promise, one);
        hold_by_legal_person(run, account, one);
        hold_by_specific(run, account, one);
    }
    for (std::size_t member = 1; member < account.members.size(); ++member)
        hold_by_member(run, account, member);
}

void hold_by_credit(const Run& run, Account& account) {
    for (const Money& credit : account.credits) {
        Money asked{0, credit.currency};
        for (const AccountItem& one : account.debits) {
            if (one.item.currency == credit.currency && one.item.due < run.today()) asked.minor += one.chased;
        }
        if (asked.minor == 0 || credit.minor < asked.minor) continue;
        for (AccountItem& one : account.debits) {
            if (one.item.currency != credit.currency || one.item.due >= run.today() || one.chased == 0)
                continue;
            Hold made = hold("unapplied_credit", HoldScope::customer, std::nullopt);
            made.note.data.emplace_back("credit", text_of(credit));
            made.note.data.emplace_back("asked", text_of(asked));
            one.chased = 0;
            one.holds.push_back(std::move(made));
        }
    }
}

std::vector<Hold> customer_holds(const Run& run, const Account& account) {
    std::vector<Hold> holds;
    if (auto made = message_hold(run, account.customer)) holds.push_back(std::move(*made));
    if (auto made = snooze_hold(run, account.customer)) holds.push_back(std::move(*made));
    if (auto made = stale(run, account)) holds.push_back(std::move(*made));
    return holds;
}

std::vector<Hold> message_holds(const Run& run, const Account& account, const Step& step,
                                const std::vector<AskedItem>& asked) {
    std::vector<Hold> holds;
    if (needs_recipient(step.channel)) {
        if (auto made = centre_hold(run, account)) holds.push_back(std::move(*made));
    }
    const auto sums = sums_of(asked);
    const std::int64_t needed = needed_contact(step.channel);
    if ((account.no_contact & needed) != 0 && !run.assume_recipients) {
        holds.push_back(hold("no_recipient", HoldScope::customer, std::nullopt));
        holds.back().note.data.emplace_back("missing", needed == no_post ? "post" : "mail");
    }
    if (is_contact(step.channel)) {
        if (auto made = contact_cap_hold(run, account)) holds.push_back(std::move(*made));
        if (auto made = covered(account.credits, sums)) holds.push_back(std::move(*made));
        if (auto made = covered_by_centre(run, account, sums)) holds.push_back(std::move(*made));
    }
    if (auto made = below_minimum(run, step, to_pay_of(account, asked))) holds.push_back(std::move(*made));
    return holds;
}

}  // namespace countback::collections
