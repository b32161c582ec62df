#include "locale/numbers.h"

#include <gtest/gtest.h>

namespace countback::locale {
namespace {

TEST(Numbers, AmountsInBothLanguages) {
    const Money money_of{-123456789, *Currency::parse("EUR")};
    EXPECT_EQ(money(Language::en, money_of), "\u22121,234,567.89\u00a0EUR");
    EXPECT_EQ(money(Language::fr, money_of), "\u22121\u00a0234\u00a0567,89\u00a0EUR");
    EXPECT_EQ(amount(Language::en, {1234, *Currency::parse("JPY")}), "1,234");
    EXPECT_EQ(amount(Language::fr, {1234, *Currency::parse("KWD")}), "1,234");
}

TEST(Numbers, DatesInBothLanguages) {
    EXPECT_EQ(long_date(Language::en, *Date::of(2026, 3, 31)), "31 March 2026");
    EXPECT_EQ(long_date(Language::fr, *Date::of(2026, 8, 1)), "1er août 2026");
    EXPECT_EQ(short_date(Language::fr, *Date::of(2026, 3, 1)), "01/03/2026");
}

}  // namespace
}  // namespace countback::locale
