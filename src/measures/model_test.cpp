// AGE-1, DSO-1, DSO-2, LED-3, GRP-1: the measures against a slow, obvious model, on random histories with
// late facts, corrections and undone items, at random moments.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <tuple>

#include "measures/ageing.h"
#include "measures/dso.h"
#include "measures/small_book.h"

namespace countback {
namespace {

using test::currency;
using test::day;

constexpr int span_days = 500;
const Date first_day = day("2024-01-01");

/// Facts as they were appended; every question is answered by walking all of them.
struct Model {
    std::vector<ItemFact> items;  ///< all versions
    std::vector<AllocationFact> allocations;

    std::optional<ItemFact> version(ItemId id, FactNo known_at) const {
        std::optional<ItemFact> last;
        for (const ItemFact& fact : items) {
            if (fact.item == id && fact.fact <= known_at) last = fact;
        }
        if (last && (last->flags & item_flag::undone) != 0) return std::nullopt;
        return last;
    }
    std::int64_t open(const ItemFact& item, Moment moment) const {
        if (item.type == ItemType::down_payment_request || item.issue > moment.as_of) return 0;
        std::int64_t left = item.amount < 0 ? -item.amount : item.amount;
        for (const AllocationFact& one : allocations) {
            if (one.item == item.item && one.fact <= moment.known_at && one.effective <= moment.as_of)
                left -= one.amount;
        }
        left = std::max<std::int64_t>(left, 0);
        return item.amount < 0 ? -left : left;
    }
    template <class Visit>
    void each(FactNo known_at, Visit visit) const {
        for (const ItemFact& fact : items) {
            if (fact.item.value != fact.fact.value) continue;
            if (const auto item = version(fact.item, known_at)) visit(*item);
        }
    }
    static bool billed(const ItemFact& item) {
        if ((item.flags & item_flag::opening_balance) != 0) return false;
        if (item.type == ItemType::misc) return item.amount > 0 && (item.flags & item_flag::sales) != 0;
        return item.type == ItemType::invoice || item.type == ItemType::credit_note;
    }
};

struct History {
    Book book;
    Model model;
    std::int64_t fact = 0;
    FactNo next() { return FactNo{++fact}; }

