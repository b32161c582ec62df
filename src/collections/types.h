// Whom to chase: the plain data of collections (COL-1 to COL-11). No rule lives here.
#pragma once
#include <array>
#include <boost/iterator/indirect_iterator.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/ids.h"
#include "base/money.h"
#include "correspondence/types.h"
#include "receivables/book.h"

namespace countback::collections {

/// COL-8. How a step reaches the customer.
enum class Channel : std::uint8_t {
    email,
    interactive_email,
    sms,
    letter,
    registered_letter,
    call,
    task,
    hand_over
};
/// COL-8. Who sets it off: a person, the product after a person's yes, the product alone.
enum class Mode : std::uint8_t { manual, confirm, automatic };

constexpr std::size_t channel_count = 8;
std::string_view name_of(Channel channel);  ///< `registered_letter`
std::optional<Channel> parse_channel(std::string_view name);
std::string_view name_of(Mode mode);

/// Whether a step of this channel speaks to the customer. A task and a hand-over are done among ourselves.
constexpr bool is_contact(Channel channel) {
    return channel != Channel::task && channel != Channel::hand_over;
}
/// Whether the product needs a mail address of the customer to do it by itself.
constexpr bool needs_address(Channel channel) { return channel <= Channel::interactive_email; }
constexpr bool is_letter(Channel channel) {
    return channel == Channel::letter || channel == Channel::registered_letter;
}
/// Whether the product writes it: a text is needed.
constexpr bool needs_recipient(Channel channel) { return channel <= Channel::registered_letter; }

/// SMS and interactive e-mail are named and kept, and not sent yet: no step may be saved with them.
constexpr bool is_built(Channel channel) {
    return channel != Channel::sms && channel != Channel::interactive_email;
}

/// COL-3. What a step's day is counted from: the leader's due date, its issue date, or the step before.
enum class TriggerBase : std::uint8_t { due, issue, previous };
std::string_view name_of(TriggerBase base);
struct Trigger {
    TriggerBase base = TriggerBase::due;
    int days = 0;  ///< negative only before the due date: a pre-reminder
};

constexpr std::uint8_t monday_to_friday = 0b0011111;
/// COL-6. Local hours of the entity in which the product writes by itself, [from, to); a step may have its
/// own.
constexpr int hour_from_default = 8, hour_to_default = 18;

struct Step {
    std::string code;  ///< unique in its scenario; facts keep it
    std::string name_en, name_fr;
    Channel channel = Channel::email;
    Mode mode = Mode::confirm;
    Trigger trigger;
    int repeat_days = 0;          ///< > 0: comes again after so many days
    int repeat_cap = 1;           ///< how often it is done at most
    std::vector<Money> floors;    ///< below it the step waits; a currency not listed takes the policy's
    std::string template_code{};  ///< of correspondence; empty where no text is sent (call, task)
    std::vector<std::string> to{}, cc{};       ///< contact functions in order of fallback; the customer's own
                                               ///< address is the last resort
    std::vector<Money> ceilings{};             ///< COL-8, above it a person decides; not listed: the policy's
    std::uint8_t weekdays = monday_to_friday;  ///< bit 0 = Monday … 6 = Sunday; at least one
    int hour_from = hour_from_default, hour_to = hour_to_default;  ///< read by sending
};

/// A message that asks for nothing: of a new invoice, or thanks for a settled one. No step of the dunning.
struct Notice {
    enum class Kind : std::uint8_t { new_invoice, thank_you };
    std::string code;  ///< unique among the scenario's steps and notices
    std::string name_en, name_fr;
    Kind kind = Kind::new_invoice;
    int days = 0;  ///< ≥ 0, after the issue date, or after the day the item was settled
    Channel channel = Channel::email;
    Mode mode = Mode::confirm;
    std::string template_code{};
    std::vector<std::string> to{}, cc{};  ///< as of a step
};
std::string_view name_of(Notice::Kind kind);

/// A step that an edit took out: steps done under its code still count (COL-3).
struct FormerStep {
    std::string code;
    TriggerBase base = TriggerBase::due;  ///< due or issue
    int days = 0;                         ///< from it; steps counted from the one before summed up
};

struct Scenario {
    /// Nobody follows a draft. A retired one is chosen no more; who has it follows it to its end.
    enum class State : std::uint8_t { draft, active, retired };
    int number = 0;  ///< as facts keep it (Attribute::scenario)
    std::string code;
    std::string name_en, name_fr;
    std::vector<Step> steps{};
    State state = State::active;
    std::vector<Notice> notices{};
    std::vector<FormerStep> former{};

