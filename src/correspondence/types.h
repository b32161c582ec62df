// Messages to customers as plain data (MSG-1, MSG-4, COL-7). No decision is taken here.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/money.h"

namespace countback::correspondence {

/// Where a message stands (docs/adr/0006). Stored numbers.
enum class MessageState : std::uint8_t {
    requested = 1,  ///< what and for whom is known, nothing is written yet
    reserved = 2,   ///< the content is frozen
    sending = 3,    ///< being handed over
    waiting = 4,    ///< to be tried again later
    sent = 5,
    failed = 6,     ///< refused for good: a person decides
    ambiguous = 7,  ///< nobody knows whether it arrived: a person decides
    cancelled = 8,  ///< no longer right, or taken back by a person
    to_post = 9,    ///< a letter, frozen, waiting to be printed and posted
};
inline constexpr int message_states = 9;
std::string_view name_of(MessageState state);  ///< `requested`
std::optional<MessageState> parse_state(std::string_view name);

/// Whether the story is over: nothing more is sent of it.
constexpr bool is_over(MessageState state) {
    return state == MessageState::sent || state == MessageState::cancelled;
}

/// Stored numbers.
enum class MessageKind : std::uint8_t {
    step = 1,    ///< of a scenario; `sent` completes the step
    notice = 2,  ///< thank-you, new invoice
    single = 3,  ///< by a person, outside the scenario (COL-9)
};
std::string_view name_of(MessageKind kind);

struct AskedItem {
    ItemId item;
    Money amount;  ///< > 0: open less what is disputed when it was decided
};

/// What is asked to be sent.
struct NewMessage {
    MessageKind kind = MessageKind::step;
    CustomerId customer;
    EntityId entity;
    std::int64_t run = 0;  ///< 0 = by a person
    std::int64_t scenario = 0;
    std::string step{};  ///< code; empty outside scenarios
    ItemId leader;
    std::string channel{};  ///< email, letter, registered_letter
    std::string template_code{};
    std::vector<std::string> to{}, cc{};  ///< functions of contacts, in order of fallback
    Date day;                             ///< decided for
    std::vector<AskedItem> items{};
    /// What is to be paid of it, one a currency, less the credit on the account; empty = the items' sum.
    /// Known when it is asked for, and anew when its content is frozen.
    std::vector<Money> to_pay{};
    /// Nobody takes it before so long after it was asked for: a person may still undo it.
    std::int64_t delay_seconds = 0;
    /// Makes a second request of the same thing impossible while this one stands. Empty = none.
    std::string live_key{};
    /// What a person changed before her yes; none = the template's words.
    struct Edit {
        std::string subject{}, text{};
    };
    std::optional<Edit> edit{};
};

struct Message : NewMessage {
    MessageId id;
    UserId author;
    Instant requested;
    MessageState state = MessageState::requested;
    std::int64_t attempts = 0;
    Instant not_before;
    std::string detail{};  ///< of the last event: why
};

struct Mailbox {
    std::string name{}, address{};
};

struct Attachment {
    std::string name{}, media_type{}, bytes{};
    std::string digest{};  ///< SHA-256 of the bytes, 64 letters
};

/// Frozen: what exactly goes out (MSG-1).
struct Content {
    std::string language{};
    std::vector<Mailbox> to{}, cc{};
    Mailbox from{};
    std::string reply_to{};
    std::string message_id{};  ///< without angle brackets, the same at every attempt
    std::string subject{}, text{}, html{};
    std::vector<Attachment> attachments{};
    std::string digest{};  ///< SHA-256 over all of the above
    /// What its story is to say of the writing: a document that was not attached, and why. Not frozen here.
    std::vector<std::string> notes{};
    /// The words it was written from, with their marks: the template's, or a person's. Not frozen here.
    std::optional<NewMessage::Edit> words{};
    /// As it tells the reader, one a currency. Kept with the message, not frozen here.
    std::vector<Money> to_pay{};
    /// SHA-256 of the items it asks for, each with its amount, and of what is to be paid. Not frozen here.
    std::string asked_digest{};
};

struct Event {
    MessageState state = MessageState::requested;
    Instant at;
    UserId user;  ///< 0 = the product
    std::string detail{};
};

}  // namespace countback::correspondence