    void add(const ItemFact& item) {
        model.items.push_back(item);
        book.append(item);
    }
    Snapshot snapshot() {
        book.publish(FactNo{fact}, Instant{fact});
        return book.snapshot();
    }
    /// Postings of what is known by now; later facts come beside them.
    void settle() {
        book.publish(FactNo{fact}, Instant{fact});
        book.settle(Book::Settle::everywhere);
    }
};

void add_item(History& history, CustomerId customer) {
    const auto type = static_cast<ItemType>(*rc::gen::inRange(1, 8));
    const bool credit = type == ItemType::credit_note || type == ItemType::payment;
    ItemFact item;
    item.fact = history.next();
    item.item = ItemId{item.fact.value};
    item.customer = customer;
    item.type = type;
    item.currency = currency(*rc::gen::inRange(0, 4) == 0 ? "USD" : "EUR");
    item.amount = *rc::gen::inRange<std::int64_t>(1, 100'000) * (credit ? -1 : 1);
    item.issue = first_day + *rc::gen::inRange(0, span_days);
    item.due = item.issue + *rc::gen::inRange(-3, 90);
    item.flags = *rc::gen::element(0U, item_flag::sales, item_flag::opening_balance, 0U);
    history.add(item);
    if (type == ItemType::down_payment_request) return;
    std::int64_t left = item.amount < 0 ? -item.amount : item.amount;
    const int parts = *rc::gen::inRange(0, 4);
    for (int i = 0; i < parts && left > 0; ++i) {
        AllocationFact part;
        part.fact = history.next();
        part.item = item.item;
        part.cause = ClearingCause::cash;
        part.amount = *rc::gen::inRange<std::int64_t>(1, left + 1);
        part.given = part.effective = item.issue + *rc::gen::inRange(0, 120);
        left -= part.amount;
        history.model.allocations.push_back(part);
        history.book.append(part);
    }
}

/// More settled, or taken back, of an item that may be long known; now and then beyond its amount.
void allocate(History& history) {
    const auto& items = history.model.items;
    const ItemFact& item = items[*rc::gen::inRange<std::size_t>(0, items.size())];
    if (item.type == ItemType::down_payment_request) return;
    AllocationFact part;
    part.fact = history.next();
    part.item = item.item;
    part.cause = ClearingCause::cash;
    part.amount = *rc::gen::inRange<std::int64_t>(-2'000, std::abs(item.amount) + 1);
    part.given = part.effective = item.issue + *rc::gen::inRange(0, 200);
    history.model.allocations.push_back(part);
    history.book.append(part);
}

/// A later version: other dates, a larger amount, or undone.
void change_item(History& history) {
    const auto& items = history.model.items;
    ItemFact changed = items[*rc::gen::inRange<std::size_t>(0, items.size())];
    changed.fact = history.next();
    changed.due = changed.due + *rc::gen::inRange(-30, 30);
    changed.issue = changed.issue + *rc::gen::inRange(-3, 4);
    if (*rc::gen::inRange(0, 2) == 0) changed.amount *= 2;
    if (*rc::gen::inRange(0, 6) == 0) changed.flags |= item_flag::undone;
    history.add(changed);
}

void fill(History& history) {
    const int customers = *rc::gen::inRange(1, 4);
    for (int c = 1; c <= customers; ++c) {
        history.book.append(
            AttributeFact{history.next(), CustomerId{c}, Attribute::entity, 1 + c % 2, first_day});
    }
    const int count = *rc::gen::inRange(1, 30);
    for (int i = 0; i < count; ++i) {
        add_item(history, CustomerId{*rc::gen::inRange(1, customers + 1)});
        const int more = *rc::gen::inRange(0, 8);
        if (more < 2) change_item(history);
        if (more > 4) allocate(history);
        if (*rc::gen::inRange(0, 6) == 0) history.settle();
    }
}

Moment random_moment(const Snapshot& book) {
    const std::int64_t last = book.last_fact().value;
    const bool now = *rc::gen::inRange(0, 2) == 0;
    return {first_day + *rc::gen::inRange(-30, span_days + 100),
            FactNo{now ? last : *rc::gen::inRange<std::int64_t>(1, last + 1)}};
}

/// Sometimes a reader holds its snapshot while more is recorded and settled.
Snapshot random_snapshot(History& history) {
    fill(history);
    Snapshot book = history.snapshot();
    if (*rc::gen::inRange(0, 3) == 0) return book;
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) allocate(history);
    change_item(history);
    history.settle();
    return *rc::gen::inRange(0, 2) == 0 ? book : history.snapshot();
}

TEST(Model, AgeingIsTheObviousOne) {
    EXPECT_TRUE(rc::check("AGE-1: columns by currency at any moment", [] {
        History history;
        const Snapshot book = random_snapshot(history);
        const Moment moment = random_moment(book);
        std::map<Currency, std::array<std::int64_t, 7>> expected;
        history.model.each(moment.known_at, [&](const ItemFact& item) {
            const std::int64_t open = history.model.open(item, moment);
            const int late = moment.as_of - item.due;
            const std::size_t column = item.amount < 0 ? 6
                                       : late <= 0     ? 0
                                       : late > 120    ? 5
                                                       : static_cast<std::size_t>((late + 29) / 30);
            if (open != 0) expected[item.currency][column] += open;
        });
        for (const By by : {By::currency, By::entity, By::customer}) {
            std::map<Currency, std::array<std::int64_t, 7>> found;
            for (const AgeingRow& row : measure_ageing(Perimeter::whole(), book, {{}, moment, {}, by}).rows) {
                for (std::size_t i = 0; i < 7; ++i) found[row.key.currency][i] += row.amounts.column[i];
            }
            std::erase_if(found,
                          [](const auto& entry) { return entry.second == std::array<std::int64_t, 7>{}; });
            auto wanted = expected;
            std::erase_if(wanted,
                          [](const auto& entry) { return entry.second == std::array<std::int64_t, 7>{}; });
            RC_ASSERT(found == wanted);
        }
    }));
}

/// DSO of one currency by the words of the rules, day by day where it can be.
struct SlowDso {
    std::int64_t outstanding = 0;
    std::map<Date, std::int64_t> billed;  ///< by issue date

    SlowDso(const Model& model, Moment moment, Currency money, CustomerId customer = {}) {
        model.each(moment.known_at, [&](const ItemFact& item) {
            if (item.currency != money || item.issue > moment.as_of) return;
            if (customer && item.customer != customer) return;
            if (item.type != ItemType::late_fee) outstanding += model.open(item, moment);
            if (Model::billed(item)) billed[item.issue] += item.amount;
        });
    }
    std::int64_t billings(Date from, Date to) const {
        std::int64_t sum = 0;
        for (const auto& [issue, amount] : billed) sum += from <= issue && issue <= to ? amount : 0;
        return sum;
    }
    std::string accounting(Date as_of, int months) const {
        const Window window = window_of(as_of, months);
        const std::int64_t sum = billings(window.first, as_of);
        if (sum <= 0) return "n/a";
        if (outstanding <= 0) return "0.00";
        const Date history = month_of(billed.begin()->first).first();
        const int days = history > window.first ? std::min(365, as_of - history + 1) : window.days;
        return hundredths(Wide{outstanding} * days, sum).text();
    }
    std::string countback(Date as_of) const {
        if (outstanding <= 0) return "0.00";
        if (billed.empty()) return "n/a";
        std::int64_t left = outstanding;
        int days = 0;
        for (Date last = as_of; last >= billed.begin()->first && left > 0;) {
            const Date first = month_of(last).first();
            const std::int64_t sum = billings(first, last);
            const int length = last - first + 1;
            if (sum > 0 && left < sum) return hundredths(Wide{days} * sum + Wide{left} * length, sum).text();
            days += length;
            left -= std::max<std::int64_t>(sum, 0);
            last = first - 1;
        }
        return (left > 0 ? "> " : "") + std::to_string(days) + ".00";
    }
};

std::string words(const DsoFigure& figure) {
    return figure.days ? (figure.more_than ? "> " : "") + figure.days->rounded().text() : "n/a";
}

TEST(Model, DsoIsTheObviousOneAtEveryPointOfTheTrend) {
    EXPECT_TRUE(rc::check("DSO-1, DSO-2: single dates and trends", [] {
        History history;
        const Snapshot book = random_snapshot(history);
        const Moment moment = random_moment(book);
        const int months = *rc::gen::element(12, 6, 3, 1);
        for (const DsoMethod method : {DsoMethod::accounting, DsoMethod::countback}) {
            DsoOptions options;
            options.method = method;
            options.window_months = months;
            const MeasureQuery query{{}, moment, {}, By::currency};
            const auto expected = [&](Date as_of, Currency money) {
                const SlowDso slow(history.model, {as_of, moment.known_at}, money);
                return method == DsoMethod::accounting ? slow.accounting(as_of, months)
                                                       : slow.countback(as_of);
            };
            for (const DsoRow& row : measure_dso(Perimeter::whole(), book, query, options).rows) {
                RC_ASSERT(words(row.figure) == expected(moment.as_of, row.key.currency));
                RC_ASSERT(row.outstanding == SlowDso(history.model, moment, row.key.currency).outstanding);
            }
            const MeasureQuery each{{}, moment, {}, By::customer};
            for (const DsoRow& row : measure_dso(Perimeter::whole(), book, each, options).rows) {
                const SlowDso slow(history.model, moment, row.key.currency, CustomerId{row.key.id});
                RC_ASSERT(row.outstanding == slow.outstanding);
                RC_ASSERT(words(row.figure) == (method == DsoMethod::accounting
                                                    ? slow.accounting(moment.as_of, months)
                                                    : slow.countback(moment.as_of)));
            }
            for (const DsoSeries& series :
                 measure_dso_trend(Perimeter::whole(), book, query, options, 14).series) {
                for (const DsoPoint& point : series.points)
                    RC_ASSERT(words(point.figure) == expected(point.day, series.currency));
            }
        }
    }));
}

using Told = std::map<RowKey, std::tuple<std::vector<std::int64_t>, std::vector<std::int64_t>, std::int64_t>>;

Told told(const FlowRows& rows) {
    Told all;
    for (const auto& [key, flows] : rows) {
        auto billed = flows.billed;
        while (!billed.empty() && billed.back() == 0) billed.pop_back();
        all[key] = {flows.balance, billed, flows.billed_in_window};
        if (flows.first_billing) std::get<1>(all[key]).push_back(flows.first_billing->days());
    }
    return all;
}

TEST(Model, TotalsOfEntitiesAreWhatTheirAccountsSumTo) {
    EXPECT_TRUE(rc::check("DSO-1: balances and billings from the kept totals", [] {
        History history;
        const Snapshot book = random_snapshot(history);
        MeasureQuery query{{}, {random_moment(book).as_of}, {}, *rc::gen::element(By::currency, By::entity)};
        Perimeter perimeter = Perimeter::whole();
        if (*rc::gen::inRange(0, 3) == 0) perimeter = {false, true, {EntityId{2}}, {}};
        if (*rc::gen::inRange(0, 3) == 0) query.selection.entities = {EntityId{1}};
        if (*rc::gen::inRange(0, 3) == 0) query.selection.currency = currency("USD");
        RC_ASSERT(in_totals(perimeter, book, query, Doubtful::counted));
        const Points points = trend_points(query.moment.as_of, *rc::gen::inRange(1, 30), 12);
        RC_ASSERT(told(flows_of_totals(perimeter, book, query, points)) ==
                  told(collect_flows(perimeter, book, query, points, Doubtful::counted)));
    }));
}

}  // namespace
}  // namespace countback
