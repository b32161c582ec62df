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
    // 10 000.00 for 10 days, 6 000.00 for 20: (10 000 × 10 + 6 000 × 20) × 12.15 % / 365 = 73.23
    EXPECT_EQ(invoice.at(due + 30, one_rate).interest.minor, 7'323);
    invoice.pay(600'000, due + 30);
    EXPECT_EQ(invoice.at(due + 60, one_rate).interest.minor, 7'323);
}

TEST(Penalties, TheRateIsTheReferenceWithTheCountrysPoints) {
    EXPECT_EQ(penalty_rates("FR").back().hundredths, reference_rates().back().hundredths + 1'000);
    EXPECT_EQ(points_of("DE"), 9);
    EXPECT_EQ(points_of("ES"), 8);
}

}  // namespace
}  // namespace countback