    /// The step of that code; nullptr where it has none.
    const Step* step(std::string_view wanted) const;
};
std::string_view name_of(Scenario::State state);

/// A named statement with its data; `locale` holds its text. Item and standing are named by id: the pages
/// replace them by number, author and reason.
struct Note {
    std::string_view code;
    std::vector<std::pair<std::string, std::string>> data;
    ItemId item;
    StandingId standing;
};

/// COL-6. What holds an item, a customer or a group back.
enum class HoldScope : std::uint8_t { item, customer, group };
struct Hold {
    Note note;
    HoldScope scope = HoldScope::customer;
    bool holds = false;
    std::optional<Date> until;  ///< last day, where one is known
};

/// One step done or skipped on a leader.
struct StepDone {
    std::string step;
    Date day;
    bool skipped = false;
    bool contact = false;
    std::int64_t mark = 0;  ///< its row: names it when it is taken back
};

/// A reminder, or a person's own message, asked for and not yet over: nothing else is sent to the customer
/// meanwhile (MSG-1).
struct PendingMessage {
    MessageId id;
    correspondence::MessageState state = correspondence::MessageState::requested;
};

/// A notice asked for and not yet over.
struct PendingNotice {
    MessageId id;
    std::string notice;  ///< its code
    Date asked;          ///< the day it was asked for
};

/// A message of a step or a notice that a person cancelled: the run does not ask for it again by itself.
struct CancelledMessage {
    int scenario = 0;
    ItemId leader;     ///< 0 of a notice
    std::string code;  ///< the step's or the notice's
    Date day;
    UserId by;
};

/// COL-9. Items out of the scenario until the action ends.
struct SpecificAction {
    std::int64_t number = 0;
    std::vector<ItemId> items;
    Date day;
    Channel channel = Channel::call;
    std::string template_code, title;
};

/// What was done so far, as plain data beside the Book (COL-1).
struct DunningState {
    struct LeaderKey {
        int scenario = 0;
        ItemId leader;
        bool operator==(const LeaderKey&) const = default;
    };
    struct LeaderHash {
        std::size_t operator()(const LeaderKey& key) const noexcept {
            return std::hash<std::int64_t>{}(key.leader.value * 64 + key.scenario);
        }
    };
    std::unordered_map<LeaderKey, std::vector<StepDone>, LeaderHash> done;  ///< each in the order it was done
    std::unordered_map<CustomerId, std::vector<Date>> contacts;             ///< ascending
    std::unordered_map<CustomerId, std::vector<PendingMessage>> pending;    ///< in order
    std::unordered_map<CustomerId, std::vector<PendingNotice>> notices_pending;
    std::unordered_map<CustomerId, std::vector<CancelledMessage>> cancelled;  ///< by a person, in order
    std::unordered_map<CustomerId, std::vector<Date>> told;  ///< days of notices sent, ascending, each once
    std::unordered_map<ItemId, int> item_scenarios;          ///< COL-5 item override
    std::unordered_map<CustomerId, std::vector<SpecificAction>> specific;  ///< not ended
    std::unordered_map<CustomerId, Date> snoozed;                          ///< last day off the agenda
    std::unordered_map<ItemId, std::vector<std::string>> noticed;          ///< codes of notices done
    /// Standings recorded in one go (one promise for several items): each to the first of them.
    std::unordered_map<StandingId, StandingId> groups;
};

/// How much a decision tells beside what it comes to: each has what those before it have.
enum class Detail : std::uint8_t {
    outcome,    ///< nothing: for counts and orders over very many accounts
    reasons,    ///< why, or why not: what a run keeps
    explained,  ///< what would change it, the scenario's path, the grades: what a page shows
    whole,      ///< every suppressor tried and every item's state
};

enum class Outcome : std::uint8_t { due, waiting, suppressed, nothing };
std::string_view name_of(Outcome outcome);

/// COL-10. What the agenda shows the row as.
enum class AgendaKind : std::uint8_t {
    call,
    email,
    letter,
    task,
    confirm,
    promise_due,
    promise_broken,
    dispute_to_answer,
    reply,
    alert,
    credit_review
};
std::string_view name_of(AgendaKind kind);

struct Leader {
    ItemId item;
    Date issue, due;
    Currency currency;
};

struct AskedItem {
    ItemId item;
    Currency currency;
    std::int64_t amount = 0;  ///< > 0: open less what is disputed
};

struct Grade {
    std::string_view name;
    int grade = 0;  ///< 0 to 9
    int weight = 0;
    Note why;
};
struct Priority {
    int total = 0;
    std::vector<Grade> grades;  ///< from Detail::explained on
};

/// What the page says of each open item of the account.
struct ItemOutcome {
    enum class State : std::uint8_t { chased, excluded, not_due, unapplied, memo };
    State state = State::chased;
    ItemId item;
    std::vector<Note> reasons;
};
std::string_view name_of(ItemOutcome::State state);

/// One account's outcome: what and why, or why not (COL-4, COL-11).
struct Decision {
    CustomerId customer;
    EntityId entity;
    LabelId collector;
    AccountRow account{};
    std::optional<CustomerId> head;   ///< COL-2: it is chased with that customer, who leads its group
    std::vector<CustomerId> members;  ///< of a group's head: those chased with it
    Outcome outcome = Outcome::nothing;
    std::optional<AgendaKind> kind;
    std::optional<Leader> leader;
    const Scenario* scenario = nullptr;  ///< in the policy
    std::vector<Money> overdue;          ///< per currency, debit items overdue, held or not
    std::vector<AskedItem> asked;        ///< what the step would ask for
    std::vector<Money> to_pay;           ///< of it per currency, less the credit on the account, >= 0 (COL-7)
    std::optional<std::size_t> level_by_time, level_done, next_step;  ///< places in the scenario's steps
    std::optional<Date> earliest;
    Mode mode = Mode::manual;    ///< of the next step, after the ceiling
    std::string_view to_person;  ///< why the amount keeps an automatic step for a person; empty = it does not
    bool next_step_due = false;  ///< the next step is due today; a broken promise is due without one
    Priority priority;
    Detail detail = Detail::explained;  ///< how much of the following is told
    std::vector<Note> reasons, would_change, path;
    std::vector<Hold> tried;
    std::vector<ItemOutcome> items;

