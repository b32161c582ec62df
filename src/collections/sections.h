// COL-10: what the agenda shows beside the actions due: what leaves by itself soon, what went wrong, who was
// put aside, and the notices that wait for a person's yes.
//
//   upcoming: automatic steps due, and those of the next working days
//   errors: messages failed or ambiguous, accounts that cannot be read, and customers whose step is due and
//   cannot be written for want of an address; a message whose items are all settled since only while it
//   holds back what is late
//
//   snoozed: customers put aside today or longer
//
//   notices: thanks and new invoices' notices not sent by the run, and not asked for yet
#pragma once
#include "collections/notices.h"
#include "store/database.h"

namespace countback::collections {

struct UpcomingStep {
    const Decision* decision = nullptr;
    Date day;
};
/// By day, then by priority. `working_days` ≥ 1 after the day of the decisions.
std::vector<UpcomingStep> upcoming_steps(const Decisions& decisions, int working_days);

struct SnoozedCustomer {
    AccountRow account{};
    Date until;
};
/// Ascending by day, then by customer.
std::vector<SnoozedCustomer> snoozed_customers(const Perimeter& perimeter, const Snapshot& book,
                                               const DecideQuery& query, const DunningState& state);

/// Due notices whose scenario has them confirmed or sent by a person.
std::vector<DueNotice> notices_to_confirm(const Perimeter& perimeter, const Snapshot& book,
                                          const DecideQuery& query, const Dunning& dunning);

struct AgendaError {
    AccountRow account{};
    MessageId message;     ///< 0 = the account itself
    std::string what{};    ///< failed, ambiguous, unreadable, no_address
    std::string detail{};  ///< as the server or the data say; of no_address no_mail_address or
                           ///< no_post_address
};
/// Messages first, newest first; then the accounts.
std::vector<AgendaError> agenda_errors(store::Connection& connection, const Perimeter& perimeter,
                                       const Snapshot& book, const DecideQuery& query,
                                       const Decisions& decisions);

}  // namespace countback::collections
