// The settings of the mail server as the desk sees them.
#pragma once
#include "access/gate.h"
#include "messaging/sender.h"

namespace countback::messaging {

struct Mail {
    Ledger& ledger;
    crypto::Key key;
    Sender& sender;
    std::function<bool()> demo;
};

void declare_routes(access::Gate& gate, std::shared_ptr<const Mail> mail);

}  // namespace countback::messaging
