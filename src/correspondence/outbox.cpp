#include "correspondence/outbox.h"

#include <algorithm>
#include <limits>
#include <unordered_set>

#include "base/ensure.h"
#include "base/text.h"
#include "correspondence/queries.h"
#include "crypto/hash.h"

namespace countback::correspondence {

namespace {

std::string joined(const std::vector<std::string>& parts) {
    std::string all;
    for (const std::string& part : parts) all += (all.empty() ? "" : ",") + part;
    return all;
}

std::vector<std::string> parts_of(std::string_view text) {
    std::vector<std::string> parts;
    if (text.empty()) return parts;
    for (const std::string_view part : split(text, ',')) parts.emplace_back(part);
    return parts;
}

void append_event(store::Connection& connection, MessageId message, const Happening& what, Instant now) {
    const std::int64_t row = store::allot(connection, row_numbers, 1);
    connection.run(add_event, {row, message.value, static_cast<int>(what.state), now.micros, what.user.value,
                               what.detail});
}

/// Handing over takes less, however slow the server: nobody takes it for abandoned before.
constexpr std::int64_t sending_micros_max = 600'000'000;

using Ids = std::vector<std::optional<MessageId>>;

void write_messages(store::Connection& connection, std::span<const NewMessage> messages, const Ids& ids,
                    UserId author, Instant now) {
    const auto rows = connection.bulk("message", message_columns);
    for (std::size_t place = 0; place < messages.size(); ++place) {
        if (!ids[place]) continue;
        const NewMessage& one = messages[place];
        const std::string to = joined(one.to);
        const std::string cc = joined(one.cc);
        rows->row({ids[place]->value, static_cast<int>(one.kind), one.customer.value, one.entity.value,
                   one.run, one.scenario, one.step, one.leader.value, one.channel, one.template_code, to, cc,
                   static_cast<std::int64_t>(one.day.days()), author.value, now.micros});
    }
    rows->finish();
    const auto items = connection.bulk("message_item", item_columns);
    for (std::size_t place = 0; place < messages.size(); ++place) {
        if (!ids[place]) continue;
        for (const AskedItem& asked : messages[place].items) {
            const std::string currency(asked.amount.currency.code());
            items->row({ids[place]->value, asked.item.value, currency, asked.amount.minor});
        }
    }
    items->finish();
    const auto to_pay = connection.bulk("message_to_pay", to_pay_columns);
    for (std::size_t place = 0; place < messages.size(); ++place) {
        if (!ids[place]) continue;
        for (const Money& sum : messages[place].to_pay)
            to_pay->row({ids[place]->value, std::string(sum.currency.code()), sum.minor});
    }
    to_pay->finish();
    for (std::size_t place = 0; place < messages.size(); ++place) {
        const auto& edit = messages[place].edit;
        if (ids[place] && edit)
            connection.run(add_message_edit, {ids[place]->value, edit->subject, edit->text});
    }
}

void write_queue(store::Connection& connection, std::span<const NewMessage> messages, const Ids& ids,
                 Instant now) {
    const auto rows = connection.bulk("message_queue", queue_columns);
    for (std::size_t place = 0; place < messages.size(); ++place) {
        if (!ids[place]) continue;
        const NewMessage& one = messages[place];
        const store::Value key = one.live_key.empty() ? store::Value(nullptr) : store::Value(one.live_key);
        const std::int64_t not_before =
            one.delay_seconds > 0 ? now.micros + one.delay_seconds * 1'000'000 : 0;
        rows->row({ids[place]->value, one.customer.value, static_cast<int>(MessageState::requested), key,
                   not_before, "", 0, 0});
    }
    rows->finish();
}

void write_first_events(store::Connection& connection, const Ids& ids, UserId author, Instant now) {
    const auto count = std::count_if(ids.begin(), ids.end(), [](const auto& id) { return id.has_value(); });
    if (count == 0) return;
    std::int64_t row = store::allot(connection, row_numbers, count);
    const auto rows = connection.bulk("message_event", event_columns);
    for (const auto& id : ids) {
        if (!id) continue;
        rows->row(
            {row++, id->value, static_cast<int>(MessageState::requested), now.micros, author.value, ""});
    }
    rows->finish();
}

Message message_from(const store::Row& row, MessageId id) {
    Message message;
    message.id = id;
    message.kind = static_cast<MessageKind>(row.integer(0));
    message.customer = CustomerId{row.integer(1)};
    message.entity = EntityId{row.integer(2)};
    message.run = row.integer(3);
    message.scenario = row.integer(4);
    message.step = row.text(5);
    message.leader = ItemId{row.integer(6)};
    message.channel = row.text(7);
    message.template_code = row.text(8);
    message.to = parts_of(row.text(9));
    message.cc = parts_of(row.text(10));
    message.day = Date(static_cast<std::int32_t>(row.integer(11)));
    message.author = UserId{row.integer(12)};
    message.requested = Instant{row.integer(13)};
    message.state = static_cast<MessageState>(row.integer(14));
    message.attempts = row.integer(15);
    message.not_before = Instant{row.integer(16)};
    if (!row.is_null(18)) message.edit = {std::string(row.text(17)), std::string(row.text(18))};
    message.detail = row.text(19);
    return message;
}

}  // namespace

std::vector<std::optional<MessageId>> request_all(store::Connection& connection,
                                                  std::span<const NewMessage> messages, UserId author,
                                                  Instant now) {
    std::vector<std::optional<MessageId>> ids(messages.size());
    if (messages.empty()) return ids;
    // The numbers come first: their lock keeps two requests of one thing apart, on several servers too.
    std::int64_t number =
        store::allot(connection, message_numbers, static_cast<std::int64_t>(messages.size()));
    std::unordered_set<std::string_view> seen;
    for (std::size_t place = 0; place < messages.size(); ++place) {
        const std::string& key = messages[place].live_key;
        const bool stands =
            !key.empty() && (!seen.insert(key).second || connection.integer(live_with_key, {key}));
        if (!stands) ids[place] = MessageId{number};
        ++number;
    }
    write_messages(connection, messages, ids, author, now);
    write_queue(connection, messages, ids, now);
    write_first_events(connection, ids, author, now);
    return ids;
}

Result<MessageId> request(store::Connection& connection, const NewMessage& message, UserId author,
                          Instant now) {
    const auto ids = request_all(connection, std::span(&message, 1), author, now);
    if (!ids.front()) return refuse(RefusalCode::message_stands);
    return *ids.front();
}

std::optional<MessageId> live_before(store::Connection& connection, CustomerId customer, MessageId message) {
    const auto id = connection.integer(live_before_message, {customer.value, message.value});
    return id ? std::optional(MessageId{*id}) : std::nullopt;
}

namespace {

/// The state under the lock that every event takes: what is read here stays so until the commit.
std::optional<MessageState> locked_state(store::Connection& connection, MessageId id) {
    store::allot(connection, row_numbers, 1);
    const auto state = connection.integer(state_of_message, {id.value});
    if (!state) return std::nullopt;
    return static_cast<MessageState>(*state);
}

void move(store::Connection& connection, MessageId message, const Happening& what, Instant now) {
    append_event(connection, message, what, now);
    const int state = static_cast<int>(what.state);
    if (what.state == MessageState::sending) {
        connection.run(keep_claim_in_state, {message.value, state, 1});
        return;
    }
    if (what.state == MessageState::reserved) {
        connection.run(keep_claim_in_state, {message.value, state, 0});
        return;
    }
    connection.run(set_state, {message.value, state, what.not_before.micros, 0});
    if (what.state == MessageState::cancelled) connection.run(drop_live_key, {message.value});
}

bool fits(Act act, MessageState state) {
    switch (act) {
        case Act::cancel:
            // Of an uncertain one a person says whether it arrived; "not sent" would be a guess (MSG-1).
            return !is_over(state) && state != MessageState::sending && state != MessageState::ambiguous;
        case Act::retry:
            return state == MessageState::failed || state == MessageState::waiting;
        case Act::arrived:
        case Act::not_arrived:
            return state == MessageState::ambiguous;
        case Act::posted:
            return state == MessageState::to_post;
    }
    return false;
}

}  // namespace

void record(store::Connection& connection, MessageId message, const Happening& what, Instant now) {
    const auto state = locked_state(connection, message);
    // A person was quicker: what she ended stays ended, what waits for the post stays there.
    if (!state || is_over(*state) || *state == MessageState::to_post) return;
    move(connection, message, what, now);
}

bool begin_sending(store::Connection& connection, MessageId message, Instant now) {
    const auto state = locked_state(connection, message);
    const bool free =
        state == MessageState::requested || state == MessageState::reserved || state == MessageState::waiting;
    if (!free) return false;
    move(connection, message, {MessageState::sending, {}, {}, {}}, now);
    connection.run(renew_claim, {message.value, now.micros + sending_micros_max});
    return true;
}

Result<MessageState> act(store::Connection& connection, MessageId message, Act what, const Happening& why,
                         Instant now) {
    const auto state = locked_state(connection, message);
    if (!state) return refuse(RefusalCode::not_found, {{"what", "message"}});
    if (!fits(what, *state))
        return refuse(RefusalCode::message_over, {{"state", std::string(name_of(*state))}});
    Happening happening = why;
    happening.state = what == Act::cancel                           ? MessageState::cancelled
                      : what == Act::arrived || what == Act::posted ? MessageState::sent
                                                                    : MessageState::waiting;
    const bool again = happening.state == MessageState::waiting;
    if (again && !connection.text(read_content, {message.value})) happening.state = MessageState::requested;
    move(connection, message, happening, now);
    return happening.state;
}

bool note(store::Connection& connection, MessageId message, const Happening& what, Instant now) {
    if (locked_state(connection, message) != what.state) return false;
    append_event(connection, message, what, now);
    return true;
}

std::vector<MessageId> claim(store::Connection& connection, const Claim& wish) {
    store::allot(connection, "message_claim", 1);  // its lock lasts to the commit: one claimer at a time
    std::vector<MessageId> claimed;
    connection.each(claimable, {wish.now.micros, wish.limit},
                    [&](const store::Row& row) { claimed.push_back(MessageId{row.integer(0)}); });
    for (const MessageId id : claimed) {
        connection.run(claim_message, {id.value, wish.holder, wish.until.micros});
    }
    return claimed;
}

void release(store::Connection& connection, MessageId message, Instant not_before) {
    connection.run(release_of, {message.value, not_before.micros});
}

void end_claims(store::Connection& connection, Instant now,
                const std::function<bool(std::string_view)>& is_gone) {
    std::vector<std::string> gone;
    connection.each(claim_holders, {now.micros}, [&](const store::Row& row) {
        if (is_gone(row.text(0))) gone.emplace_back(row.text(0));
    });
    for (const std::string& holder : gone) connection.run(end_claims_of, {holder});
}

int settle_abandoned(store::Connection& connection, Instant now) {
    store::allot(connection, "message_claim", 1);
    std::vector<MessageId> lost;
    connection.each(abandoned, {now.micros},
                    [&](const store::Row& row) { lost.push_back(MessageId{row.integer(0)}); });
    for (const MessageId id : lost)
        move(connection, id, {MessageState::ambiguous, "process_ended", {}, {}}, now);
    return static_cast<int>(lost.size());
}

std::optional<Message> message(store::Connection& connection, MessageId id) {
    std::optional<Message> found;
    connection.each(read_message, {id.value}, [&](const store::Row& row) { found = message_from(row, id); });
    if (!found) return found;
    connection.each(items_of_message, {id.value}, [&](const store::Row& row) {
        const auto currency = Currency::parse(row.text(1));
        ensure(currency.has_value(), "a message's currency");
        found->items.push_back({ItemId{row.integer(0)}, {row.integer(2), *currency}});
    });
    connection.each(to_pay_of_message, {id.value}, [&](const store::Row& row) {
        const auto currency = Currency::parse(row.text(0));
        ensure(currency.has_value(), "a message's currency");
        found->to_pay.push_back({row.integer(1), *currency});
    });
    return found;
}

std::vector<Event> story(store::Connection& connection, MessageId id) {
    std::vector<Event> events;
    connection.each(events_of_message, {id.value}, [&](const store::Row& row) {
        events.push_back({static_cast<MessageState>(row.integer(0)), Instant{row.integer(1)},
                          UserId{row.integer(2)}, std::string(row.text(3))});
    });
    return events;
}

void each_message(store::Connection& connection, const ListWish& wish,
                  const std::function<bool(const Listed&)>& visit) {
    std::int64_t before = wish.before ? wish.before.value : std::numeric_limits<std::int64_t>::max();
    std::vector<Listed> chunk;  // read first: a visitor asks the same connection for more
    const auto take = [&](const store::Row& row) {
        chunk.push_back({MessageId{row.integer(0)}, CustomerId{row.integer(1)},
                         static_cast<MessageState>(row.integer(2))});
    };
    do {
        chunk.clear();
        if (wish.customer) {
            connection.each(messages_of_customer, {before, list_chunk, wish.customer.value}, take);
        } else if (wish.state) {
            connection.each(in_state, {before, list_chunk, static_cast<int>(*wish.state)}, take);
        } else {
            connection.each(messages_before, {before, list_chunk}, take);
        }
        for (const Listed& one : chunk) {
            if (!visit(one)) return;
            before = one.id.value;
        }
    } while (chunk.size() == static_cast<std::size_t>(list_chunk));
}

std::map<MessageState, std::int64_t> counts(store::Connection& connection,
                                            const std::function<bool(CustomerId)>& admits) {
    std::map<MessageState, std::int64_t> all;
    if (!admits) {
        connection.each(state_counts, {}, [&](const store::Row& row) {
            all[static_cast<MessageState>(row.integer(0))] = row.integer(1);
        });
        return all;
    }
    CustomerId last;
    bool admitted = false;
    connection.each(state_counts_of_customers, {}, [&](const store::Row& row) {
        const CustomerId customer{row.integer(0)};
        if (customer != last) admitted = admits(customer);
        last = customer;
        if (admitted) all[static_cast<MessageState>(row.integer(1))] += row.integer(2);
    });
    return all;
}

}  // namespace countback::correspondence
