// From a decision to a message asked for (COL-8, COL-11, MSG-1): a person's yes, the nightly run, the
// question just before sending whether it is still right, and the step done once it is sent. Decisions are
// always taken anew.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "collections/notices.h"
#include "collections/service.h"
#include "correspondence/compose.h"
#include "correspondence/outbox.h"

namespace countback::collections {

/// A person's yes to the reminder of one customer.
struct Yes {
    CustomerId customer;
    std::optional<correspondence::NewMessage::Edit> edit;  ///< the words she changed
    std::string notice{};                                  ///< code of a due notice; empty = the reminder
};

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
    std::string once{};           ///< not empty: a second run with the same word is refused (the schedule's)
};

/// COL-11.
struct RunRecord {
    std::int64_t number = 0;  ///< 0 of a dry run
    Date day;
    std::string source{};
    UserId user;
    Instant started, finished;  ///< finished 0: it was cut short, what it asked for stands
    std::int64_t requested = 0, to_do = 0, waiting = 0, held = 0, nothing = 0, failed = 0;
};

class Reminders {
public:
    Reminders(Collections& service, const correspondence::Composer& composer)
        : service_(service), composer_(composer) {}

    /// The reminder, or the due notice of that code, as it would be written now. Refuses not_found,
    /// step_not_due (reason), and what composing refuses.
    Result<correspondence::Content> preview(const Perimeter& perimeter, CustomerId customer,
                                            const std::string& notice = {});
    /// Each by itself: one refusal never stops the others.
    std::vector<Asked> confirm(const Perimeter& perimeter, const Author& author, const std::vector<Yes>& all);
    /// Refuses not_found, item_unknown, no_recipient and what composing refuses.
    Result<MessageId> send_single(const Perimeter& perimeter, const Author& author,
                                  const SingleMessage& wish);
    Result<correspondence::Content> preview_single(const Perimeter& perimeter, const SingleMessage& wish);
    /// Words that are not saved, on a real customer.
    Result<correspondence::Content> preview_text(const Perimeter& perimeter, const SingleMessage& wish,
                                                 const correspondence::TemplateText& text);

    /// Asks for every automatic reminder due that day. A dry run writes nothing. Refuses run_done (its word
    /// was used), field_invalid (a day to come).
    Result<RunRecord> run(const Perimeter& perimeter, const Author& author, const RunWish& wish);

    /// By today's Book (docs/adr/0006).
    Verdict still_right(const correspondence::Message& message);
    /// The step is done, or the contact made, inside the transaction that records `sent`.
    static void completed(store::Connection& connection, const correspondence::Message& message, Date today,
                          Instant now);

    Collections& service() { return service_; }
    const correspondence::Composer& composer() const { return composer_; }

private:
    Decisions decided(const Perimeter& perimeter, CustomerId customer, MessageId own);
    Verdict notice_right(const correspondence::Message& message);
    Result<correspondence::NewMessage> due_message(const Perimeter& perimeter, CustomerId customer);
    Result<correspondence::NewMessage> due_notice(const Perimeter& perimeter, CustomerId customer,
                                                  const std::string& notice);
    Result<correspondence::NewMessage> single(const Perimeter& perimeter, const SingleMessage& wish);

    Collections& service_;
    const correspondence::Composer& composer_;
};

/// The request of a due decision whose step the product can send; nothing for calls, tasks, hand-overs.
std::optional<correspondence::NewMessage> message_of(const Decision& decision, Date day,
                                                     const DunningState& state);
/// The request of a thank-you or a new invoice's notice.
correspondence::NewMessage message_of(const DueNotice& due, Date day);

}  // namespace countback::collections
