// The doors a message passes (docs/adr/0006, MSG-1), each inside the caller's open transaction.
#pragma once
#include <functional>
#include <map>
#include <span>
#include <utility>

#include "base/refusal.h"
#include "correspondence/types.h"
#include "store/database.h"

namespace countback::correspondence {

/// Writes the requests and their first events. None in the place of one whose live key is taken.
std::vector<std::optional<MessageId>> request_all(store::Connection& connection,
                                                  std::span<const NewMessage> messages, UserId author,
                                                  Instant now);
/// One of them. Refuses message_stands.
Result<MessageId> request(store::Connection& connection, const NewMessage& message, UserId author,
                          Instant now);

/// The first message to the customer, of a step or by a person, that was asked for before that one and is not
/// over.
std::optional<MessageId> live_before(store::Connection& connection, CustomerId customer, MessageId message);

/// What happened to a message.
struct Happening {
    MessageState state = MessageState::waiting;
    std::string detail{};  ///< why, for a person: an answer of the server, a refusal's name
    UserId user{};         ///< 0 = the product
    Instant not_before{};  ///< of `waiting`: not tried again before
};
/// Appends the event and moves the queue. A message that is cancelled frees its live key; `sending` keeps the
/// claim and counts as an attempt; every other state ends the claim.
void record(store::Connection& connection, MessageId message, const Happening& happening, Instant now);

/// Records `sending` when the message may still go, and holds it for as long as that can take; false when a
/// person was quicker.
bool begin_sending(store::Connection& connection, MessageId message, Instant now);

/// What a person does about a message.
enum class Act : std::uint8_t {
    cancel,       ///< anything not sent, not being sent and not uncertain
    retry,        ///< failed or waiting: tried again now
    arrived,      ///< ambiguous: it was received after all
    not_arrived,  ///< ambiguous: it was not; tried again now
    posted,       ///< a letter: it is in the post
};
/// Refuses not_found, message_over (its state, when that is not what the act is for). Answers the new state.
Result<MessageState> act(store::Connection& connection, MessageId message, Act what, const Happening& why,
                         Instant now);

/// Tells something of a message that stays in the state it is in (a letter was printed). False, and nothing
/// told, when it is in another by now.
bool note(store::Connection& connection, MessageId message, const Happening& what, Instant now);

struct Claim {
    std::string holder{};  ///< names the process
    Instant now, until;    ///< the claim is over at `until`
    int limit = 50;
};
/// Messages requested, reserved or waiting whose time has come and nobody holds, oldest first; now held.
/// Serialised between processes by the numbers it takes.
std::vector<MessageId> claim(store::Connection& connection, const Claim& claim);
/// Gives a claimed message back untouched, not to be taken before `not_before`.
void release(store::Connection& connection, MessageId message, Instant not_before);
/// Claims of processes that are gone, as the caller can tell, are over.
void end_claims(store::Connection& connection, Instant now,
                const std::function<bool(std::string_view)>& is_gone);
/// Messages left in `sending` by a process that is gone become ambiguous. Answers how many.
int settle_abandoned(store::Connection& connection, Instant now);

/// Keeps the content, digest filled here. One at a time: what is frozen stays until it is set aside.
void freeze(store::Connection& connection, MessageId message, Content content, Instant now);
/// Whether another content may still be frozen instead: no server can have taken the one there is.
bool may_be_set_aside(store::Connection& connection, MessageId message);
/// Puts the frozen content among the past ones, kept as evidence. Answers its digest; nothing where none is
/// frozen. It may be set aside.
std::optional<std::string> set_aside(store::Connection& connection, MessageId message);
/// A content's hash over everything in it, as freeze() fills it.
std::string digest_of(const Content& content);
/// Of the words a message is written from and of what it asks for, one half each, 64 letters: a yes names
/// what was seen (MSG-1). Empty where the content has no words (frozen).
std::string seen_digest(const Content& content);
/// What of a content is no more as it was seen: `text_changed` (the words), `asked_changed` (items, amounts);
/// empty = nothing.
std::string_view changed_since(std::string_view seen, const Content& content);
std::string asked_digest(const NewMessage& message, const std::vector<Money>& to_pay);
/// When the content there is was frozen.
std::optional<Instant> frozen_at(store::Connection& connection, MessageId message);

std::optional<Message> message(store::Connection& connection, MessageId id);
std::optional<Content> content(store::Connection& connection, MessageId id);
std::vector<Event> story(store::Connection& connection, MessageId id);

/// One line of a list: enough to filter by perimeter before anything else is read.
struct Listed {
    MessageId id;
    CustomerId customer;
    MessageState state = MessageState::requested;
};
struct ListWish {
    std::optional<MessageState> state{};
    CustomerId customer{};  ///< 0 = all
    MessageId before{};     ///< 0 = from the newest
};
/// Newest first; `visit` answers false to stop.
void each_message(store::Connection& connection, const ListWish& wish,
                  const std::function<bool(const Listed&)>& visit);
/// How many messages stand in each state, of customers that `admits` answers true for; of all without it.
std::map<MessageState, std::int64_t> counts(store::Connection& connection,
                                            const std::function<bool(CustomerId)>& admits);

}  // namespace countback::correspondence
