#include "collections/notices.h"

#include <algorithm>

#include "collections/account.h"
#include "collections/assignment.h"

namespace countback::collections {

namespace {

bool holds_all(const StandingView& standing, Date today) {
    if (standing.item || !standing.holds_on(today)) return false;
    return standing.kind == StandingKind::stop || standing.kind == StandingKind::dispute ||
           standing.kind == StandingKind::litigation || standing.kind == StandingKind::insolvency;
}

bool was_noticed(const DunningState& state, ItemId item, const std::string& notice) {
    const auto found = state.noticed.find(item);
    return found != state.noticed.end() &&
           std::find(found->second.begin(), found->second.end(), notice) != found->second.end();
}

class NoticeDecider {
public:
    NoticeDecider(const Run& run, const Account& account) : run_(run), account_(account) {}

    /// The head's, or of an account that stands alone its own.
    bool may_be_told() const {
        return !account_.head && !account_.no_contact && !centre_hold(run_, account_) &&
               may_be_told(account_.members.front());
    }

    std::vector<AskedItem> items_of(const Notice& notice) const {
        std::vector<AskedItem> items;
        if (notice.kind == Notice::Kind::thank_you && anything_overdue()) return items;
        for (const AccountMember& member : account_.members) {
            if (may_be_told(member)) add_items(notice, member.row, items);
        }
        std::sort(items.begin(), items.end(),
                  [](const AskedItem& a, const AskedItem& b) { return a.item < b.item; });
        return items;
    }

private:
    bool may_be_told(const AccountMember& member) const {
        if (run_.insolvent.contains(member.legal_identity)) return false;
        const auto snoozed = run_.state.snoozed.find(member.customer);
        if (snoozed != run_.state.snoozed.end() && snoozed->second >= run_.today()) return false;
        return std::none_of(account_.standings.begin(), account_.standings.end(),
                            [&](const StandingView& one) {
                                return one.account == member.row && holds_all(one, run_.today());
                            });
    }

    void add_items(const Notice& notice, AccountRow row, std::vector<AskedItem>& items) const {
        run_.book.each_item(row, run_.moment.known_at, [&](const ItemView& item) {
            if (item.type != ItemType::invoice || !item.debit() || item.issue > run_.today()) return;
            const auto day = day_of(notice, item);
            if (!day || run_.today() < *day || run_.today() >= *day + notice_days) return;
            const bool told_to_pay = notice.kind == Notice::Kind::new_invoice;
            if (was_noticed(run_.state, item.id, notice.code) || (told_to_pay && held(item))) return;
            const std::int64_t open = run_.book.open(item, run_.moment);
            items.push_back({item.id, item.currency, told_to_pay ? open : item.amount});
        });
    }

    /// Promised, disputed, being paid…: the customer has said something of it, or of the whole account.
    bool held(const ItemView& item) const {
        return std::any_of(
            account_.standings.begin(), account_.standings.end(), [&](const StandingView& one) {
                const bool concerns = one.account == item.account && (!one.item || *one.item == item.row);
                return concerns && one.holds_on(run_.today());
            });
    }

    bool anything_overdue() const {
        return std::any_of(account_.debits.begin(), account_.debits.end(),
                           [&](const AccountItem& one) { return account_.overdue(one, run_.today()); });
    }

    std::optional<Date> day_of(const Notice& notice, const ItemView& item) const {
        const bool open = run_.book.open(item, run_.moment) != 0;
        if (notice.kind == Notice::Kind::new_invoice)
            return open ? std::optional(item.issue + notice.days) : std::nullopt;
        const auto settled = open ? std::nullopt : settled_on(item);
        return settled ? std::optional(*settled + notice.days) : std::nullopt;
    }

    /// The day of its last settlement, when that was cash.
    std::optional<Date> settled_on(const ItemView& item) const {
        std::optional<Date> last;
        bool cash = false;
        run_.book.each_allocation(item.row, run_.moment.known_at, [&](const AllocationView& one) {
            if (one.effective > run_.today() || (last && one.effective <= *last)) return;
            last = one.effective;
            cash = one.amount > 0 && in_cash(one);
        });
        return cash ? last : std::nullopt;
    }

    bool in_cash(const AllocationView& one) const {
        if (one.cause == ClearingCause::cash) return true;
        if (one.cause != ClearingCause::link || !one.counter) return false;
        const auto counter = run_.book.view(*one.counter, run_.moment.known_at);
        return counter && counter->type == ItemType::payment;
    }

    const Run& run_;
    const Account& account_;
};

std::vector<Money> overdue_of(const Account& account, Date today) {
    std::vector<Money> sums;
    for (const AccountItem& one : account.debits) {
        if (account.overdue(one, today)) add_money(sums, {one.open, one.item.currency});
    }
    return sums;
}

}  // namespace

std::vector<DueNotice> decide_notices(const Perimeter& perimeter, const Snapshot& book,
                                      const DecideQuery& query, const Dunning& dunning) {
    std::vector<DueNotice> due;
    const auto& scenarios = dunning.policy.scenarios;
    const auto tells = [](const Scenario& one) { return !one.notices.empty(); };
    if (std::none_of(scenarios.begin(), scenarios.end(), tells)) return due;
    Run run = make_run(book, dunning.policy, dunning.state, query.moment);
    run.whole = true;  // a customer without open items is thanked too
    const auto& rules = dunning.policy.rules;
    run.unranked = std::none_of(rules.begin(), rules.end(),
                                [](const AssignmentRule& rule) { return rule.payer.has_value(); });
    Account account;
    book.each_account(perimeter, query.selection, query.moment, [&](AccountRow row) {
        read_account(run, row, account);
        if (!account.days.works(run.today())) return;
        const Scenario* scenario =
            assign_scenario(run, account, {}, overdue_of(account, run.today())).scenario;
        const NoticeDecider decider(run, account);
        if (!scenario || scenario->notices.empty() || !decider.may_be_told()) return;
        for (const Notice& notice : scenario->notices) {
            auto items = decider.items_of(notice);
            if (!items.empty())
                due.push_back({account.customer, account.entity, scenario, &notice, std::move(items)});
        }
    });
    return due;
}

}  // namespace countback::collections
