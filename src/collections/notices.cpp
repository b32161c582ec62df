#include "collections/notices.h"

#include <algorithm>

#include "base/ensure.h"
#include "collections/account.h"
#include "collections/assignment.h"
#include "collections/holds.h"

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
        const bool reached = run_.assume_recipients || (account_.no_contact & no_mail) == 0;
        return !account_.head && reached && !centre_hold(run_, account_) &&
               may_be_told(account_.members.front());
    }

    std::vector<AskedItem> items_of(const Notice& notice) const {
        std::vector<AskedItem> items;
        if (notice.kind == Notice::Kind::thank_you && anything_overdue()) return items;
        for (const AccountMember& member : account_.members) {
            if (may_be_told(member)) add_items(notice, member.row, items);
        }
        if (notice.kind == Notice::Kind::new_invoice) leave_out_covered(items);
        std::sort(items.begin(), items.end(),
                  [](const AskedItem& a, const AskedItem& b) { return a.item < b.item; });
        return items;
    }

private:
    /// CSH-3: nobody who has paid is told to pay, though the payment is not applied yet.
    void leave_out_covered(std::vector<AskedItem>& items) const {
        for (const Money& asked : sums_of(items)) {
            if (!credit_hold(account_, {asked})) continue;
            std::erase_if(items, [&](const AskedItem& one) { return one.currency == asked.currency; });
        }
    }

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
            items.push_back({item.id, item.currency, told_to_pay ? open : paid_in_cash(item)});
        });
    }

    /// What holds a reminder of it (COL-6); and whatever else the customer has said of it, or of the whole
    /// account.
    bool held(const ItemView& item) const {
        const bool suppressed =
            std::any_of(account_.debits.begin(), account_.debits.end(),
                        [&](const AccountItem& one) { return one.item.id == item.id && !one.holds.empty(); });
        return suppressed || std::any_of(account_.standings.begin(), account_.standings.end(),
                                         [&](const StandingView& one) {
                                             const bool concerns = one.account == item.account &&
                                                                   (!one.item || *one.item == item.row);
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

    /// COL-8: thanks are for money, never for what a credit note settled.
    std::int64_t paid_in_cash(const ItemView& item) const {
        std::int64_t paid = 0;
        run_.book.each_allocation(item.row, run_.moment.known_at, [&](const AllocationView& one) {
            if (one.effective <= run_.today() && in_cash(one)) paid = checked_add(paid, one.amount);
        });
        return paid;
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

/// A message of the dunning that is due today, by the product or on a person's yes.
bool writes_reminder(const Decision& decision) {
    const Step* step = decision.next_step_due ? decision.step() : nullptr;
    return decision.outcome == Outcome::due && step && needs_recipient(step->channel) &&
           decision.mode != Mode::manual;
}

bool other_asked_today(const Run& run, CustomerId customer, const Notice& notice) {
    const auto found = run.state.notices_pending.find(customer);
    return found != run.state.notices_pending.end() &&
           std::any_of(found->second.begin(), found->second.end(), [&](const PendingNotice& one) {
               return one.id != run.own && one.asked == run.today() && one.notice != notice.code;
           });
}

/// COL-6: who may have paid since the last load is not told to pay.
std::optional<Note> stale_of(const Run& run, const Account& account, const Notice& notice) {
    if (notice.kind != Notice::Kind::new_invoice) return std::nullopt;
    for (Hold& hold : customer_holds(run, account)) {
        if (hold.note.code == "stale_data") return std::move(hold.note);
    }
    return std::nullopt;
}

Note contact_today(Date today) { return {"notice_after_contact", {{"date", today.iso()}}, {}, {}}; }

/// COL-7: one message a day, the reminder first.
std::vector<Note> waits_of(const Run& run, const Account& account, Account& scratch) {
    std::vector<Note> waits;
    const Decision decision = decide_account(run, account.row, scratch);
    if (writes_reminder(decision)) waits.push_back({"notice_after_reminder", {}, {}, {}});
    if (run.state.pending.contains(account.customer)) waits.push_back({"notice_after_message", {}, {}, {}});
    const auto is_today = [&](const std::vector<Date>& days) {
        return !days.empty() && days.back() == run.today();
    };
    if (is_today(account.contacts) || is_today(account.told)) waits.push_back(contact_today(run.today()));
    if (const auto cap = contact_cap_hold(run, account)) waits.push_back(cap->note);
    return waits;
}

Mode mode_of(const Run& run, const Account& account, const Notice& notice) {
    if (notice.mode != Mode::automatic) return notice.mode;
    const auto found = run.state.cancelled.find(account.customer);
    if (found == run.state.cancelled.end()) return notice.mode;
    const bool cancelled =
        std::any_of(found->second.begin(), found->second.end(), [&](const CancelledMessage& one) {
            return !one.leader && one.code == notice.code && one.day <= run.today() &&
                   run.today() < one.day + notice_days;
        });
    return cancelled ? Mode::confirm : notice.mode;
}

}  // namespace

NoticeRun::NoticeRun(const Run& run) : run_(run), plain_(run) {
    run_.detail = Detail::whole;  // a customer without open items is thanked too
    const auto& rules = run.policy.rules;
    run_.unranked = std::none_of(rules.begin(), rules.end(),
                                 [](const AssignmentRule& rule) { return rule.payer.has_value(); });
    plain_.unranked = run_.unranked;
}

void NoticeRun::look(AccountRow row, std::vector<DueNotice>& due) {
    try {
        add(row, due);
    } catch (const Bug& bug) {
        Note why{"unreadable", {{"what", "notice"}, {"value", bug.what()}}, {}, {}};
        due.push_back({run_.book.customer(row),
                       run_.book.entity(row),
                       nullptr,
                       nullptr,
                       {},
                       Mode::manual,
                       {std::move(why)}});
    }
}

void NoticeRun::add(AccountRow row, std::vector<DueNotice>& due) {
    read_account(run_, row, account_);
    if (!account_.days.works(run_.today())) return;
    const Scenario* scenario =
        assign_scenario(run_, account_, {}, overdue_of(account_, run_.today())).scenario;
    hold_by_standings(run_, account_);
    const NoticeDecider decider(run_, account_);
    if (!scenario || scenario->notices.empty() || !decider.may_be_told()) return;
    std::optional<std::vector<Note>> waits;
    for (const Notice& notice : scenario->notices) {
        auto items = decider.items_of(notice);
        if (items.empty()) continue;
        if (!waits) waits = waits_of(plain_, account_, scratch_);
        auto why = *waits;
        if (auto stale = stale_of(plain_, account_, notice)) why.push_back(std::move(*stale));
        if (other_asked_today(plain_, account_.customer, notice)) why.push_back(contact_today(run_.today()));
        due.push_back({account_.customer, account_.entity, scenario, &notice, std::move(items),
                       mode_of(run_, account_, notice), std::move(why)});
    }
}

std::vector<DueNotice> decide_notices(const Perimeter& perimeter, const Snapshot& book,
                                      const DecideQuery& query, const Dunning& dunning) {
    std::vector<DueNotice> due;
    const auto& scenarios = dunning.policy.scenarios;
    const auto tells = [](const Scenario& one) { return !one.notices.empty(); };
    if (std::none_of(scenarios.begin(), scenarios.end(), tells)) return due;
    Run whole = make_run(book, dunning.policy, dunning.state, query.moment);
    whole.own = query.own;
    NoticeRun run(whole);
    book.each_account(perimeter, query.selection, query.moment, [&](AccountRow row) { run.look(row, due); });
    return due;
}

}  // namespace countback::collections
