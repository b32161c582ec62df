// PEN-1 … PEN-3: what a message tells of late penalties for what it asks for.
//
//   told = interest + indemnity of its items − late fees billed to the account since they are late
//
// A payment or credit note on the account that no item has taken stands, from the day it came, for what the
// message asks for, oldest due first: that part bears no interest, as it is not to be paid (COL-7). A late
// fee billed after the oldest of the account's items was late may be one of theirs: whatever became of it, it
// is taken off, first from the indemnity (PEN-2: once). Example: F-1 of 10 000.00 is 30 days late at 12.15 %,
// 99.86 and 40.00; a late fee of 40.00 was billed ten days ago: 99.86 and 0.00 are told.
#include <algorithm>
#include <map>
#include <set>

#include "correspondence/late_payment.h"
#include "correspondence/queries.h"
#include "correspondence/types.h"
#include "receivables/book.h"

namespace countback::correspondence {

namespace {

bool contains(const std::vector<LabelId>& all, LabelId one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

/// The day proceedings opened against the customer, or against another account of the same legal person.
std::optional<Date> insolvent_since(const Snapshot& book, AccountRow account, Moment moment) {
    std::optional<Date> since;
    const auto read = [&](AccountRow row) {
        book.each_standing(row, moment.known_at, [&](const StandingView& one) {
            if (one.kind != StandingKind::insolvency || one.item || !one.holds_on(moment.as_of)) return;
            since = since ? std::min(*since, one.from) : one.from;
        });
    };
    const std::int64_t identity = book.attribute(account, Attribute::legal_identity, moment);
    if (identity == 0) {
        read(account);
        return since;
    }
    book.each_account(Perimeter::whole(), {}, moment, [&](AccountRow row) {
        if (book.attribute(row, Attribute::legal_identity, moment) == identity) read(row);
    });
    return since;
}

using Covers = std::map<ItemId, std::vector<PenaltyCover>>;

/// Which credit of the account stands for which item asked for: the oldest due is covered first, by the
/// credit that came first.
Covers covers_of(const PenaltyQuestion& question, Currency currency) {
    std::vector<std::pair<Date, std::int64_t>> credits;
    for (const StatementLine& line : question.statement.lines) {
        if (line.open.minor < 0 && line.open.currency == currency)
            credits.emplace_back(line.issue, -line.open.minor);
    }
    std::sort(credits.begin(), credits.end());
    Covers covers;
    for (const StatementLine& line : question.statement.lines) {
        if (line.open.minor <= 0 || line.open.currency != currency) continue;
        for (const AskedItem& asked : question.message.items) {
            if (asked.item != line.item) continue;
            std::int64_t left = std::min(asked.amount.minor, line.open.minor);
            for (auto& [day, minor] : credits) {
                const std::int64_t part = std::min(left, minor);
                if (part <= 0) continue;
                covers[line.item].push_back({day, part});
                left -= part;
                minor -= part;
            }
        }
    }
    return covers;
}

/// Late fees billed to the account after a day, up to the message's; whatever became of them since.
std::int64_t billed_after(const PenaltyQuestion& question, AccountRow account, Date day, Currency currency) {
    std::int64_t billed = 0;
    question.book.each_item(account, known_now, [&](const ItemView& item) {
        const bool fee = item.type == ItemType::late_fee && item.currency == currency && item.debit();
        if (fee && item.issue > day && item.issue <= question.message.day)
            billed = checked_add(billed, item.amount);
    });
    return billed;
}

/// Goes through what a message asks for.
class PenaltyCount {
public:
    PenaltyCount(store::Connection& connection, const PenaltyQuestion& question)
        : connection_(connection),
          chosen_(late_payment(connection)),
          table_(chosen_.table()),
          question_(question),
          covers_(covers_of(question, euro_)) {}

    void add(const AskedItem& asked) {
        const Snapshot& book = question_.book;
        const auto row = book.item(asked.item);
        const auto view = row ? book.view(*row, known_now) : std::nullopt;
        if (!view) return;
        if (view->currency != euro_) return leave_out("currency", std::string(view->currency.code()));
        const Moment moment{question_.message.day, known_now};
        if (late_from(*view) >= moment.as_of) return;
        const LateTerms terms{question_.entity.country, debtor_of(view->account),
                              chosen_.agreed_with(question_.entity.id)};
        const auto rates = late_rates(table_, terms, late_from(*view) + 1, moment.as_of);
        if (!rates) return missing(rates.error());
        const std::int64_t disputed =
            std::max<std::int64_t>(0, book.open(*view, moment) - asked.amount.minor);
        PenaltyQuery query{moment, disputed, insolvent_since(book, view->account, moment)};
        if (const auto covered = covers_.find(asked.item); covered != covers_.end())
            query.covered = covered->second;
        Penalty penalty = penalty_of(book, *view, *rates, query);
        if (!first_of_its_invoice(asked.item, penalty)) penalty.indemnity.minor = 0;
        Owed& owed = owed_.try_emplace(view->account, Owed{late_from(*view)}).first->second;
        owed.since = std::min(owed.since, late_from(*view));
        owed.interest = checked_add(owed.interest, penalty.interest.minor);
        owed.indemnity = checked_add(owed.indemnity, penalty.indemnity.minor);
        for (const PenaltySegment& one : penalty.segments) shown_.lines.push_back({asked.item, one});
        if (penalty.interest.minor == 0 && penalty.indemnity.minor == 0) return;
        PenaltyLaw law{question_.entity.country, terms.debtor == Debtor::public_buyer};
        if (std::find(shown_.laws.begin(), shown_.laws.end(), law) == shown_.laws.end())
            shown_.laws.push_back(std::move(law));
    }

    /// Part of what is owed at a rate that is known and part at none: nothing is told.
    PenaltyShown told() {
        for (const auto& [account, owed] : owed_) add_up(account, owed);
        if (!unknown_) return std::move(shown_);
        PenaltyShown none{{0, euro_}, {0, euro_}};
        none.left_out = std::move(shown_.left_out);
        return none;
    }

private:
    /// Of one account, in minor units of the euro.
    struct Owed {
        Date since;  ///< its oldest item is late from the day after
        std::int64_t interest = 0, indemnity = 0;
    };

    /// PEN-2: a fee that was billed is not told again.
    void add_up(AccountRow account, const Owed& owed) {
        const std::int64_t billed = billed_after(question_, account, owed.since, euro_);
        const std::int64_t of_indemnity = std::min(billed, owed.indemnity);
        const std::int64_t of_interest = std::min(billed - of_indemnity, owed.interest);
        shown_.indemnity.minor = checked_add(shown_.indemnity.minor, owed.indemnity - of_indemnity);
        shown_.interest.minor = checked_add(shown_.interest.minor, owed.interest - of_interest);
        shown_.billed.minor = checked_add(shown_.billed.minor, of_indemnity + of_interest);
    }

    /// PEN-2: once an invoice, however many instalments it is paid in.
    bool first_of_its_invoice(ItemId item, const Penalty& penalty) {
        if (penalty.indemnity.minor == 0) return true;
        const auto number = connection_.text(number_of_instalment, {item.value});
        return !number || invoices_.insert(*number).second;
    }

    Debtor debtor_of(AccountRow account) const {
        const Moment moment{question_.message.day, known_now};
        const LabelId segment{question_.book.attribute(account, Attribute::segment, moment)};
        if (contains(chosen_.consumer_segments, segment)) return Debtor::consumer;
        const bool of_the_public = question_.public_buyer || contains(chosen_.public_segments, segment);
        return of_the_public ? Debtor::public_buyer : Debtor::business;
    }

    void missing(const RateMissing& why) {
        if (why.why == RateMissing::Why::consumer) return;
        unknown_ = true;
        leave_out(name_of(why.why), why.what);
    }

    void leave_out(std::string_view code, const std::string& what) {
        std::string reason = "penalties_" + std::string(code) + (what.empty() ? "" : " " + what);
        auto& all = shown_.left_out;
        if (std::find(all.begin(), all.end(), reason) == all.end()) all.push_back(std::move(reason));
    }

    store::Connection& connection_;
    std::set<std::string> invoices_;  ///< in instalments: numbers whose indemnity was counted
    LatePayment chosen_;
    LateRateTable table_;
    const PenaltyQuestion& question_;
    Currency euro_ = *Currency::parse("EUR");
    Covers covers_;
    std::map<AccountRow, Owed> owed_;
    PenaltyShown shown_{{0, euro_}, {0, euro_}};
    bool unknown_ = false;
};

}  // namespace

PenaltyShown penalties_of(store::Connection& connection, const PenaltyQuestion& question) {
    PenaltyCount count(connection, question);
    for (const AskedItem& asked : question.message.items) count.add(asked);
    return count.told();
}

}  // namespace countback::correspondence
