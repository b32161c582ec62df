// The use cases of collections: decide over the live ledger, note a step done or skipped, choose a scenario,
// record and end standings. Each writing is one transaction (LED-4).
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "access/perimeter.h"
#include "base/refusal.h"
#include "collections/calls.h"
#include "collections/decide.h"
#include "collections/dunning_memory.h"
#include "collections/policy_store.h"
#include "collections/specific.h"
#include "receivables/ledger.h"

namespace countback::collections {

/// A step that a person did or skips; while nothing is sent by the product, the only way a step is done.
struct StepMark {
    CustomerId customer;
    enum class What : std::uint8_t { done, skipped } what = What::done;
    Date day;
    std::string reason;  ///< needed to skip
};

/// PRO-1, DIS-1, COL-6. Items empty = the whole account.
struct NewStanding {
    StandingKind kind = StandingKind::stop;
    CustomerId customer;
    std::vector<ItemId> items;
    std::optional<std::string> amount;  ///< plain decimal in the items' one currency; none = the whole
    std::optional<std::string> cause;   ///< a dispute's
    Date from;
    std::optional<Date> to;
    std::string reason;
    StandingSource source = StandingSource::desk;
};

struct NoticeDone {
    CustomerId customer;
    std::vector<ItemId> items;
    std::string notice;  ///< its code
    Date day;
};

struct SpecificEnding {
    CustomerId customer;
    std::int64_t number = 0;
    SpecificEnd how = SpecificEnd::done;  ///< done by a contact counts as a contact today
};

/// Decisions with what they point into.
struct DecidedRun {
    Decisions decisions;
    Snapshot book;
    std::shared_ptr<const Policy> policy;
    std::shared_ptr<const DunningState> state;
};

class Collections {
public:
    /// By the policy that stands in the database.
    explicit Collections(Ledger& ledger, const access::Audit* audit = nullptr)
        : ledger_(ledger), memory_(ledger.database()), policies_(ledger.database(), ledger.clock(), audit) {}
    /// By this policy, whatever was saved.
    Collections(Ledger& ledger, Policy policy)
        : ledger_(ledger),
          memory_(ledger.database()),
          policies_(ledger.database(), ledger.clock()),
          fixed_(std::make_shared<Policy>(std::move(policy))) {}

    /// Of that day and of nobody: the Book, policy and state that decide() would take now.
    DecidedRun undecided(Moment moment);
    /// COL-1, a dry run.
    DecidedRun decide(const Perimeter& perimeter, const DecideQuery& query);

    /// Notes the next step of the customer's leader as done or skipped. Refuses not_found (no such customer,
    /// or no step is due or coming), reason_missing, field_invalid (a day to come), chased_with_group.
    /// Answers the mark's number.
    Result<std::int64_t> mark_step(const Perimeter& perimeter, const Author& author, const StepMark& mark);
    /// Notes every step that was due on a past day as done that day, of the customers that `keep` answers
    /// true for; answers how many. For a history known in whole: the demo's.
    Result<std::size_t> mark_due_steps(const Author& author, Date day,
                                       const std::function<bool(CustomerId)>& keep);
    /// Takes a mark back: the step is open again. Refuses not_found, also for a mark taken back already.
    Result<void> take_back_mark(const Perimeter& perimeter, const Author& author, CustomerId customer,
                                std::int64_t mark);

    /// COL-5. `scenario` empty takes the choice back. Refuses not_found, field_invalid.
    Result<void> choose_for_customer(const Perimeter& perimeter, const Author& author, CustomerId customer,
                                     std::string_view scenario);
    Result<void> choose_for_item(const Perimeter& perimeter, const Author& author, ItemId item,
                                 std::string_view scenario);

    /// COL-2. From today on the customer is chased with that one, who heads the group; none takes it out, and
    /// dissolves the group of a head. Refuses not_found, group_itself, group_other_entity, group_chain.
    Result<void> put_in_group(const Perimeter& perimeter, const Author& author, CustomerId customer,
                              std::optional<CustomerId> head);
    /// COL-7. From today on that customer's contacts receive its messages; none: its own. Refuses not_found,
    /// centre_itself, centre_other_entity, centre_chain.
    Result<void> set_payment_centre(const Perimeter& perimeter, const Author& author, CustomerId customer,
                                    std::optional<CustomerId> centre);

    /// COL-9. Answers the action's number. Refuses not_found, field_missing (items), item_settled,
    /// date_in_past.
    Result<std::int64_t> add_specific_action(const Perimeter& perimeter, const Author& author,
                                             const NewSpecificAction& action);
    /// Its items return to the scenario. Refuses not_found, also for one ended already.
    Result<void> end_specific_action(const Perimeter& perimeter, const Author& author,
                                     const SpecificEnding& ending);
    /// COL-10. Held back up to and with that day; none ends it. Refuses not_found, date_in_past.
    Result<void> snooze(const Perimeter& perimeter, const Author& author, CustomerId customer,
                        std::optional<Date> until);
    /// COL-10. Answers the mark of the step or contact it made, 0 of none. Refuses not_found, field_missing
    /// and date_in_past (the day to call back), chased_with_group.
    Result<std::int64_t> note_call(const Perimeter& perimeter, const Author& author, const NewCall& call);
    /// Notices that went out for items: they are not decided again.
    Result<void> note_notices(const Author& author, const NoticeDone& done);

    /// The first standing's id. Refuses not_found, field_missing (to, cause, items), field_invalid,
    /// date_in_past, reason_missing, item_settled, currency_mismatch, amount_not_positive, amount_above_open.
    Result<StandingId> record(const Perimeter& perimeter, const Author& author, const NewStanding& standing);
    /// Ends the standing and those recorded with it, from today on; a promise is cancelled.
    /// Refuses not_found, standing_ended, reason_missing.
    Result<void> end(const Perimeter& perimeter, const Author& author, StandingId standing,
                     const std::string& reason);

    Ledger& ledger() { return ledger_; }
    PolicyStore& policies() { return policies_; }
    std::shared_ptr<const Policy> policy() { return fixed_ ? fixed_ : policies_.current(); }
    std::shared_ptr<const DunningState> state() { return memory_.state(); }
    Date today() const { return ledger_.clock().today(); }
    /// The day where the entity is: of its time zone (its sender card), else the machine's.
    Date today(EntityId entity);
    /// Where the customer's entity is; the machine's day of an unknown one.
    Date today(CustomerId customer);
    /// The perimeter's entities by the day it is where they are; one part where all share a day.
    std::map<Date, Perimeter> by_day(const Perimeter& perimeter);

private:
    Result<int> number_of(std::string_view scenario);

    Ledger& ledger_;
    DunningMemory memory_;
    PolicyStore policies_;
    std::shared_ptr<const Policy> fixed_;
};

/// The refusal of what is to be done at the head of the customer's group.
tl::unexpected<Refusal> with_head(store::Connection& connection, CustomerId head);

/// The customer's account when the perimeter admits it today; else not_found, as if there were none.
Result<AccountRow> admitted_account(const Perimeter& perimeter, const Snapshot& book, CustomerId customer,
                                    Date today);

}  // namespace countback::collections
