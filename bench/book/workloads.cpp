#include "workloads.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>

#include "load.h"
#include "measures/ageing.h"
#include "measures/countback_rows.h"

namespace countback::bench {
namespace {

const Date book_start = *Date::of(2023, 7, 1);
constexpr int month_count = 36;
constexpr int entity_count = 5;

std::int64_t euro(std::int64_t amount, Currency currency) {
    const char first = currency.code().front();  // EUR, USD, GBP, CHF
    const int rate = first == 'E' ? 10'000 : first == 'U' ? 9'200 : first == 'G' ? 11'700 : 10'500;
    const std::int64_t whole = (std::abs(amount) * rate + 5'000) / 10'000;
    return amount < 0 ? -whole : whole;
}

/// Balance and billings by month of one entity or the group, in euro.
struct Months {
    std::array<std::int64_t, month_count> balance{}, billed{};

    std::int64_t window(std::size_t month) const {
        std::int64_t sum = 0;
        for (std::size_t back = 0; back < 12 && back <= month; ++back) sum += billed[month - back];
        return sum;
    }
    std::int64_t accounting(std::size_t month) const {
        const std::int64_t months = std::min<std::int64_t>(12, static_cast<std::int64_t>(month) + 1);
        const std::int64_t sum = window(month);
        if (balance[month] <= 0 || sum <= 0) return 0;
        return static_cast<std::int64_t>(static_cast<__int128>(365'000 * months) * balance[month] /
                                         (12 * sum));
    }
    std::int64_t countback(std::size_t month) const {
        std::int64_t left = balance[month], days = 0;
        if (left <= 0) return 0;
        for (std::size_t at = month + 1; at-- > 0;) {
            const int length = (month_of(book_start) + static_cast<int>(at)).days();
            if (billed[at] > 0 && left <= billed[at])
                return 1'000 * days +
                       static_cast<std::int64_t>(static_cast<__int128>(1'000 * length) * left / billed[at]);
            left -= std::max<std::int64_t>(billed[at], 0);
            days += length;
        }
        return 1'000 * days;
    }
};

std::array<Months, entity_count + 1> months_of(const FlowRows& rows) {
    std::array<Months, entity_count + 1> months{};
    for (const auto& [key, flows] : rows) {
        for (std::size_t month = 0; month < month_count; ++month) {
            const std::size_t back = month_count - 1 - month;
            const std::int64_t billed = back < flows.billed.size() ? flows.billed[back] : 0;
            const std::int64_t one = euro(flows.balance[month], key.currency),
                               two = euro(billed, key.currency);
            for (const std::size_t to : {std::size_t{0}, static_cast<std::size_t>(key.id)}) {
                months[to].balance[month] += one;
                months[to].billed[month] += two;
            }
        }
    }
    return months;
}

}  // namespace

std::string text_of(const Digest& digest) { return fmt::format("{} {:016x}", digest.rows, digest.sum); }

Result ageing_of_all(const Snapshot& book, Date as_of) {
    Result result;
    AgeingOptions options;
    options.unapplied = Unapplied::netted;
    const MeasureQuery query{{}, {as_of}, {}, By::customer};
    const auto rows = timed(result, [&] { return age_strands(Perimeter::whole(), book, query, options); });
    Digest digest;
    for (const auto& [key, amounts] : rows) {
        const auto& c = amounts.column;
        digest.add_row(fmt::format("{},{},{},{},{},{},{},{}", customer_of({key.id}), key.currency.code(),
                                   c[0], c[1], c[2], c[3], c[4], c[5]));
    }
    result.digest = text_of(digest);
    return result;
}

Result dso_trend(const Snapshot& book, Date last, Source source) {
    Result result;
    const MeasureQuery query{{}, {last}, {}, By::entity};
    const auto months = timed(result, [&] {
        const Points points = trend_points(last, month_count, 12);
        const Perimeter whole = Perimeter::whole();
        return months_of(source == Source::totals
                             ? flows_of_totals(whole, book, query, points)
                             : collect_flows(whole, book, query, points, Doubtful::counted));
    });
    Digest digest;
    for (std::size_t entity = 0; entity < months.size(); ++entity) {
        const Months& of = months[entity];
        for (std::size_t m = 0; m < month_count; ++m)
            digest.add_row(fmt::format("{},{},{},{},{},{}", entity, m, of.balance[m], of.window(m),
                                       of.accounting(m), of.countback(m)));
    }
    result.digest = text_of(digest);
    return result;
}

Result countback_of_all(const Snapshot& book, Date as_of) {
    Result result;
    DsoOptions options;
    options.method = DsoMethod::countback;
    const MeasureQuery query{{}, {as_of}, {}, By::customer};
    const auto rows = timed(result, [&] { return countback_rows(Perimeter::whole(), book, query, options); });
    Digest digest;
    for (const CountbackRow& row : rows) {
        if (row.balance <= 0) continue;
        const CountbackWalk& walk = row.walk;
        const bool exhausted = walk.billed == 0 && (walk.remaining > 0 || !walk.history);
        const std::int64_t part = walk.billed == 0 ? 0 : 1'000 * walk.days * walk.remaining / walk.billed;
        const int whole = exhausted ? as_of - book_start + 1 : walk.whole_days;
        const std::int64_t days = 1'000 * whole + part;
        digest.add_row(fmt::format("{},{},{},{}", customer_of({row.key.id}), row.key.currency.code(),
                                   row.balance, days));
    }
    result.digest = text_of(digest);
    return result;
}

}  // namespace countback::bench
