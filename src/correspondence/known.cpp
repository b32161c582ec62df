// COL-7: what a statement says of its open lines beside their amounts.
//
// Told are the standings that the customer knows of: what he disputes, has promised, is paying. One that
// holds for the whole account tells of the debits that were issued when it began. Of an item in several hands
// each is told. Example: D-1 of 120.00, disputed for 50.00: `50.00 EUR disputed`.
#include <algorithm>
#include <unordered_map>

#include "correspondence/compose.h"
#include "locale/numbers.h"
#include "locale/texts.h"

namespace countback::correspondence {

namespace {

/// In the order in which they are told; empty = nothing that the customer is told.
std::string_view word_of(StandingKind kind) {
    switch (kind) {
        case StandingKind::dispute:
            return "dispute";
        case StandingKind::promise:
            return "promise";
        case StandingKind::payment_in_progress:
            return "payment_in_progress";
        case StandingKind::plan:
            return "plan";
        default:
            return {};
    }
}

std::vector<StandingView> told_standings(const Snapshot& book, AccountRow account, Date day) {
    std::vector<StandingView> told;
    book.each_standing(account, known_now, [&](const StandingView& one) {
        if (!word_of(one.kind).empty() && one.holds_on(day)) told.push_back(one);
    });
    return told;
}

bool is_of(const StandingView& standing, ItemRow item, const StatementLine& line) {
    return standing.item ? *standing.item == item : line.issue <= standing.from;
}

std::vector<KnownOfLine> known_of_line(const std::vector<StandingView>& standings, ItemRow item,
                                       const StatementLine& line) {
    std::vector<KnownOfLine> known;
    for (const StandingView& one : standings) {
        const auto same = [&](const KnownOfLine& other) { return other.kind == one.kind; };
        if (!is_of(one, item, line) || std::any_of(known.begin(), known.end(), same)) continue;
        const std::int64_t part = std::min(one.amount.value_or(line.open.minor), line.open.minor);
        const auto until = one.kind == StandingKind::promise ? one.to : std::nullopt;
        known.push_back({one.kind, {part, line.open.currency}, part == line.open.minor, until});
    }
    return known;
}

}  // namespace

std::vector<std::vector<KnownOfLine>> known_of(const Snapshot& book, const Statement& statement) {
    std::unordered_map<AccountRow, std::vector<StandingView>> standings;
    std::vector<std::vector<KnownOfLine>> known(statement.lines.size());
    bool any = false;
    for (std::size_t place = 0; place < statement.lines.size(); ++place) {
        const StatementLine& line = statement.lines[place];
        const auto row = book.item(line.item);
        const auto item = row ? book.view(*row, known_now) : std::nullopt;
        if (!item || line.open.minor <= 0) continue;
        const auto found = standings.find(item->account);
        const auto& of_account =
            found != standings.end()
                ? found->second
                : standings.emplace(item->account, told_standings(book, item->account, statement.as_of))
                      .first->second;
        known[place] = known_of_line(of_account, *row, line);
        any = any || !known[place].empty();
    }
    if (!any) known.clear();
    return known;
}

std::string known_told(const std::vector<KnownOfLine>& known, Language language) {
    std::string told;
    for (const KnownOfLine& one : known) {
        const std::string key =
            "message.known." + std::string(word_of(one.kind)) + (one.whole ? "" : ".part");
        told += told.empty() ? "" : ", ";
        told +=
            locale::text(language, key,
                         {{"amount", locale::money(language, one.amount)},
                          {"date", one.until ? locale::short_date(language, *one.until) : std::string()}});
    }
    return told;
}

}  // namespace countback::correspondence
