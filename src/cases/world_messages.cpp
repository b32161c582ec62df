// What a case does with messages: the run, a person's yes, the mail server's answers; and what it expects of
// them.
#include <algorithm>

#include "base/text.h"
#include "cases/world.h"
#include "collections/account.h"
#include "receivables/penalties.h"

namespace countback::cases {

namespace {

using correspondence::Message;
using correspondence::MessageState;

/// A mail server that answers as the case says.
class ToldServer final : public messaging::Transport {
public:
    ToldServer(net::SendResult answer, std::vector<std::string>& taken)
        : answer_(std::move(answer)), taken_(taken) {}
    net::SendResult send(const net::Envelope& envelope) override {
        if (answer_.outcome == net::SendOutcome::sent || answer_.outcome == net::SendOutcome::ambiguous)
            taken_.emplace_back(envelope.message);
        return answer_;
    }

private:
    net::SendResult answer_;
    std::vector<std::string>& taken_;
};

net::SendResult told(const std::string& answer) {
    net::SendResult result;
    result.outcome = answer == "refused" ? net::SendOutcome::refused
                     : answer == "later" ? net::SendOutcome::refused_for_now
                     : answer == "lost"  ? net::SendOutcome::ambiguous
                                         : net::SendOutcome::sent;
    result.code = answer == "refused" ? 550 : answer == "later" ? 451 : answer == "lost" ? 0 : 250;
    return result;
}

/// A message's no-break spaces as the spaces that a case has.
std::string as_typed(std::string text) {
    for (const std::string_view space : {"\xC2\xA0", "\xE2\x80\xAF"}) {
        for (auto at = text.find(space); at != std::string::npos; at = text.find(space, at))
            text.replace(at, space.size(), " ");
    }
    return text;
}

std::string amounts(const Message& message) {
    std::vector<Money> sums;
    for (const auto& one : message.items) collections::add_money(sums, one.amount);
    std::string text;
    for (const Money& sum : sums) {
        if (!text.empty()) text += " + ";
        text += decimal(sum.minor, sum.currency) + ' ' + std::string(sum.currency.code());
    }
    return text;
}

}  // namespace

collections::Reminders& World::reminders() {
    composer_ = std::make_unique<correspondence::Composer>(
        *ledger_, correspondence::ComposeNeeds{[](CustomerId, LabelId) {
                                                   correspondence::Signature signature;
                                                   signature.person = {"Ana", "ana@desk.test"};
                                                   signature.from_address = "ar@desk.test";
                                                   return signature;
                                               },
                                               {}});
    reminders_ = std::make_unique<collections::Reminders>(*collections_, *composer_);
    return *reminders_;
}

/// `run [for D] [requested 1]`, `run night`: asks for the automatic messages that are due today, and of how
/// many customers; the night's run comes once a day for each entity.
void World::make_run(Words& words) {
    collections::RunWish wish{clock_.today(), false, "command", {}};
    if (words.begins_with("night")) {
        words.next("night");
        for (const auto& [code, entity] : entities_) wish.night.push_back(entity);
    }
    wish.day = words.date("for").value_or(wish.day);
    const auto requested = words.value("requested");
    words.finish();
    const auto record = granted(reminders().run(Perimeter::whole(), {{}, "case"}, wish));
    if (requested) expect_same("asked for", *requested, std::to_string(record.requested));
}

/// `save text reminder_1 en "words"`: an administrator saves the text.
void World::save_text(Words& words) {
    words.next("text");
    correspondence::TemplateText text;
    text.code = words.next("a text");
    text.language = words.next("a language");
    text.subject = "Saved anew";
    text.text = words.rest();
    const auto connection = database_->lease();
    store::Transaction transaction(*connection);
    granted(correspondence::save_template(*connection, text, {{}, clock_.now()}));
    transaction.commit();
}

/// `confirm own ACME reminder_1 [overrule] [items F-001] [saying "words"]`: a person's own message.
void World::write_own(Words& words) {
    words.next("own");
    collections::SingleMessage wish;
    wish.customer = customer_named(words.next("a customer"));
    wish.template_code = words.next("a text");
    if (words.begins_with("overrule")) {
        words.next("overrule");
        wish.overrule = true;
    }
    if (const auto items = words.value("items")) {
        for (const std::string_view number : split(*items, ','))
            wish.items.push_back(item_named(std::string(number)));
    }
    if (const auto text = words.value("saying"))
        wish.edit = correspondence::NewMessage::Edit{"Own words", *text};
    words.finish();
    granted(reminders().send_single(Perimeter::whole(), {{}, "case"}, wish));
}

/// `confirm ACME [notice new_invoice] [action] [saying "words"]`: a person's yes; to its last action of its
/// own.
void World::confirm(Words& words) {
    if (words.begins_with("own")) return write_own(words);
    collections::Yes yes{customer_named(words.next("a customer")), std::nullopt, {}};
    yes.notice = words.value("notice").value_or("");
    if (words.flag("action")) {
        const auto state = collections_->state();
        const auto own = state->specific.find(yes.customer);
        if (own != state->specific.end()) yes.action = own->second.back().number;
    }
    if (const auto text = words.value("saying"))
        yes.edit = correspondence::NewMessage::Edit{"Own words", *text};
    words.finish();
    auto answer = reminders().confirm(Perimeter::whole(), {{}, "case"}, {yes}).front();
    if (answer.refusal) throw *answer.refusal;
}

/// `send [refused|later|lost]`: the sender looks at its queue, the mail server answers so.
void World::send(Words& words) {
    const std::string answer = words.empty() ? "taken" : words.next("an answer");
    words.finish();
    collections::Reminders& service = reminders();
    messaging::SenderNeeds needs;
    needs.compose = [&](store::Connection& connection, Message message) {
        message.day = std::max(message.day, clock_.today());
        return composer_->compose(connection, ledger_->book(), message, message.id);
    };
    needs.still_right = [&](const Message& message) {
        const collections::Verdict verdict = service.still_right(message);
        const auto& data = verdict.why.data;
        return messaging::Judged{static_cast<messaging::Judged::What>(verdict.what),
                                 data.empty() ? std::string(name_of(verdict.why.code)) : data.front().second};
    };
    needs.completed = [&](store::Connection& connection, const Message& message, Instant now) {
        collections::Reminders::completed(connection, message, clock_.today(), now);
    };
    needs.demo = [] { return false; };
    messaging::MailSettings settings;
    settings.host = "mail.desk.test";
    settings.from_address = "ar@desk.test";
    settings.per_minute_and_domain = 10'000;
    const auto connection = database_->lease();
    messaging::save_settings(*connection, settings, {}, clock_.now());
    messaging::Sender sender(*database_, clock_, {}, needs, [&](const net::SmtpSettings&) {
        return std::make_unique<ToldServer>(told(answer), letters_);
    });
    sender.work_once();
}

/// `act cancel|retry|arrived|not_arrived|posted ACME`: what a person does about the last message.
void World::act(Words& words) {
    using correspondence::Act;
    static const std::map<std::string, Act> acts{{"cancel", Act::cancel},
                                                 {"retry", Act::retry},
                                                 {"arrived", Act::arrived},
                                                 {"not_arrived", Act::not_arrived},
                                                 {"posted", Act::posted}};
    const auto found = acts.find(words.next("what is done"));
    if (found == acts.end()) throw CaseFailure("cancel, retry, arrived, not_arrived or posted");
    const Message message = last_message(customer_named(words.next("a customer")));
    words.finish();
    const auto connection = database_->lease();
    store::Transaction transaction(*connection);
    const correspondence::Happening by_person{MessageState::cancelled, {}, UserId{1}, {}};
    const auto state =
        granted(correspondence::act(*connection, message.id, found->second, by_person, clock_.now()));
    if (state == MessageState::sent)
        collections::Reminders::completed(*connection, message, clock_.today(), clock_.now());
    transaction.commit();
}

correspondence::Message World::last_message(CustomerId customer) {
    const auto connection = database_->lease();
    std::optional<MessageId> last;
    correspondence::each_message(*connection, {{}, customer, {}}, [&](const correspondence::Listed& one) {
        last = one.id;
        return false;
    });
    if (!last) throw CaseFailure("no message was asked for");
    return *correspondence::message(*connection, *last);
}

/// `expect mail ACME step reminder state sent to ap@acme.test items F-001 total 100.00 EUR says "words" why
/// 550`: the last one.
void World::expect_message(Words& words) {
    const Message message = last_message(customer_named(words.next("a customer")));
    if (const auto step = words.value("step")) expect_same("the step", *step, message.step);
    if (const auto state = words.value("state"))
        expect_same("the state", *state, std::string(name_of(message.state)));
    if (const auto items = words.value("items")) {
        std::string got;
        for (const auto& one : message.items) got += (got.empty() ? "" : ",") + number_of(one.item);
        expect_same("the items", *items, got);
    }
    if (const auto total = words.value("total")) {
        std::string expected = *total + ' ' + words.next("a currency");
        while (words.begins_with("+")) {
            words.next("+");
            expected += " + " + words.next("an amount");
            expected += ' ' + words.next("a currency");
        }
        expect_same("the total", expected, amounts(message));
    }
    if (const auto to = words.value("to")) {
        const auto written = correspondence::content(*database_->lease(), message.id);
        std::string got;
        for (const auto& box : written ? written->to : std::vector<correspondence::Mailbox>{})
            got += (got.empty() ? "" : ",") + box.address;
        expect_same("to", *to, got);
    }
    if (const auto why = words.value("why")) expect_same("why", *why, message.detail);
    if (const auto says = words.value("says")) {
        const auto written = correspondence::content(*database_->lease(), message.id);
        const std::string text =
            as_typed(written ? written->subject + '\n' + written->text : "nothing is written yet");
        if (text.find(as_typed(*says)) == std::string::npos) expect_same("the words", *says, text);
    }
    words.finish();
}

/// `expect mails ACME 1`, `expect taken 1`: how many were asked for; how many the mail server took.
void World::expect_messages(Words& words) {
    const CustomerId customer = customer_named(words.next("a customer"));
    const std::string expected = words.next("a number");
    words.finish();
    int count = 0;
    const auto connection = database_->lease();
    correspondence::each_message(*connection, {{}, customer, {}}, [&](const correspondence::Listed&) {
        ++count;
        return true;
    });
    expect_same("messages", expected, std::to_string(count));
}

namespace {

std::vector<DatedRate> granted_rates(const tl::expected<std::vector<DatedRate>, RateMissing>& rates) {
    if (!rates) throw CaseFailure(std::string(name_of(rates.error().why)) + ' ' + rates.error().what);
    return *rates;
}

}  // namespace

void World::expect_taken(Words& words) {
    const std::string expected = words.next("a number");
    words.finish();
    expect_same("taken by the mail server", expected, std::to_string(letters_.size()));
}

/// `expect penalty F-001 interest 99.86 indemnity 40.00 country FR debtor public agreed 18.00`: on the day
/// the case stands at (PEN-1, LAW-1). `missing "rate_unknown reference 2027-01-01"`: why no rate can be told.
void World::expect_penalty(Words& words) {
    const ItemView item = view_of(words.next("an item"));
    const std::string country = words.value("country").value_or("FR");
    LateTerms terms{country, Debtor::business, {}};
    const std::string debtor = words.value("debtor").value_or("business");
    if (debtor == "public") terms.debtor = Debtor::public_buyer;
    if (debtor == "consumer") terms.debtor = Debtor::consumer;
    if (const auto agreed = words.value("agreed")) terms.agreed = parse_percent(*agreed);
    const auto rates = late_rates(LateRateTable::shipped(), terms, late_from(item) + 1, clock_.today());
    if (const auto missing = words.value("missing")) {
        expect_same("missing", *missing,
                    rates ? "" : std::string(name_of(rates.error().why)) + ' ' + rates.error().what);
        return words.finish();
    }
    const Penalty penalty = penalty_of(ledger_->book(), item, granted_rates(rates),
                                       {{clock_.today(), known_now}, 0, std::nullopt});
    if (const auto interest = words.value("interest"))
        expect_same("interest", *interest, decimal(penalty.interest.minor, penalty.interest.currency));
    if (const auto indemnity = words.value("indemnity"))
        expect_same("indemnity", *indemnity, decimal(penalty.indemnity.minor, penalty.indemnity.currency));
    words.finish();
}

}  // namespace countback::cases
