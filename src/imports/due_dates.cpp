// LED-8: the reading of "n days end of month" where the source gives no due date.
//
// Example: of C1 the ledger has 15 Jan → 17 Mar and 10 Feb → 14 Apr: both are the end of the month, then
// + 45. A line of C1 issued 15 Apr with "45 days end of month" and no due date is due on 14 Jun, not on 31
// May.
#include <unordered_map>

#include "imports/item_lines.h"

namespace countback::imports {
namespace {

constexpr std::uint32_t not_of_the_source = item_flag::due_from_terms | item_flag::due_set_here;

using PairsOf = std::unordered_map<std::uint32_t, std::vector<DatedPair>>;

void add_known(const Snapshot& book, CustomerId customer, std::vector<DatedPair>& pairs) {
    const auto account = customer ? book.account(customer) : std::nullopt;
    if (!account) return;
    book.each_item(*account, known_now, [&](const ItemView& item) {
        if (item.debit() && (item.flags & not_of_the_source) == 0) pairs.push_back({item.issue, item.due});
    });
}

}  // namespace

void infer_due_dates(const Snapshot& book, ItemFile& file) {
    PairsOf pairs_of;
    for (const auto& open : file.ends_of_month) {
        const std::uint32_t customer = file.lines[open.line].customer;
        const auto [place, is_new] = pairs_of.try_emplace(customer);
        if (is_new) add_known(book, file.parties.customers[customer].id, place->second);
    }
    if (pairs_of.empty()) return;
    for (const ItemLine& line : file.lines) {
        const auto place = pairs_of.find(line.customer);
        if (place != pairs_of.end() && line.amount > 0 && (line.flags & not_of_the_source) == 0)
            place->second.push_back({line.issue, line.due});
    }
    for (const auto& open : file.ends_of_month) {
        ItemLine& line = file.lines[open.line];
        if (infer_reading(pairs_of[line.customer], open.days) == EndOfMonthReading::eom_then_days)
            line.due = due_date({Terms::Kind::eom_then_days, open.days, 0, {}}, line.issue);
    }
}

}  // namespace countback::imports
