// COL-7: what is asked for in each currency, less what came without saying for which invoice.
#include <algorithm>

#include "correspondence/compose.h"

namespace countback::correspondence {

namespace {

AskedTotal& total_in(std::vector<AskedTotal>& totals, Currency currency) {
    const auto same = [&](const AskedTotal& one) { return one.asked.currency == currency; };
    const auto found = std::find_if(totals.begin(), totals.end(), same);
    if (found != totals.end()) return *found;
    totals.push_back({{0, currency}, {0, currency}, {0, currency}});
    return totals.back();
}

const AskedItem* asked_for(const Paper& paper, ItemId item) {
    const auto found = std::find_if(paper.asked.begin(), paper.asked.end(),
                                    [&](const AskedItem& one) { return one.item == item; });
    return found == paper.asked.end() ? nullptr : &*found;
}

void add(Money& sum, std::int64_t minor) { sum.minor = checked_add(sum.minor, minor); }

}  // namespace

Money asked_of(const AskedItem& asked, const StatementLine& line) {
    return {line.open.minor > 0 ? std::min(asked.amount.minor, line.open.minor) : asked.amount.minor,
            asked.amount.currency};
}

std::vector<AskedTotal> asked_totals(const Paper& paper) {
    std::vector<AskedTotal> totals;
    for (const StatementLine& line : paper.statement.lines) {
        const AskedItem* asked = asked_for(paper, line.item);
        if (!asked) continue;
        AskedTotal& total = total_in(totals, asked->amount.currency);
        add(total.asked, asked_of(*asked, line).minor);
        add(total.open, asked_of(*asked, line).minor);
    }
    for (const auto& [line, number] : paper.paid) {
        if (const AskedItem* asked = asked_for(paper, line.item))
            add(total_in(totals, asked->amount.currency).asked, asked->amount.minor);
    }
    std::erase_if(totals, [](const AskedTotal& one) { return one.asked.minor <= 0; });
    for (const StatementLine& line : paper.statement.lines) {
        if (line.open.minor >= 0 || asked_for(paper, line.item)) continue;
        for (AskedTotal& total : totals) {
            if (total.asked.currency == line.open.currency && total.open.minor > 0)
                add(total.credit, -line.open.minor);
        }
    }
    return totals;
}

}  // namespace countback::correspondence
