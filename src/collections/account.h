// One account as the decision sees it: its open items, credits, standings and attributes at the moment.
#pragma once
#include <unordered_map>
#include <vector>

#include "base/calendar.h"
#include "collections/policy.h"
#include "collections/promise.h"
#include "correspondence/group.h"

namespace countback::collections {

/// What one run knows beside the account at hand. References live as long as the run.
struct Run {
    const Snapshot& book;
    const Policy& policy;
    const DunningState& state;
    Moment moment;
    Detail detail = Detail::explained;
    MessageId own{};                                     ///< does not hold its customer back
    std::unordered_map<EntityId, Date> last_load{};      ///< latest as-of date of an entity's loads
    std::unordered_map<std::int64_t, Date> insolvent{};  ///< legal identity → first day of proceedings
    bool assume_recipients = false;                      ///< COL-12: every customer counts as reachable
    bool unranked = false;                               ///< COL-12: no priority, and no payer's profile
    /// Read when the first head of a group is met: who has no groups pays nothing for them.
    mutable std::optional<correspondence::Groups> groups{};
    mutable std::optional<correspondence::Receivers> receivers{};  ///< read with the first account
    Date today() const { return moment.as_of; }
    bool tells(Detail wanted) const { return detail >= wanted; }
};

struct AccountItem {
    ItemView item;
    std::int64_t open = 0;    ///< signed, LED-3
    std::int64_t chased = 0;  ///< > 0: what a message may ask for
    std::vector<Hold> holds;
    std::size_t member = 0;  ///< whose it is: place in the account's members
};

struct AccountPromise {
    PromiseResult result;
    Date made, promised;
    StandingId id;
    std::vector<ItemRow> items;  ///< empty = the whole account
    AccountRow account{};
};

/// One customer of those chased together (COL-2).
struct AccountMember {
    AccountRow row{};
    CustomerId customer;
    std::int64_t legal_identity = 0;
};

/// Of a group's head: the group, under the head's attributes. Of a member: itself, and the head that is
/// chased for it.
struct Account {
    AccountRow row{};
    CustomerId customer;
    std::vector<AccountMember> members;  ///< the account itself first; alone where it stands alone
    std::optional<CustomerId> head;      ///< it is chased with that customer: nothing of its own is due
    EntityId entity;
    LabelId collector, segment, risk_class;
    std::int64_t country = 0;
    int scenario = 0;
    AccountRow recipient{};          ///< whom its messages go to: its payment centre, else itself (COL-7)
    std::int64_t no_contact = 0;     ///< of the recipient: no_mail and no_post summed
    std::vector<Date> own_contacts;  ///< with the account itself, up to today, ascending
    std::optional<Profile> payer;    ///< KPI-4; read where something is overdue
    WorkingDays days{HolidaySet::weekends};
    std::vector<AccountItem> debits;  ///< open, that a reminder may ask for (COL-2)
    std::vector<AccountItem> others;  ///< open credits, late fees, memo items
    std::vector<Money> credits;       ///< unapplied, > 0, per currency
    std::vector<StandingView> standings;
    std::vector<AccountPromise> promises;
    std::vector<Date> contacts;  ///< up to today, ascending
    std::vector<Date> told;      ///< days of notices sent up to today, ascending

    bool grouped() const { return members.size() > 1; }
    bool overdue(const AccountItem& one, Date today) const { return one.item.due < today; }
};

/// Makes the run ready: what is true of the whole book (loads, proceedings by legal identity).
Run make_run(const Snapshot& book, const Policy& policy, const DunningState& state, Moment moment);

/// Reads one account, with its members where it heads a group; `account` is reused from one to the next.
void read_account(const Run& run, AccountRow row, Account& account);

/// COL-7: the payment centre's own stop, dispute, litigation, insolvency or snooze holds what is sent to it.
std::optional<Hold> centre_hold(const Run& run, const Account& account);

/// Of the customer's country; weekends alone where it has no rules here.
WorkingDays working_days_of(const Snapshot& book, AccountRow row, Moment moment);

/// PRO-1's terms for an account: its working days, the grace, its entity's last load.
PromiseTerms promise_terms(const Run& run, AccountRow row);

/// Adds to the amount of that currency, or a new line.
void add_money(std::vector<Money>& sums, Money money);

}  // namespace countback::collections
