// LED-8: payment terms and the due dates they give.
#include "receivables/terms.h"

#include <gtest/gtest.h>

namespace countback {
namespace {

Date day(const char* iso) { return *Date::parse_iso(iso); }

TEST(Terms, LED8_BothFrenchReadingsOfEndOfMonth) {
    EXPECT_EQ(due_date({Terms::Kind::eom_then_days, 45, 0, {}}, day("2026-01-15")), day("2026-03-17"));
    EXPECT_EQ(due_date({Terms::Kind::days_then_eom, 45, 0, {}}, day("2026-01-15")), day("2026-03-31"));
    EXPECT_EQ(due_date({Terms::Kind::eom_then_day, 30, 10, {}}, day("2026-01-15")), day("2026-03-10"));
    EXPECT_EQ(due_date({Terms::Kind::net, 30, 0, {}}, day("2026-01-15")), day("2026-02-14"));
}

TEST(Terms, LED8_ReadsWhatPeopleWrite) {
    EXPECT_EQ(parse_terms("30"), (Terms{Terms::Kind::net, 30, 0, {}}));
    EXPECT_EQ(parse_terms("Net 30 days"), (Terms{Terms::Kind::net, 30, 0, {}}));
    EXPECT_EQ(parse_terms("45EOM"), (Terms{Terms::Kind::days_then_eom, 45, 0, {}}));
    EXPECT_EQ(parse_terms("45 jours fin de mois"), (Terms{Terms::Kind::days_then_eom, 45, 0, {}}));
    EXPECT_EQ(parse_terms("Fin de mois 45 jours"), (Terms{Terms::Kind::eom_then_days, 45, 0, {}}));
    EXPECT_EQ(parse_terms("30 jours fdm le 10"), (Terms{Terms::Kind::eom_then_day, 30, 10, {}}));
    EXPECT_EQ(parse_terms("À réception"), Terms{});
    EXPECT_EQ(parse_terms("2026-03-31"), (Terms{Terms::Kind::fixed, 0, 0, day("2026-03-31")}));
    for (const char* unknown : {"NAH4", "", "30 60 90", "soon", "99999"})
        EXPECT_FALSE(parse_terms(unknown)) << unknown;
}

TEST(Terms, LED8_TheReadingIsInferredWhereDueDatesAgree) {
    const DatedPair later[] = {{day("2026-01-15"), day("2026-03-17")},
                               {day("2026-02-03"), day("2026-04-14")}};
    EXPECT_EQ(infer_reading(later, 45), EndOfMonthReading::eom_then_days);
    EXPECT_EQ(infer_reading({later, 1}, 45), EndOfMonthReading::days_then_eom);
    const DatedPair mixed[] = {{day("2026-01-15"), day("2026-03-17")},
                               {day("2026-01-15"), day("2026-03-31")}};
    EXPECT_EQ(infer_reading(mixed, 45), EndOfMonthReading::days_then_eom);
}

TEST(Terms, LED8_InstalmentsSumToTheWhole) {
    const Terms now{}, in_30{Terms::Kind::net, 30, 0, {}}, in_60{Terms::Kind::net, 60, 0, {}};
    const InstalmentTerm plan[] = {{333'333, now}, {333'333, in_30}, {333'334, in_60}};
    const auto parts = instalments(plan, 10'000, day("2026-01-15"));
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(parts[0].amount + parts[1].amount + parts[2].amount, 10'000);
    EXPECT_EQ(parts[2].due, day("2026-03-16"));
}

}  // namespace
}  // namespace countback
