// PEN-1, PEN-2, LAW-1: the handbook's examples, and their neighbours.
#include "receivables/penalties.h"

#include <gtest/gtest.h>

namespace countback {
namespace {

const Currency euro = *Currency::parse("EUR");
const Date due = *Date::of(2026, 3, 1);

/// One invoice of 10 000.00 due 1 March 2026, and what settled it.
struct OneInvoice {
    Book book;
    std::int64_t fact = 0;

    OneInvoice() {
        AttributeFact account;
        account.fact = FactNo{++fact};
        account.customer = CustomerId{1};
        account.value = 1;
        account.from = due - 100;
        book.append(account);
        ItemFact item;
        item.fact = FactNo{++fact};
        item.item = ItemId{fact};
        item.customer = CustomerId{1};
        item.currency = euro;
        item.amount = 1'000'000;
        item.issue = due - 30;
        item.due = due;
        book.append(item);
        book.publish(FactNo{fact}, Instant{fact});
    }
    void pay(std::int64_t amount, Date day) {
        AllocationFact paid;
        paid.fact = FactNo{++fact};
        paid.item = ItemId{2};
        paid.cause = ClearingCause::cash;
        paid.amount = amount;
        paid.given = paid.effective = day;
        book.append(paid);
        book.publish(FactNo{fact}, Instant{fact});
    }
    Penalty at(Date day, const std::vector<DatedRate>& rates, std::int64_t disputed = 0) const {
        const Snapshot snapshot = book.snapshot();
        const auto view = snapshot.view(*snapshot.item(ItemId{2}), known_now);
        return penalty_of(snapshot, *view, rates, {{day, known_now}, disputed, std::nullopt});
    }
};

const std::vector<DatedRate> one_rate{{due - 400, 1'215}};

TEST(Penalties, ThirtyDaysAtOneRate) {
    const OneInvoice invoice;
    EXPECT_EQ(invoice.at(due + 30, one_rate).interest.minor, 9'986);
    EXPECT_EQ(invoice.at(due + 30, one_rate).indemnity.minor, 4'000);
    EXPECT_EQ(interest_of(1'000'000, 1'215, 30), 9'986);
}

TEST(Penalties, ARateThatChangesHalfWay) {
    const OneInvoice invoice;
    const std::vector<DatedRate> two{{due - 400, 1'215}, {due + 16, 1'240}};
    EXPECT_EQ(invoice.at(due + 30, two).interest.minor, 10'089);
}

TEST(Penalties, NothingOnTheDueDateAndNothingOnWhatIsDisputed) {
    const OneInvoice invoice;
    EXPECT_EQ(invoice.at(due, one_rate).interest.minor, 0);
    EXPECT_EQ(invoice.at(due, one_rate).indemnity.minor, 0);
    EXPECT_EQ(invoice.at(due + 30, one_rate, 1'000'000).interest.minor, 0);
    EXPECT_EQ(invoice.at(due + 30, one_rate, 1'000'000).indemnity.minor, 0);
}

TEST(Penalties, APartPaymentEndsTheInterestOfItsPart) {
    OneInvoice invoice;
    invoice.pay(400'000, due + 10);
    // 10 000.00 for 10 days at 12.15 %: 33.29; 6 000.00 for 20 days: 39.95
    EXPECT_EQ(invoice.at(due + 30, one_rate).interest.minor, 7'324);
    invoice.pay(600'000, due + 30);
    EXPECT_EQ(invoice.at(due + 60, one_rate).interest.minor, 7'324);
}

TEST(Penalties, SegmentsSumToTheInterestAndNameTheirRates) {
    OneInvoice invoice;
    invoice.pay(400'000, due + 10);
    const std::vector<DatedRate> two{{due - 400, 1'215}, {due + 16, 1'240}};
    const Penalty penalty = invoice.at(due + 30, two);
    ASSERT_EQ(penalty.segments.size(), 3U);
    EXPECT_EQ(penalty.segments[0].from, due + 1);
    EXPECT_EQ(penalty.segments[0].days, 10);
    EXPECT_EQ(penalty.segments[0].amount.minor, 1'000'000);
    EXPECT_EQ(penalty.segments[1].amount.minor, 600'000);
    EXPECT_EQ(penalty.segments[1].hundredths, 1'215);
    EXPECT_EQ(penalty.segments[2].hundredths, 1'240);
    EXPECT_EQ(penalty.segments[2].from, due + 16);
    EXPECT_EQ(penalty.segments[2].to, due + 30);
    std::int64_t sum = 0;
    for (const PenaltySegment& one : penalty.segments) {
        sum += one.interest.minor;
        EXPECT_EQ(one.interest.minor, interest_of(one.amount.minor, one.hundredths, one.days));
    }
    EXPECT_EQ(sum, penalty.interest.minor);
}

std::int64_t rate_of(const LateTerms& terms, Date day) {
    const auto rates = late_rates(LateRateTable::shipped(), terms, day, day);
    return rates ? rates->front().hundredths : -1;
}

std::string missing_of(const LateTerms& terms, Date first, Date last) {
    const auto rates = late_rates(LateRateTable::shipped(), terms, first, last);
    return rates ? "" : std::string(name_of(rates.error().why)) + ' ' + rates.error().what;
}

const Date early_2026 = *Date::of(2026, 3, 18);
const Date early_2024 = *Date::of(2024, 3, 1);

TEST(LateRates, ByTheCreditorsCountryAndTheKindOfDebtor) {
    EXPECT_EQ(rate_of({"FR", Debtor::business, {}}, early_2026), 1'215);
    EXPECT_EQ(rate_of({"FR", Debtor::public_buyer, {}}, early_2026), 1'015);
    EXPECT_EQ(rate_of({"ES", Debtor::business, {}}, early_2026), 1'015);
    EXPECT_EQ(rate_of({"DE", Debtor::business, {}}, *Date::of(2025, 9, 1)), 1'027);
    EXPECT_EQ(missing_of({"FR", Debtor::consumer, {}}, early_2026, early_2026), "consumer ");
    EXPECT_EQ(missing_of({"", Debtor::business, {}}, early_2026, early_2026), "entity_without_country ");
    EXPECT_EQ(missing_of({"US", Debtor::business, {}}, early_2026, early_2026), "country_without_rule US");
}

TEST(LateRates, RoundedUpToTheHalfPointWhereTheLawSaysSo) {
    EXPECT_EQ(rate_of({"BE", Debtor::business, {}}, *Date::of(2025, 3, 1)), 1'150);
    EXPECT_EQ(rate_of({"BE", Debtor::business, {}}, *Date::of(2025, 9, 1)), 1'050);
    EXPECT_EQ(rate_of({"FI", Debtor::business, {}}, early_2026), 1'050);
    EXPECT_EQ(rate_of({"FI", Debtor::business, {}}, early_2024), 1'250) << "a half point already";
}

TEST(LateRates, AFrenchPublicBuyerOwesTheRateOfTheFirstSemesterThroughout) {
    const auto rates = late_rates(LateRateTable::shipped(), {"FR", Debtor::public_buyer, {}},
                                  *Date::of(2024, 6, 1), early_2026);
    ASSERT_TRUE(rates);
    ASSERT_EQ(rates->size(), 1U);
    EXPECT_EQ(rates->front().hundredths, 1'250);
}

TEST(LateRates, AnAgreedRateIsNeverBelowThreeTimesTheLegalOne) {
    EXPECT_EQ(rate_of({"FR", Debtor::business, 500}, early_2024), 3 * 507);
    EXPECT_EQ(rate_of({"FR", Debtor::business, 1'800}, early_2024), 1'800);
    EXPECT_EQ(rate_of({"ES", Debtor::business, 500}, early_2024), 500);
    EXPECT_EQ(rate_of({"FR", Debtor::public_buyer, 1'800}, early_2024), 1'250) << "public buyers pay by law";
}

TEST(LateRates, ASemesterWithoutARowIsNotKnownUntilItIsEntered) {
    const Date later = *Date::of(2031, 8, 1);
    EXPECT_EQ(missing_of({"FR", Debtor::business, {}}, early_2026, later),
              "rate_unknown reference 2026-07-01");
    LateRateTable table = LateRateTable::shipped();
    table.put({"reference", *Date::of(2026, 7, 1), 225, "entered"});
    const auto rates = late_rates(table, {"FR", Debtor::business, {}}, early_2026, *Date::of(2026, 9, 1));
    ASSERT_TRUE(rates);
    ASSERT_EQ(rates->size(), 2U);
    EXPECT_EQ((*rates)[1].hundredths, 1'225);
    EXPECT_EQ((*rates)[1].from, *Date::of(2026, 7, 1));
}

TEST(LateRates, PercentsAreReadExactly) {
    EXPECT_EQ(parse_percent("12.15"), 1'215);
    EXPECT_EQ(parse_percent("-0.88"), -88);
    EXPECT_EQ(parse_percent("5"), 500);
    EXPECT_EQ(parse_percent("5.5"), 550);
    for (const char* bad : {"", "-", ".5", "5.", "5.123", "100", "5,5", "1e3"})
        EXPECT_EQ(parse_percent(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace countback
