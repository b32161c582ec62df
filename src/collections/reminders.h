// From a decision to a message asked for (COL-8, COL-11, MSG-1): a person's yes, the nightly run, the
// question just before sending whether it is still right, and the step done once it is sent. Decisions are
// always taken anew.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "collections/notices.h"
#include "collections/service.h"
#include "correspondence/compose.h"
#include "correspondence/outbox.h"

namespace countback::collections {

struct Askable;  // own_message.h

/// A person's yes to the reminder of one customer.
struct Yes {
    CustomerId customer;
    std::optional<correspondence::NewMessage::Edit> edit;  ///< the words she changed
    std::string notice{};                                  ///< code of a due notice; empty = the reminder
    std::int64_t action = 0;  ///< of the customer's own, whose message it is (COL-9); 0 = the reminder
    std::string seen{};       ///< digest of the words she saw; empty = not told
    bool undoable = false;    ///< it does not leave for undo_seconds: she may take her yes back
};

/// As long as the desk offers undo, and a little more.
constexpr std::int64_t undo_seconds = 12;

/// What came of it: a message, or the refusal and why.
struct Asked {
    CustomerId customer;
    std::optional<MessageId> message;
    std::optional<Refusal> refusal;
};

/// A message by a person outside the scenario (COL-9): logged, the scenario untouched.
struct SingleMessage {
    CustomerId customer;
    std::string template_code;
    std::vector<ItemId> items;  ///< empty = what is overdue and held by nothing
    std::optional<correspondence::NewMessage::Edit> edit;
    bool overrule = false;    ///< it is sent whatever speaks against it (objections.h)
    std::int64_t action = 0;  ///< the message of that specific action: its text, items, way; 0 = of none
    std::string seen{};       ///< digest of the words she saw; empty = not told
    bool undoable = false;    ///< as of a yes
};

struct SingleAsked {
    MessageId message;
    bool stood = false;  ///< it had been asked for already
};

/// What a message just before sending is: right, to be looked at later, or wrong.
struct Verdict {
    enum class What : std::uint8_t { right, later, wrong } what = What::right;
    Refusal why{RefusalCode::step_not_due, {}};  ///< of later and wrong
};

struct RunWish {
    Date day;
    bool dry = false;
    std::string source = "desk";  ///< desk, command, schedule
    /// The schedule's: of each entity one a day. Those that have theirs are left out.
    std::vector<EntityId> night{};
};

/// Who makes runs: a process, by its name, and how to tell that another is gone for sure.
struct RunHolder {
    std::string name{};
    std::function<bool(std::string_view)> is_gone{};
};

/// COL-11.
struct RunRecord {
    std::int64_t number = 0;  ///< 0 of a dry run
    Date day;
    std::string source{};
    UserId user;
    Instant started, finished;  ///< finished 0: it is being made, or was cut short; what it asked for stands
    /// Customers by what came of them; requested = a message was asked for.
    std::int64_t requested = 0, to_do = 0, waiting = 0, held = 0, nothing = 0, failed = 0;
};

class Reminders {
public:
    Reminders(Collections& service, const correspondence::Composer& composer, RunHolder holder = {})
        : service_(service), composer_(composer), holder_(std::move(holder)) {}

    /// The reminder, or the due notice, as it would be written now, with the words she changed. Refuses
    /// not_found, step_not_due (reason), and what composing refuses.
    Result<correspondence::Content> preview(const Perimeter& perimeter, const Yes& yes);
    /// Each by itself: one refusal never stops the others.
    std::vector<Asked> confirm(const Perimeter& perimeter, const Author& author, const std::vector<Yes>& all);
    /// The same message asked for twice on one day is one. Refuses not_found, item_unknown, content_changed,
    /// step_not_due (nothing_to_ask; unless overruled what speaks against it, objections.h) and what
    /// composing refuses.
    Result<SingleAsked> send_single(const Perimeter& perimeter, const Author& author,
                                    const SingleMessage& wish);
    Result<correspondence::Content> preview_single(const Perimeter& perimeter, const SingleMessage& wish);
    /// Words that are not saved, on a real customer.
    Result<correspondence::Content> preview_text(const Perimeter& perimeter, const SingleMessage& wish,
                                                 const correspondence::TemplateText& text);

    /// Asks for every automatic reminder and notice due today, where each entity is. A dry run writes nothing
    /// and may be of any day. Refuses run_done (every entity has its night), field_invalid (only_dry: another
    /// day than today).
    Result<RunRecord> run(const Perimeter& perimeter, const Author& author, const RunWish& wish);
    /// Goes on with the runs of today that were cut short: customers with an outcome are done. Answers how
    /// many runs it finished.
    int take_up();

    /// By today's Book (docs/adr/0006).
    Verdict still_right(const correspondence::Message& message);
    /// The step is done, or the contact made, inside the transaction that records `sent`.
    static void completed(store::Connection& connection, const correspondence::Message& message, Date today,
                          Instant now);

    Collections& service() { return service_; }
    const correspondence::Composer& composer() const { return composer_; }

private:
    /// One yes: decided, written once to see that it can be, asked for.
    Result<MessageId> asked_for(const Perimeter& perimeter, const Author& author, const Yes& yes);
    Verdict notice_right(const correspondence::Message& message);
    Verdict step_right(const correspondence::Message& message);
    Verdict single_right(const correspondence::Message& message);
    Result<correspondence::NewMessage> wanted(const Perimeter& perimeter, const Yes& yes);
    /// Writes its row; answers what it is made over: without the entities that have their night.
    Result<Perimeter> begin_run(store::Connection& connection, const Perimeter& perimeter,
                                const RunWish& wish, RunRecord& record);
    /// False when another process took the run up meanwhile (this one was taken for gone): it finishes it.
    bool make_run(store::Connection& connection, const Perimeter& perimeter, RunRecord& record);
    Result<correspondence::NewMessage> due_message(const Perimeter& perimeter, CustomerId customer);
    Result<correspondence::NewMessage> due_notice(const Perimeter& perimeter, CustomerId customer,
                                                  const std::string& notice);
    struct Single;
    Result<Single> single(const Perimeter& perimeter, const SingleMessage& wish);
    /// COL-9: what the action says to send. Refuses not_found, step_not_due (before its day, nothing to ask),
    /// field_invalid (a call, a task).
    Result<void> take_action(const SingleMessage& wish, const Askable& own,
                             correspondence::NewMessage& message);
    /// The action that the yes is to: the one it names, else the first that is due where nothing else is.
    std::optional<SingleMessage> action_meant(const Yes& yes);

    Collections& service_;
    const correspondence::Composer& composer_;
    RunHolder holder_;
};

/// What stands of one customer today.
DecideQuery query_of(Collections& service, CustomerId customer);
/// Refuses content_changed: the text (text_changed), an item or an amount (asked_changed) is not as it was
/// seen. Words of her own stand.
Result<void> check_seen(const std::string& seen, const correspondence::NewMessage& message,
                        const correspondence::Content& content);
/// What the message asks for is not what would be asked for.
Refusal items_changed();

/// The request of a due decision whose step the product can send; nothing for calls, tasks, hand-overs.
std::optional<correspondence::NewMessage> message_of(const Decision& decision, Date day,
                                                     const DunningState& state);
/// The request of a thank-you or a new invoice's notice.
correspondence::NewMessage message_of(const DueNotice& due, Date day);

}  // namespace countback::collections
