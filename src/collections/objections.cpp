#include "collections/objections.h"

#include <algorithm>
#include <array>

#include "base/ensure.h"
#include "collections/holds.h"
#include "collections/own_message.h"

namespace countback::collections {

namespace {

constexpr std::string_view overruled_detail = "overruled ";

Refusal objection(const Hold& hold) {
    auto data = hold.note.data;
    data.insert(data.begin(), {"reason", std::string(hold.note.code)});
    return {RefusalCode::step_not_due, std::move(data)};
}

Hold said(Note note) { return {std::move(note), HoldScope::customer, true, std::nullopt}; }

std::optional<Hold> too_early(const Run& run, const Account& account) {
    if (account.contacts.empty()) return std::nullopt;
    const Date last = account.contacts.back();
    const Date until = last + run.policy.min_gap_days;
    if (until <= run.today()) return std::nullopt;
    return Hold{{"minimum_gap", {{"last", last.iso()}, {"until", until.iso()}}, {}, {}},
                HoldScope::customer,
                true,
                until};
}

class Objecting {
public:
    Objecting(const Run& run, const correspondence::NewMessage& message, AccountRow row)
        : run_(run), message_(message) {
        read_account(run, row, account_);
        add(message.customer);
        if (account_.head) add(*account_.head);
        for (const correspondence::AskedItem& one : message.items) {
            const auto item = run.book.item(one.item);
            const auto view = item ? run.book.view(*item, run.moment.known_at) : std::nullopt;
            if (view) add(run.book.customer(view->account));
        }
    }

    std::vector<Refusal> all() const {
        std::vector<Refusal> all;
        const auto tell = [&](const std::optional<Hold>& hold) {
            if (hold) all.push_back(objection(*hold));
        };
        // Words of her own may ask for anything, whatever they are called.
        if (message_.template_code != statement_code || message_.edit) tell(stopped());
        tell(first([&](CustomerId one) { return snooze_hold(run_, one); }));
        tell(first([&](CustomerId one) { return message_hold(run_, one); }));
        tell(of_action());
        tell(not_due());
        tell(credit_hold(account_, asked()));
        tell(contact_cap_hold(run_, account_));
        tell(too_early(run_, account_));
        return all;
    }

private:
    void add(CustomerId customer) {
        if (std::find(concerned_.begin(), concerned_.end(), customer) == concerned_.end())
            concerned_.push_back(customer);
    }

    template <class Ask>
    std::optional<Hold> first(Ask ask) const {
        for (const CustomerId customer : concerned_) {
            if (auto hold = ask(customer)) return hold;
        }
        return std::nullopt;
    }

    /// A member's items under its own stop are not asked for; the customer's and the head's stop everything.
    std::optional<Hold> stopped() const {
        std::optional<Hold> found = stop_hold(run_, account_.row);
        const auto head = account_.head ? run_.book.account(*account_.head) : std::nullopt;
        if (!found && head) found = stop_hold(run_, *head);
        return found;
    }

    std::vector<Money> asked() const {
        std::vector<Money> sums;
        for (const correspondence::AskedItem& one : message_.items) add_money(sums, one.amount);
        return sums;
    }

    /// COL-9: what it names has an action of its own that is not this message.
    std::optional<Hold> of_action() const {
        for (const CustomerId customer : concerned_) {
            const auto found = run_.state.specific.find(customer);
            if (found == run_.state.specific.end()) continue;
            for (const SpecificAction& action : found->second) {
                if (action.number != action_of(message_) && names(action))
                    return said({"specific_action", {{"date", action.day.iso()}}, {}, {}});
            }
        }
        return std::nullopt;
    }

    bool names(const SpecificAction& action) const {
        return std::any_of(message_.items.begin(), message_.items.end(), [&](const auto& one) {
            return std::find(action.items.begin(), action.items.end(), one.item) != action.items.end();
        });
    }

    /// The statement, and a text that calls nothing late, may name what is not: not words of her own, nor a
    /// text that is not known.
    std::optional<Hold> not_due() const {
        constexpr std::array<std::string_view, 4> of_any{statement_code, "courtesy", "pre_reminder",
                                                         "new_invoice"};
        const bool calls_nothing_late =
            std::find(of_any.begin(), of_any.end(), message_.template_code) != of_any.end();
        if (!message_.edit && calls_nothing_late) return std::nullopt;
        const auto due = not_yet_due(run_.book, message_);
        if (!due) return std::nullopt;
        return said({"not_yet_due", {{"due", due->iso()}}, {}, {}});
    }

    const Run& run_;
    const correspondence::NewMessage& message_;
    Account account_;
    std::vector<CustomerId> concerned_;
};

}  // namespace

std::vector<Refusal> objections(Collections& service, const correspondence::NewMessage& message,
                                MessageId own) {
    const auto policy = service.policy();
    const auto state = service.state();
    const Snapshot book = service.ledger().book();
    const auto row = book.account(message.customer);
    if (!row) return {};
    Run run = make_run(book, *policy, *state, {service.today(message.customer), known_now});
    run.detail = Detail::whole;
    run.unranked = true;
    run.own = own;
    return Objecting(run, message, *row).all();
}

std::optional<Refusal> asked_before(store::Connection& connection, CustomerId customer, MessageId message) {
    const auto other = correspondence::live_before(connection, customer, message);
    if (!other) return std::nullopt;
    return Refusal{RefusalCode::step_not_due,
                   {{"reason", "message_waiting"}, {"message", std::to_string(other->value)}}};
}

const std::string& reason_of(const Refusal& refusal) {
    ensure(!refusal.data.empty() && refusal.data.front().first == "reason", "a refusal that says why");
    return refusal.data.front().second;
}

void note_overruled(store::Connection& connection, MessageId message, const std::vector<Refusal>& objections,
                    const correspondence::Happening& by, Instant now) {
    for (const Refusal& one : objections) {
        correspondence::Happening told = by;
        told.detail = std::string(overruled_detail) + reason_of(one);
        correspondence::note(connection, message, told, now);
    }
}

bool is_overruled(const std::vector<correspondence::Event>& story, const Refusal& objection) {
    constexpr std::array<std::string_view, 3> too_soon{"message_waiting", "contact_cap", "minimum_gap"};
    const auto is_too_soon = [&](std::string_view code) {
        return std::find(too_soon.begin(), too_soon.end(), code) != too_soon.end();
    };
    const std::string& wanted = reason_of(objection);
    return std::any_of(story.begin(), story.end(), [&](const correspondence::Event& event) {
        const bool asking = event.state == correspondence::MessageState::requested;
        if (!asking || !event.detail.starts_with(overruled_detail)) return false;
        const std::string_view said = std::string_view(event.detail).substr(overruled_detail.size());
        return said == wanted || (is_too_soon(said) && is_too_soon(wanted));
    });
}

}  // namespace countback::collections
