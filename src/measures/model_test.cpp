// AGE-1, DSO-1, DSO-2, LED-3, LED-4, GRP-1: the measures against a slow, obvious model, on random histories
// with late facts, corrections, undone loads and moved collectors, at random moments.
// RC_PARAMS="max_success=N" says how many
// (./test --histories N).
#include <gtest/gtest.h>

#include <functional>
#include <tuple>

#include "measures/ageing.h"
#include "measures/dso.h"
#include "measures/random_history.h"

namespace countback {
namespace {

using namespace test;

TEST(Model, AgeingIsTheObviousOne) {
    EXPECT_TRUE(rc::check("AGE-1: columns by currency at any moment", [] {
        History history;
        const Snapshot book = random_snapshot(history);
        const Moment moment = random_moment(history, book);
        const Asked asked = random_asked();
        std::map<Currency, std::array<std::int64_t, 7>> expected;
        history.model.each(moment.known_at, [&](const ItemFact& item) {
            if (!asked.admits(history.model, item.customer, moment)) return;
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
            const MeasureQuery query{asked.selection, moment, {}, by};
            for (const AgeingRow& row : measure_ageing(asked.perimeter, book, query).rows) {
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

    SlowDso(const Model& model, Moment moment, Currency money,
            const std::function<bool(CustomerId)>& admits = {}) {
        model.each(moment.known_at, [&](const ItemFact& item) {
            if (item.currency != money || item.issue > moment.as_of) return;
            if (admits && !admits(item.customer)) return;
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
        const Moment moment = random_moment(history, book);
        const Asked asked = random_asked();
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
            const MeasureQuery some{asked.selection, moment, {}, By::currency};
            for (const DsoRow& row : measure_dso(asked.perimeter, book, some, options).rows) {
                const SlowDso slow(history.model, moment, row.key.currency, [&](CustomerId customer) {
                    return asked.admits(history.model, customer, moment);
                });
                RC_ASSERT(row.outstanding == slow.outstanding);
                RC_ASSERT(words(row.figure) == (method == DsoMethod::accounting
                                                    ? slow.accounting(moment.as_of, months)
                                                    : slow.countback(moment.as_of)));
            }
            const MeasureQuery each{{}, moment, {}, By::customer};
            for (const DsoRow& row : measure_dso(Perimeter::whole(), book, each, options).rows) {
                const SlowDso slow(history.model, moment, row.key.currency,
                                   [&](CustomerId customer) { return customer.value == row.key.id; });
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
        MeasureQuery query{
            {}, {random_moment(history, book).as_of}, {}, *rc::gen::element(By::currency, By::entity)};
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
