#include "receivables/statement.h"

#include <algorithm>
#include <tuple>

namespace countback {

namespace {

std::size_t age_of(int days_late) {
    constexpr std::array bounds{30, 60, 90, 120};
    return static_cast<std::size_t>(std::lower_bound(bounds.begin(), bounds.end(), days_late) -
                                    bounds.begin());
}

StatementTotals& totals_of(std::vector<StatementTotals>& totals, Currency currency) {
    const auto found = std::find_if(totals.begin(), totals.end(),
                                    [&](const StatementTotals& one) { return one.currency == currency; });
    if (found != totals.end()) return *found;
    totals.push_back({currency, 0, {}, 0});
    return totals.back();
}

void add_line(const StatementLine& line, StatementTotals& total) {
    if (line.open.minor < 0) {
        total.unapplied += line.open.minor;
    } else if (line.days_late > 0) {
        total.late[age_of(line.days_late)] += line.open.minor;
    } else {
        total.not_due += line.open.minor;
    }
}

}  // namespace

const StatementTotals* Statement::total(Currency currency) const {
    for (const StatementTotals& one : totals) {
        if (one.currency == currency) return &one;
    }
    return nullptr;
}

Statement make_statement(const Snapshot& book, AccountRow account, Moment moment) {
    Statement statement{account, moment.as_of, {}, {}};
    book.each_open_item(account, moment, [&](const ItemView& item) {
        const std::int64_t open = book.open(item, moment);
        if (open == 0) return;
        const int late = open > 0 ? std::max(0, moment.as_of - item.due) : 0;
        statement.lines.push_back({item.id, item.type, item.issue, item.due, late,
                                   Money{item.amount, item.currency}, Money{open, item.currency}});
    });
    const auto key = [](const StatementLine& line) {
        return std::tuple(line.open.currency.code(), line.due, line.item);
    };
    std::sort(statement.lines.begin(), statement.lines.end(),
              [&](const StatementLine& a, const StatementLine& b) { return key(a) < key(b); });
    for (const StatementLine& line : statement.lines) {
        add_line(line, totals_of(statement.totals, line.open.currency));
    }
    return statement;
}

}  // namespace countback