    bool tells(Detail wanted) const { return detail >= wanted; }
    const Step* step() const { return next_step && scenario ? &scenario->steps[*next_step] : nullptr; }
};

struct OutcomeCounts {
    std::array<std::int64_t, 4> by_outcome{};
    std::int64_t of(Outcome outcome) const { return by_outcome[static_cast<std::size_t>(outcome)]; }
};

/// Decisions in an order of their own; each rests where it was made. Moved, never copied.
class DecisionRows {
public:
    using Pieces = std::vector<std::vector<Decision>>;
    using iterator = boost::indirect_iterator<std::vector<const Decision*>::const_iterator>;

    DecisionRows() = default;
    /// `order` points into `pieces`.
    DecisionRows(Pieces pieces, std::vector<const Decision*> order)
        : pieces_(std::move(pieces)), order_(std::move(order)) {}
    DecisionRows(DecisionRows&&) = default;
    DecisionRows& operator=(DecisionRows&&) = default;

    bool empty() const { return order_.empty(); }
    std::size_t size() const { return order_.size(); }
    iterator begin() const { return iterator(order_.begin()); }
    iterator end() const { return iterator(order_.end()); }
    const Decision& operator[](std::size_t place) const { return *order_[place]; }
    const Decision& at(std::size_t place) const { return *order_.at(place); }
    const Decision& front() const { return *order_.front(); }

private:
    Pieces pieces_;
    std::vector<const Decision*> order_;
};

/// A run's record (COL-11): its parameters and every account's outcome, highest priority first.
struct Decisions {
    Date date;
    FactNo known_at;
    DecisionRows rows;
    OutcomeCounts counts;
    std::uint32_t calendars = 0;  ///< one bit for each HolidaySet that an account of the run follows

    /// Whether the day is worked by at least one account's calendar (all accounts have weekends off).
    bool works(Date day) const;
    /// The first day after the run's on which something may be sent.
    Date next_working_day() const;
};

}  // namespace countback::collections
