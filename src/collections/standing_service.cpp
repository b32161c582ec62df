// Recording and ending standings (PRO-1, DIS-1, COL-6, STA-1).
#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "collections/queries.h"
#include "collections/service.h"
#include "parties/directory.h"

namespace countback::collections {

namespace {

struct OpenItem {
    ItemView item;
    std::int64_t open = 0;
};

/// DIS-1: the causes there are; the words for them are the pages'.
constexpr std::array<std::string_view, 8> causes{
    "price", "quantity", "quality", "delivery", "administrative", "duplicate", "missing_document", "other"};

bool is_cause(const std::string& text) {
    return std::find(causes.begin(), causes.end(), text) != causes.end();
}

/// A promise is for a day; a payment in progress that nobody ends would hold its items for good.
bool needs_day(StandingKind kind) {
    return kind == StandingKind::promise || kind == StandingKind::payment_in_progress;
}

Result<void> check_fields(const NewStanding& standing, Date today) {
    const auto missing = [](const char* field) {
        return refuse(RefusalCode::field_missing, {{"field", field}});
    };
    if (needs_day(standing.kind)) {
        if (!standing.to) return missing("to");
        if (*standing.to < today) return refuse(RefusalCode::date_in_past, {{"date", standing.to->iso()}});
    }
    if (standing.kind != StandingKind::promise && trim(standing.reason).empty())
        return refuse(RefusalCode::reason_missing);
    if (standing.kind == StandingKind::insolvency && !standing.items.empty())
        return refuse(RefusalCode::field_invalid, {{"field", "items"}, {"reason", "whole_account"}});
    if (standing.kind == StandingKind::dispute && !standing.cause) return missing("cause");
    if (standing.cause && !is_cause(*standing.cause)) {
        return refuse(RefusalCode::field_invalid, {{"field", "cause"}, {"reason", *standing.cause}});
    }
    if (standing.amount && standing.items.empty()) return missing("items");
    if (standing.to && *standing.to < standing.from) {
        return refuse(RefusalCode::field_invalid, {{"field", "to"}, {"reason", standing.to->iso()}});
    }
    return {};
}

/// The items it names, each once, oldest due first; each an open one of the account.
Result<std::vector<OpenItem>> named_items(Writing& writing, const NewStanding& standing, AccountRow account,
                                          Date today) {
    std::vector<OpenItem> items;
    // An item named twice is one item: twice its open amount cannot be promised.
    for (const ItemId id : std::set<ItemId>(standing.items.begin(), standing.items.end())) {
        const auto row = writing.book().item(id);
        const auto view = row ? writing.book().view(*row, known_now) : std::nullopt;
        if (!view || view->account != account) return refuse(RefusalCode::not_found, {{"what", "item"}});
        const std::int64_t open = writing.book().open(*view, {std::max(today, view->issue), known_now});
        if (open == 0) {
            return refuse(RefusalCode::item_settled,
                          {{"item", writing.connection().text(item_number, {id.value}).value_or("")}});
        }
        items.push_back({*view, open});
    }
    const auto key = [](const OpenItem& one) { return std::tuple(one.item.due, one.item.id); };
    std::sort(items.begin(), items.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    return items;
}

/// The amount in minor units, at most what is open of the items.
Result<std::int64_t> read_amount(const std::string& text, const std::vector<OpenItem>& items) {
    const Currency currency = items.front().item.currency;
    std::int64_t open = 0;
    for (const OpenItem& one : items) {
        if (one.item.currency != currency) {
            return refuse(RefusalCode::currency_mismatch,
                          {{"currency", std::string(one.item.currency.code())},
                           {"other", std::string(currency.code())}});
        }
        open += one.open;
    }
    const auto amount = parse_decimal(text, currency);
    if (!amount) return refuse(RefusalCode::field_invalid, {{"field", "amount"}, {"reason", text}});
    if (*amount <= 0) return refuse(RefusalCode::amount_not_positive);
    if (*amount > open) {
        return refuse(RefusalCode::amount_above_open,
                      {{"amount", decimal(*amount, currency)}, {"open", decimal(open, currency)}});
    }
    return *amount;
}

StandingFact fact_of(const NewStanding& standing, LabelId cause) {
    StandingFact fact;
    fact.customer = standing.customer;
    fact.kind = standing.kind;
    fact.cause = cause;
    fact.source = standing.source;
    fact.from = standing.from;
    fact.to = standing.to;
    fact.reason = standing.reason;
    return fact;
}

/// The amount over the items by what is open of each, to the minor unit; each gets something, so that none of
/// those named is forgotten. An amount of fewer units than items goes to the oldest due.
std::vector<std::int64_t> shares_of(std::int64_t amount, const std::vector<OpenItem>& items) {
    std::vector<std::int64_t> shares;
    std::int64_t left = amount;
    Wide open = 0;
    for (const OpenItem& one : items) open += one.open;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto behind = static_cast<std::int64_t>(items.size() - i - 1);
        const Wide fair = open > 0 ? (static_cast<Wide>(left) * items[i].open + open - 1) / open : 0;
        shares.push_back(
            std::clamp<std::int64_t>(static_cast<std::int64_t>(std::min<Wide>(fair, left - behind)),
                                     std::min<std::int64_t>(left, 1), left));
        left -= shares.back();
        open -= items[i].open;
    }
    return shares;
}

/// One standing an item.
std::vector<StandingId> add_standings(Writing& writing, StandingFact fact, const std::vector<OpenItem>& items,
                                      std::optional<std::int64_t> amount) {
    std::vector<StandingId> ids;
    if (items.empty()) return {writing.add(std::move(fact))};
    const auto shares = amount ? shares_of(*amount, items) : std::vector<std::int64_t>(items.size(), 0);
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (amount && shares[i] == 0) break;
        fact.item = items[i].item.id;
        if (amount) fact.amount = shares[i];
        ids.push_back(writing.add(fact));
    }
    return ids;
}

void join_later(Writing& writing, const std::vector<StandingId>& ids) {
    if (ids.size() < 2) return;
    store::Connection& connection = writing.connection();
    writing.then([ids, &connection](const Numbers& numbers) -> Result<void> {
        std::int64_t row = store::allot(connection, row_numbers, static_cast<std::int64_t>(ids.size()));
        for (const StandingId id : ids) {
            connection.run(add_standing_group, {row++, numbers(id).value, numbers(ids.front()).value});
        }
        return {};
    });
}

/// The counter-fact that ends a standing from `today` on; what never held before today is taken back.
StandingFact ending_of(const Snapshot& book, const StandingView& standing, Date today,
                       const std::string& reason) {
    StandingFact fact;
    fact.standing = standing.id;
    fact.customer = book.customer(standing.account);
    if (standing.item) {
        const auto view = book.view(*standing.item, known_now);
        if (view) fact.item = view->id;
    }
    fact.kind = standing.kind;
    fact.amount = standing.amount;
    fact.cause = standing.cause;
    fact.source = standing.source;
    fact.from = standing.from;
    fact.cancelled = standing.kind == StandingKind::promise || standing.from >= today;
    fact.to = fact.cancelled ? standing.to : std::optional(today - 1);
    fact.reason = reason;
    return fact;
}

}  // namespace

