#include "collections/account.h"

#include <algorithm>
#include <iterator>

namespace countback::collections {

namespace {

HolidaySet holidays_of(std::int64_t country) {
    return holiday_set_of(two_letter_text(country)).value_or(HolidaySet::weekends);
}

/// COL-2: invoice, debit misc, unpaid draft; never late fee or memo.
bool leads(const ItemView& item) {
    return item.debit() &&
           (item.type == ItemType::invoice || item.type == ItemType::misc || item.type == ItemType::draft);
}

void read_items(const Run& run, std::size_t member, Account& account) {
    run.book.each_open_item(account.members[member].row, run.moment, [&](const ItemView& item) {
        if (item.issue > run.today()) return;
        const std::int64_t open = run.book.open(item, run.moment);
        if (open > 0 && leads(item)) {
            account.debits.push_back({item, open, open, {}, member});
            return;
        }
        if (open < 0) add_money(account.credits, {-open, item.currency});
        if (run.tells(Detail::whole) && (open != 0 || item.memo()))
            account.others.push_back({item, open, 0, {}, member});
    });
}

void read_attributes(const Run& run, Account& account) {
    const AttributeValues values = run.book.attribute_values(account.row, run.moment);
    const auto read = [&](Attribute attribute) { return values[static_cast<std::size_t>(attribute)]; };
    account.collector = LabelId{read(Attribute::collector)};
    account.members.front().legal_identity = read(Attribute::legal_identity);
    account.segment = LabelId{read(Attribute::segment)};
    account.risk_class = LabelId{read(Attribute::risk_class)};
    account.country = read(Attribute::country);
    account.scenario = static_cast<int>(read(Attribute::scenario));
    account.recipient = correspondence::recipient_of(run.book, account.row, run.moment);
    account.no_contact = account.recipient == account.row
                             ? read(Attribute::no_contact)
                             : run.book.attribute(account.recipient, Attribute::no_contact, run.moment);
    account.days = WorkingDays(holidays_of(account.country));
}

StandingId group_of(const DunningState& state, StandingId id) {
    const auto found = state.groups.find(id);
    return found == state.groups.end() ? id : found->second;
}

void read_promises(const Run& run, AccountRow row, Account& account) {
    std::vector<std::pair<StandingId, std::vector<StandingView>>> promises;
    for (const StandingView& standing : account.standings) {
        if (standing.account != row) continue;
        if (standing.kind != StandingKind::promise || standing.from > run.today()) continue;
        const StandingId group = group_of(run.state, standing.id);
        const auto same = [&](const auto& one) { return one.first == group; };
        const auto found = std::find_if(promises.begin(), promises.end(), same);
        if (found == promises.end()) {
            promises.push_back({group, {standing}});
        } else {
            found->second.push_back(standing);
        }
    }
    for (const auto& [id, parts] : promises) {
        AccountPromise promise{promise_result(run.book, parts, promise_terms(run, row), run.moment),
                               parts.front().from,
                               parts.front().to.value_or(parts.front().from),
                               id,
                               {},
                               row};
        for (const StandingView& part : parts) {
            if (part.item) promise.items.push_back(*part.item);
        }
        account.promises.push_back(std::move(promise));
    }
}

void read_contacts(const Run& run, CustomerId customer, Account& account) {
    const auto found = run.state.contacts.find(customer);
    if (found == run.state.contacts.end()) return;
    for (const Date day : found->second) {
        if (day <= run.today()) account.contacts.push_back(day);
    }
}

void read_told(const Run& run, CustomerId customer, Account& account) {
    const auto found = run.state.told.find(customer);
    if (found == run.state.told.end()) return;
    for (const Date day : found->second) {
        if (day <= run.today()) account.told.push_back(day);
    }
}

/// A day on which several members were contacted is one contact with the group.
void join_contacts(Account& account) {
    if (!account.grouped()) return;
    for (auto* days : {&account.contacts, &account.told}) {
        std::sort(days->begin(), days->end());
        days->erase(std::unique(days->begin(), days->end()), days->end());
    }
}

void read_member(const Run& run, AccountMember& member, Account& account) {
    if (member.row != account.row)
        member.legal_identity = run.book.attribute(member.row, Attribute::legal_identity, run.moment);
    read_contacts(run, member.customer, account);
    read_told(run, member.customer, account);
    run.book.each_standing(member.row, run.moment.known_at,
                           [&](const StandingView& standing) { account.standings.push_back(standing); });
    read_promises(run, member.row, account);
}

/// COL-7: who receives for several customers is contacted once a day, however many messages leave that day:
/// what went to it for others before today counts for the cap and the gap.
void join_received(const Run& run, Account& account) {
    if (!run.receivers) run.receivers = correspondence::receivers_of(run.book, run.moment);
    const auto found = run.receivers->find(account.recipient);
    if (found == run.receivers->end()) return;
    auto& days = account.contacts;
    const auto add = [&](CustomerId customer) {
        const auto own = [&](const AccountMember& one) { return one.customer == customer; };
        const auto contacts = run.state.contacts.find(customer);
        const bool others = std::none_of(account.members.begin(), account.members.end(), own);
        if (!others || contacts == run.state.contacts.end()) return;
        std::copy_if(contacts->second.begin(), contacts->second.end(), std::back_inserter(days),
                     [&](Date day) { return day < run.today(); });
    };
    add(run.book.customer(account.recipient));
    for (const CustomerId customer : found->second) add(customer);
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
}

/// Itself; of a head, then those chased with it.
void read_members(const Run& run, Account& account) {
    account.members.push_back({account.row, account.customer, 0});
    account.head.reset();
    if (const auto head = correspondence::head_of(run.book, account.row, run.moment))
        account.head = run.book.customer(*head);
    if (!correspondence::heads_group(run.book, account.row, run.moment)) return;
    if (!run.groups) run.groups = correspondence::groups_of(run.book, run.moment);
    const auto found = run.groups->find(account.row);
    if (found == run.groups->end()) return;
    for (const AccountRow row : found->second) account.members.push_back({row, run.book.customer(row), 0});
}

bool has_items(const Run& run, AccountRow row) {
    bool any = false;
    run.book.each_item(row, run.moment.known_at,
                       [&](const ItemView& item) { any |= item.issue <= run.today(); });
    return any;
}

/// Whether the payer's profile can change what comes of it, or is told.
bool asks_for_payer(const Run& run) {
    if (run.unranked) return false;
    if (run.tells(Detail::explained) || run.policy.priority.payment != 0) return true;
    return std::ranges::any_of(run.policy.rules, [](const auto& rule) { return rule.payer.has_value(); });
}

/// KPI-4: the account's own; of a head that was never invoiced, of whose item is overdue longest.
void read_payer(const Run& run, Account& account) {
    account.payer.reset();
    if (!asks_for_payer(run)) return;
    const AccountItem* oldest = nullptr;
    for (const AccountItem& one : account.debits) {
        if (account.overdue(one, run.today()) && (!oldest || one.item.due < oldest->item.due)) oldest = &one;
    }
    if (!oldest) return;
    const bool own = !account.grouped() || has_items(run, account.row);
    const AccountRow row = own ? account.row : oldest->item.account;
    account.payer = account_behaviour(run.book, row, run.moment, run.policy.payers).profile;
}

void read_proceedings(Run& run) {
    run.book.each_marked(AccountMark::insolvent, [&](AccountRow row) {
        run.book.each_standing(row, run.moment.known_at, [&](const StandingView& standing) {
            if (standing.kind != StandingKind::insolvency || !standing.holds_on(run.today())) return;
            const std::int64_t identity = run.book.attribute(row, Attribute::legal_identity, run.moment);
            if (identity == 0) return;
            const auto [at, added] = run.insolvent.emplace(identity, standing.from);
            if (!added) at->second = std::min(at->second, standing.from);
        });
    });
}

}  // namespace

WorkingDays working_days_of(const Snapshot& book, AccountRow row, Moment moment) {
    return WorkingDays(holidays_of(book.attribute(row, Attribute::country, moment)));
}

PromiseTerms promise_terms(const Run& run, AccountRow row) {
    PromiseTerms terms{working_days_of(run.book, row, run.moment), run.policy.promise_grace_days,
                       std::nullopt};
    const auto load = run.last_load.find(run.book.entity(row));
    if (load != run.last_load.end()) terms.last_load = load->second;
    return terms;
}

void add_money(std::vector<Money>& sums, Money money) {
    for (Money& sum : sums) {
        if (sum.currency != money.currency) continue;
        sum.minor = checked_add(sum.minor, money.minor);
        return;
    }
    sums.push_back(money);
}

Run make_run(const Snapshot& book, const Policy& policy, const DunningState& state, Moment moment) {
    Run run{book, policy, state, moment};
    for (const LoadView& load : book.loads(moment.known_at)) {
        const auto [at, added] = run.last_load.emplace(load.entity, load.as_of);
        if (!added) at->second = std::max(at->second, load.as_of);
    }
    read_proceedings(run);
    return run;
}

void read_account(const Run& run, AccountRow row, Account& account) {
    account.debits.clear();
    account.others.clear();
    account.credits.clear();
    account.standings.clear();
    account.promises.clear();
    account.contacts.clear();
    account.told.clear();
    account.members.clear();
    account.row = row;
    account.customer = run.book.customer(row);
    account.entity = run.book.entity(row);
    read_members(run, account);
    read_attributes(run, account);
    if (account.head && !run.tells(Detail::whole)) return;
    for (std::size_t member = 0; member < account.members.size(); ++member) read_items(run, member, account);
    if (account.debits.empty() && !run.tells(Detail::whole)) return;
    for (AccountMember& member : account.members) read_member(run, member, account);
    join_contacts(account);
    account.own_contacts = account.contacts;
    join_received(run, account);
    read_payer(run, account);
}

}  // namespace countback::collections
