// PEN-1 … PEN-3, LAW-1: what a message says of late penalties, and what a company chose for it: rates entered
// beside those shipped, a rate agreed with its customers, which segments are public buyers and which
// consumers.
#pragma once
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "http/json.h"
#include "parties/types.h"
#include "receivables/late_rates.h"
#include "receivables/penalties.h"
#include "receivables/statement.h"
#include "store/database.h"

namespace countback::correspondence {

struct NewMessage;

inline constexpr std::string_view late_payment_setting = "late_payment";
inline constexpr std::size_t rates_entered_max = 500;

struct LatePayment {
    std::vector<SemesterRate> rates{};  ///< entered here
    /// Of an entity's terms of sale, hundredths of a percent a year.
    std::vector<std::pair<EntityId, std::int64_t>> agreed{};
    std::vector<LabelId> public_segments{}, consumer_segments{};

    LateRateTable table() const;  ///< shipped, with the rows entered here in their place
    std::optional<std::int64_t> agreed_with(EntityId entity) const;
};

LatePayment late_payment(store::Connection& connection);
/// Refuses field_missing, field_invalid (series, from, percent, segment in both lists).
Result<LatePayment> read_late_payment(const http::json::object& object);
http::json::object late_payment_json(const LatePayment& chosen);

/// One line of a notice: an invoice, days at one rate.
struct PenaltyLine {
    ItemId item;
    PenaltySegment segment;
};

/// The law by which penalties are owed: of the creditor's country, for one kind of debtor.
struct PenaltyLaw {
    std::string country{};
    bool of_public_buyers = false;
    bool operator==(const PenaltyLaw&) const = default;
};

/// What a message may say of late penalties: in euro, the one currency with a table.
struct PenaltyShown {
    Money interest, indemnity;           ///< less what was billed of them already
    std::vector<PenaltyLine> lines{};    ///< sum to the interest before that
    Money billed{0, interest.currency};  ///< late fees taken off, first from the indemnity
    std::vector<PenaltyLaw> laws{};      ///< each once, in the order of the items
    /// Why something is left out: `penalties_currency USD`, `penalties_rate_unknown reference 2026-07-01`.
    std::vector<std::string> left_out{};

    bool owed() const { return interest.minor > 0 || indemnity.minor > 0; }
};

struct PenaltyQuestion {
    const Snapshot& book;
    const Entity& entity;       ///< the creditor
    const NewMessage& message;  ///< what is asked for, and its day
    /// Of the customer; of a group's head, of all members: its credits bear no interest.
    const Statement& statement;
    bool public_buyer = false;  ///< its scenario is the one of public buyers
};
/// A rate that is not known, or a creditor without a country: nothing is owed, and `left_out` says why.
/// Consumers owe nothing (PEN-2). Interest ends when insolvency proceedings open.
PenaltyShown penalties_of(store::Connection& connection, const PenaltyQuestion& question);

/// Whether a text names penalties.
bool names_penalties(std::string_view text);

}  // namespace countback::correspondence
