// The settings of the mail server as the desk sees them, and tests: of the server, and of a text to oneself.
#pragma once
#include "access/gate.h"
#include "messaging/sender.h"

namespace countback::messaging {

struct Mail {
    Ledger& ledger;
    crypto::Key key;
    Sender& sender;
    std::function<bool()> demo;
    /// The words of a request to /api/templates/test on its customer. Refuses what their preview refuses.
    std::function<Result<Content>(const access::Caller&, const http::Request&)> written_text;
    /// Codes of our entities whose card names no bank: their debtors read neither IBAN nor QR code.
    std::function<std::vector<std::string>()> without_bank;
    std::function<std::string(UserId)> address_of;  ///< of a user; empty = she has none
};

void declare_routes(access::Gate& gate, std::shared_ptr<const Mail> mail);

}  // namespace countback::messaging
