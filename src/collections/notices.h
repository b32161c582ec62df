// Messages that ask for nothing, beside the dunning: of a new invoice, and thanks for a settled one.
//
//   new_invoice: issue + days ≤ today < issue + days + 7, the invoice is open
//   thank_you:   settled + days ≤ today < settled + days + 7, wholly, the last of it in cash, and nothing of
//                the account is overdue
//
// On working days of the customer's country; one message for all items of a notice; an item gets each notice
// once. A new invoice is not told of while anything holds a reminder of it (COL-6), while unapplied credit of
// its currency covers what the notice would name, or on stale data. Nothing goes to a customer under a stop,
// a dispute, litigation or insolvency of the whole account, or whom nobody can reach. A group is told as one:
// the head's contacts, all members' items; a member's own stop takes out its items. One message a day: a
// notice waits while a written reminder is due or on its way, on the day of a contact or of another notice,
// and while the contact cap is reached. What a person cancelled is not sent by the run within those seven
// days: it is hers to confirm. Seven days: a load that comes late still brings it, an old ledger brings none.
// Example: an invoice of Mon 3 Mar 2025, new_invoice one day after: on 4 March, or up to the 10th if the file
// came late. Source: handbook §6.
#pragma once
#include "collections/account.h"
#include "collections/decide.h"

namespace countback::collections {

inline constexpr int notice_days = 7;

struct DueNotice {
    CustomerId customer;
    EntityId entity;
    const Scenario* scenario = nullptr;  ///< in the policy; none where the account cannot be read
    const Notice* notice = nullptr;      ///< in the scenario; none where the account cannot be read
    std::vector<AskedItem> items;        ///< amounts as issued, ascending by id
    Mode mode = Mode::confirm;           ///< of the notice; confirm after a person cancelled it
    std::vector<Note> waits{};           ///< why it does not go today; empty = it may
};

/// One day, account by account, for callers that walk through them themselves (COL-12).
class NoticeRun {
public:
    /// The run's Book, policy and state outlive it.
    explicit NoticeRun(const Run& run);
    /// Adds the account's, those that wait included.
    void look(AccountRow row, std::vector<DueNotice>& due);

private:
    void add(AccountRow row, std::vector<DueNotice>& due);

    Run run_, plain_;
    Account account_, scratch_;
};

/// Pure. In the order of accounts, those that wait included; `query.whole` is not read. An account that
/// cannot be read has one that waits, `unreadable` (COL-11).
std::vector<DueNotice> decide_notices(const Perimeter& perimeter, const Snapshot& book,
                                      const DecideQuery& query, const Dunning& dunning);

}  // namespace countback::collections
