// Every figure opens to exactly the rows that make it (AGE-1, DSO-4, LED-5, KPI-3's billings).
#include "measures/item_list.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "measures/item_amounts.h"
#include "measures/small_book.h"
#include "measures/waterfall.h"

namespace countback {
namespace {

using test::currency;
using test::day;
using test::NewItem;
using test::SmallBook;

void fill(SmallBook& small) {
    const int customers = *rc::gen::inRange(1, 4);
    for (int c = 0; c < customers; ++c) small.customer(1 + c % 2);
    const int items = *rc::gen::inRange(1, 30);
    for (int i = 0; i < items; ++i) {
        const auto type = static_cast<ItemType>(*rc::gen::inRange(1, 8));
        const bool credit = type == ItemType::credit_note || type == ItemType::payment;
        const std::int64_t value = *rc::gen::inRange(2, 100'000);
        const Date issue = day("2025-03-01") + *rc::gen::inRange(0, 150);
        NewItem item{CustomerId{*rc::gen::inRange(1, customers + 1)},
                     credit ? -value : value,
                     issue,
                     issue + *rc::gen::inRange(-2, 70),
                     type,
                     currency(i % 4 == 0 ? "USD" : "EUR")};
        item.flags = *rc::gen::inRange(0, 3) == 0 ? item_flag::sales : 0;
        const auto id = small.item(item);
        const std::int64_t paid = *rc::gen::inRange<std::int64_t>(0, value + 1);
        if (paid > 0 && type != ItemType::down_payment_request)
            small.settle(id, paid, issue + *rc::gen::inRange(0, 60));
        StandingFact standing;
        standing.customer = item.customer;
        standing.item = *rc::gen::inRange(0, 5) == 0 ? ItemId{} : id;
        standing.kind = static_cast<StandingKind>(*rc::gen::inRange(1, 10));
        standing.cause = LabelId{standing.kind == StandingKind::dispute ? *rc::gen::inRange(0, 3) : 0};
        standing.from = issue;
        if (*rc::gen::inRange(0, 2) == 0) standing.amount = *rc::gen::inRange(1, 50'000);
        if (*rc::gen::inRange(0, 2) == 0) small.standing(standing);
    }
}

std::int64_t counted(const Snapshot& book, MeasureQuery query, Currency money, const ItemFilter& filter) {
    query.selection.currency = money;
    std::int64_t sum = 0;
    for (const ListedItem& row : list_items(Perimeter::whole(), book, query, filter)) sum += row.counted;
    return sum;
}

TEST(ItemList, EveryColumnAndPartOpensToItsRows) {
    EXPECT_TRUE(rc::check("Σ rows = figure", [] {
        SmallBook small;
        fill(small);
        const Snapshot book = small.snapshot();
        const MeasureQuery query{{}, {day("2025-06-30")}, {}, By::currency};
        for (const AgeingRow& row : measure_ageing(Perimeter::whole(), book, query).rows) {
            for (std::size_t i = 0; i < ageing_column_count; ++i) {
                ItemFilter filter;
                filter.bucket = static_cast<AgeingColumn>(i);
                RC_ASSERT(counted(book, query, row.key.currency, filter) == row.amounts.column[i]);
            }
            const auto state = [&](ItemState wanted) {
                ItemFilter filter;
                filter.state = wanted;
                return counted(book, query, row.key.currency, filter);
            };
            RC_ASSERT(state(ItemState::open) == row.amounts.outstanding());
            RC_ASSERT(state(ItemState::overdue) == row.amounts.overdue());
            RC_ASSERT(state(ItemState::not_due) + state(ItemState::overdue) + state(ItemState::unapplied) ==
                      row.amounts.outstanding());
        }
        for (const Waterfall& row : measure_waterfall(Perimeter::whole(), book, query, {}).rows) {
            std::int64_t billed = 0;
            for (const WaterfallPart& part : row.parts) {
                ItemFilter filter;
                filter.part = part.part;
                RC_ASSERT(counted(book, query, row.dso.key.currency, filter) == part.amount);
                for (const WaterfallCause& cause : part.causes) {
                    filter.cause = cause.cause;
                    RC_ASSERT(counted(book, query, row.dso.key.currency, filter) == cause.amount);
                }
            }
            for (int back = 0; back < 12; ++back) {
                ItemFilter filter;
                filter.state = ItemState::all;
                filter.billed_in = month_of(query.moment.as_of) - back;
                billed += counted(book, query, row.dso.key.currency, filter);
            }
            RC_ASSERT(billed == row.dso.billings);
        }
    }));
}

/// As it was once: every row at hand, rounded together.
std::vector<std::int64_t> converted_together(const std::vector<ListedItem>& rows,
                                             const Conversion& conversion) {
    std::vector<Exact> values;
    Exact sum = 0;
    for (const ListedItem& row : rows) {
        values.push_back(conversion.weight(row.item.currency) * row.counted);
        sum += values.back();
    }
    return rounded_to_total(values, conversion.unit(), conversion.rounded(sum));
}

TEST(ItemList, ConvertedRowByRowAsIfTogether) {
    EXPECT_TRUE(rc::check("one walk that keeps no row", [] {
        SmallBook small;
        fill(small);
        const Date as_of = day("2025-06-30");
        const MeasureQuery query{{}, {as_of}, currency("GBP"), By::currency};
        const RateTable& rates = RateTable::shipped();
        const auto rows = list_items(Perimeter::whole(), small.snapshot(), query, {});
        const RowRates row_rates(rates, as_of, query.reporting);
        ItemSums sums, first_half;
        for (std::size_t i = 0; i < rows.size(); ++i)
            (i < rows.size() / 2 ? first_half : sums).add(rows[i], row_rates);
        first_half.add(sums);
        const ShownAmounts shown(first_half, row_rates, rates, as_of);
        RC_ASSERT(shown.count() == rows.size());
        const std::vector<Currency> present{currency("EUR"), currency("USD")};
        const auto wanted = converted_together(rows, Conversion(rates, as_of, currency("GBP"), present));
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            RC_ASSERT(shown.of(rows[i]).currency == currency("GBP"));
            RC_ASSERT(shown.of(rows[i]).counted == wanted[i]);
            sum += wanted[i];
        }
        if (!rows.empty()) RC_ASSERT(shown.totals().at(0).counted == sum);
    }));
}

TEST(ItemList, SearchKeepsFoundItemsAndCustomers) {
    SmallBook small;
    const auto one = small.customer(), two = small.customer();
    const auto first = small.invoice(one, 1, "2025-01-01", "2025-02-01");
    small.invoice(one, 2, "2025-01-01", "2025-02-01");
    small.invoice(two, 4, "2025-01-01", "2025-02-01");
    ItemFilter filter;
    filter.found = ItemFilter::Found{{first}, {two}};
    const MeasureQuery query{{}, {day("2025-06-30")}, {}, By::currency};
    EXPECT_EQ(counted(small.snapshot(), query, currency("EUR"), filter), 5);
    filter.found = ItemFilter::Found{};
    EXPECT_EQ(counted(small.snapshot(), query, currency("EUR"), filter), 0);
}

}  // namespace
}  // namespace countback
