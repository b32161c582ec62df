// The shared query parameters: what is read, what is refused (LED-3's two times among them).
#include "measures/query.h"

#include <gtest/gtest.h>

#include "measures/small_book.h"

namespace countback {
namespace {

using test::currency;
using test::day;

Result<MeasureRequest> read(http::Pairs query) {
    static test::SmallBook small;
    http::Request request;
    request.query = std::move(query);
    access::Caller caller;
    caller.perimeter = Perimeter::whole();
    return read_measure_request(caller, request, small.snapshot(), day("2026-03-31"));
}

TEST(Query, InstantsWithTheirOffsets) {
    EXPECT_EQ(parse_instant("1970-01-01T00:00:00Z")->micros, 0);
    EXPECT_EQ(parse_instant("1970-01-02T01:00:00.25+01:00")->micros, 86'400'250'000);
    EXPECT_EQ(parse_instant("2026-03-31T08:15:00Z")->rfc3339(), "2026-03-31T08:15:00Z");
    EXPECT_EQ(parse_instant("2026-03-31T08:15:00-02:30")->rfc3339(), "2026-03-31T10:45:00Z");
    for (const char* bad : {"", "2026-03-31", "2026-03-31T08:15:00", "2026-02-31T08:15:00Z",
                            "2026-03-31T24:15:00Z", "2026-03-31T08:15:00.Z", "2026-03-31T08:15:00Zx",
                            "2026-03-31 08:15:00Z", "2026-03-31T08:15:00+1:00"}) {
        EXPECT_FALSE(parse_instant(bad)) << bad;
    }
}

TEST(Query, DefaultsAndEveryParameter) {
    const auto plain = read({});
    EXPECT_EQ(plain->query.moment.as_of, day("2026-03-31"));
    EXPECT_EQ(plain->query.moment.known_at, known_now);
    EXPECT_FALSE(plain->query.reporting);
    const auto full = read({{"as_of", "2025-12-31"},
                            {"entity", "1,2"},
                            {"collector", "3"},
                            {"segment", "4"},
                            {"customer", "5"},
                            {"currency", "USD"},
                            {"reporting", "EUR"},
                            {"by", "customer"}});
    EXPECT_EQ(full->query.moment.as_of, day("2025-12-31"));
    EXPECT_EQ(full->query.selection.entities, (std::vector{EntityId{1}, EntityId{2}}));
    EXPECT_EQ(full->query.selection.customers, std::vector{CustomerId{5}});
    EXPECT_EQ(full->query.selection.currency, currency("USD"));
    EXPECT_EQ(full->query.reporting, currency("EUR"));
    EXPECT_EQ(full->query.by, By::customer);
}

TEST(Query, WhatCannotBeMeantIsRefused) {
    for (const auto& [name, value] : http::Pairs{{"as_of", "2026-02-30"},
                                                 {"known_at", "noon"},
                                                 {"entity", "a"},
                                                 {"customer", "0"},
                                                 {"currency", "EURO"},
                                                 {"reporting", "XYZ"},
                                                 {"by", "colour"}}) {
        const auto refused = read({{name, value}});
        ASSERT_FALSE(refused) << name;
        EXPECT_EQ(refused.error().code, RefusalCode::field_invalid) << name;
    }
}

}  // namespace
}  // namespace countback
