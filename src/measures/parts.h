// DSO-4, KPI-5: what stands behind each open amount at a moment. Every open amount goes to the first part
// that fits:
//
//   unapplied credits; not due; then of what is overdue: litigation or insolvency, disputed (the disputed
//   part only, by cause), in payment plan, promised, processing, without reason.
//
// Example: 100 overdue, 30 of it disputed, all of it promised for next week: disputed 30, promised 70.
// A standing of an item covers its amount, or the whole. One of the whole account without an amount covers
// every overdue item; with an amount it covers the account's overdue items, oldest due first, in the oldest's
// currency. Payments in progress and proposals count as processing; a stop is no reason.
#pragma once
#include <vector>

#include "measures/measure.h"

namespace countback {

enum class Part : std::uint8_t {
    unapplied,
    not_due,
    litigation,
    disputed,
    plan,
    promised,
    processing,
    no_reason
};
constexpr std::size_t part_count = 8;

/// A share of an item's open amount.
struct PartOfItem {
    Part part = Part::no_reason;
    LabelId cause;            ///< of the disputed part; else none
    std::int64_t amount = 0;  ///< signed minor units, not 0
};

struct SplitItem {
    ItemView item;
    std::int64_t open = 0;              ///< signed minor units, not 0
    std::vector<PartOfItem> parts;      ///< Σ amount = open
    std::int64_t disputed_not_due = 0;  ///< memo: the disputed part of an item that is not due
};

/// Splits the open items of one account after another; keeps its memory between accounts.
class AccountSplitter {
public:
    AccountSplitter(const Snapshot& book, Moment moment) : book_(book), moment_(moment) {}

    /// The account's open items, newest first; valid until the next call.
    const std::vector<SplitItem>& split(AccountRow account);

private:
    struct Covering {
        StandingView standing;
        Part part;
        std::optional<std::int64_t> left;  ///< of an account-wide amount
        std::optional<Currency> currency;  ///< of an account-wide amount: the oldest overdue item's
    };
    void read_standings(AccountRow account);
    void read_items(AccountRow account);
    void split_overdue(SplitItem& item);
    void note_dispute_of_not_due(SplitItem& item) const;
    std::int64_t covered(Covering& covering, const SplitItem& item, std::int64_t remaining) const;

    const Snapshot& book_;
    Moment moment_;
    std::vector<Covering> coverings_;
    std::vector<SplitItem> items_;
    std::vector<SplitItem*> oldest_first_;
};

}  // namespace countback
