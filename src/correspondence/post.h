// The desk's side of messages: lists, one message whole, what a person does about it, texts and sender cards.
#pragma once
#include <functional>
#include <memory>

#include "access/gate.h"
#include "correspondence/compose.h"
#include "correspondence/outbox.h"

namespace countback::correspondence {

using UserName = std::function<std::string(UserId)>;

struct Post {
    Ledger& ledger;
    /// Inside the transaction that makes a message sent by a person's word.
    std::function<void(store::Connection&, const Message&, Instant)> completed;
    std::function<void()> wake;  ///< the sender has something new to look at
    UserName user_name;
};

using Answer = Result<http::Response>;

Answer messages_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer message_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer attachment_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer act_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer templates_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer save_template_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer card_page(const Post& post, const access::Caller& caller, const http::Request& request);
Answer save_card_page(const Post& post, const access::Caller& caller, const http::Request& request);

void declare_routes(access::Gate& gate, std::shared_ptr<const Post> post);

}  // namespace countback::correspondence