Result<StandingId> Collections::record(const Perimeter& perimeter, const Author& author,
                                       const NewStanding& standing) {
    if (const auto checked = check_fields(standing, today()); !checked)
        return tl::unexpected(checked.error());
    StandingId first;
    const auto written = ledger_.write(author, [&](Writing& writing) -> Result<void> {
        const auto account = admitted_account(perimeter, writing.book(), standing.customer, today());
        if (!account) return tl::unexpected(account.error());
        const auto items = named_items(writing, standing, *account, today());
        if (!items) return tl::unexpected(items.error());
        std::optional<std::int64_t> amount;
        if (standing.amount) {
            const auto read = read_amount(*standing.amount, *items);
            if (!read) return tl::unexpected(read.error());
            amount = *read;
        }
        LabelId cause;
        if (standing.cause)
            cause = parties::label_of(writing.connection(), LabelKind::dispute_cause, *standing.cause);
        const auto ids = add_standings(writing, fact_of(standing, cause), *items, amount);
        join_later(writing, ids);
        writing.then([&first, id = ids.front()](const Numbers& numbers) -> Result<void> {
            first = numbers(id);
            return {};
        });
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return first;
}

Result<void> Collections::end(const Perimeter& perimeter, const Author& author, StandingId standing,
                              const std::string& reason) {
    if (trim(reason).empty()) return refuse(RefusalCode::reason_missing);
    const auto state = memory_.state();
    const auto group_of = [&](StandingId id) {
        const auto found = state->groups.find(id);
        return found == state->groups.end() ? id : found->second;
    };
    const auto written = ledger_.write(author, [&](Writing& writing) -> Result<void> {
        const Snapshot& book = writing.book();
        const auto named = book.standing(standing, known_now);
        if (!named) return refuse(RefusalCode::not_found, {{"what", "standing"}});
        const auto account = admitted_account(perimeter, book, book.customer(named->account), today());
        if (!account) return tl::unexpected(account.error());
        int ended = 0;
        book.each_standing(*account, known_now, [&](const StandingView& one) {
            if (group_of(one.id) != group_of(standing)) return;
            if (one.kind != StandingKind::promise && one.to && *one.to < today()) return;
            writing.add(ending_of(book, one, today(), reason));
            ++ended;
        });
        if (ended == 0) return refuse(RefusalCode::standing_ended);
        return {};
    });
    if (!written) return tl::unexpected(written.error());
    return {};
}

}  // namespace countback::collections
