// The desk's side of messages: lists, one message whole, what a person does about it, the letters to post,
// texts and sender cards.
#pragma once
#include <functional>
#include <memory>

#include "access/audit.h"
#include "access/gate.h"
#include "correspondence/compose.h"
#include "correspondence/outbox.h"

namespace countback::correspondence {

using UserName = std::function<std::string(UserId)>;

/// When a message became sent by a person's word.
struct Completion {
    Date day;  ///< the step is done on that day
    Instant at;
};

struct Post {
    Ledger& ledger;
    /// Inside the transaction that makes a message sent by a person's word.
    std::function<void(store::Connection&, const Message&, const Completion&)> completed;
    std::function<void()> wake;  ///< the sender has something new to look at
    UserName user_name;
    /// What is no longer so of a message, by today's Book; empty = it is still right.
    std::function<std::string(const Message&)> no_longer_right;
    const Composer& composer;
    const access::Audit& audit;
    DocumentRules documents{};
    /// The day it was, where the entity is, at that moment.
    std::function<Date(EntityId, Instant)> day_of{};
};

using Answer = Result<http::Response>;

/// Whether the caller may see the customer's account today, and the selection names it.
bool admitted(const Post& post, const Snapshot& book, const access::Caller& caller, CustomerId customer,
              const Selection& selection = {});

/// A file to keep, never one to show within a page. The name holds letters, digits, hyphens and dots.
http::Response file_answer(const std::string& name, const std::string& media_type, std::string bytes);

/// A letter that somebody put into the post on that day.
struct Posting {
    Date day;
    UserId user;
    Instant now;
};
/// Only paper can be in the post, and what it says must still be so. Refuses not_found, message_over,
/// field_invalid (not printed; a day before the letter was decided), content_changed.
Result<void> check_postable(const Post& post, const access::Caller& caller, store::Connection& connection,
                            MessageId id);
/// Inside the open transaction; checked before. Refuses not_found, message_over, field_invalid.
Result<void> note_posted(const Post& post, const access::Caller& caller, store::Connection& connection,
                         MessageId id, const Posting& posting);

Answer messages_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer message_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer attachment_page(const Post& post, const access::Caller& caller, const http::Request& request);
/// Cancels, or tries again, all messages of a state that the caller may see, up to the newest she saw; those
/// that moved on meanwhile are left as they are.
Answer act_on_many_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer act_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer document_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer letters_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer print_letters_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer letters_posted_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer templates_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer save_template_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer late_payment_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer save_late_payment_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer card_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer save_card_page(const Post& post, const access::Caller& caller, const http::Request& request);

void declare_routes(access::Gate& gate, std::shared_ptr<const Post> post);

}  // namespace countback::correspondence
