// each_open_item() beside walking every item: the same items in the same order, whatever came since the
// blocks were made.
#include <gtest/gtest.h>

#include <random>

#include "receivables/test_book.h"

namespace countback {
namespace {

enum class Way { walked, passed_over };

std::vector<ItemId> open_items(const Snapshot& book, Moment moment, Way way) {
    std::vector<ItemId> items;
    const auto take = [&](const ItemView& item) {
        if (book.open(item, moment) != 0) items.push_back(item.id);
    };
    book.each_account(Perimeter::whole(), {}, moment, [&](AccountRow account) {
        if (way == Way::walked) return book.each_item(account, moment.known_at, take);
        book.each_open_item(account, moment, take);
    });
    return items;
}

void expect_same(const Snapshot& book, Moment moment) {
    EXPECT_EQ(open_items(book, moment, Way::passed_over), open_items(book, moment, Way::walked))
        << moment.as_of.iso() << " known at " << moment.known_at.value;
}

TEST(OpenUntil, ASettledItemIsPassedOverFromItsLastDayOn) {
    Writer writer;
    writer.account(1);
    const ItemId item = writer.item(1, 100, 0);
    writer.settle_item(item, 40, 9);
    writer.settle_item(item, 60, 19);
    writer.item(1, 50, 3);
    writer.publish();
    writer.book.settle(Book::Settle::everywhere);
    const Snapshot book = writer.book.snapshot();
    const auto met = [&](int day) {
        int count = 0;
        book.each_open_item(*book.account(CustomerId{1}), {first_of_march + day},
                            [&](const ItemView&) { ++count; });
        return count;
    };
    EXPECT_EQ(met(18), 2);
    EXPECT_EQ(met(19), 1);
    EXPECT_EQ(met(400), 1);
}

/// One fact of any kind: items, settlements in part, in whole and beyond, settlements taken back, corrected
/// amounts.
void add_fact(Writer& writer, std::vector<ItemFact>& items, std::mt19937& random) {
    const auto below = [&](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
    const int kind = below(10);
    if (items.empty() || kind < 3) {
        const std::int64_t amount = below(5) == 0 ? -50 - below(50) : 50 + below(100);
        const std::int64_t customer = 1 + below(5);
        const int day = below(60);
        ItemFact kept;
        kept.item = writer.item(customer, amount, day);
        kept.customer = CustomerId{customer};
        kept.type = amount > 0 ? ItemType::invoice : ItemType::payment;
        kept.amount = amount;
        kept.issue = kept.due = first_of_march + day;
        kept.key = static_cast<std::uint64_t>(kept.item.value) * 0x9e3779b97f4a7c15ULL;
        items.push_back(kept);
        return;
    }
    ItemFact& item = items[static_cast<std::size_t>(below(static_cast<int>(items.size())))];
    if (kind < 8) return writer.settle_item(item.item, below(4) == 0 ? -20 : 10 + below(100), below(90));
    item.fact = writer.next();
    item.amount += item.amount > 0 ? 15 : -15;
    if (below(3) == 0) item.flags ^= item_flag::undone;
    writer.book.append(item);
}

TEST(OpenUntil, EachOpenItemIsMetWhateverCameSinceTheBlocksWereMade) {
    for (unsigned seed = 0; seed < 60; ++seed) {
        std::mt19937 random(seed);
        Writer writer;
        for (std::int64_t customer = 1; customer <= 5; ++customer) writer.account(customer);
        std::vector<ItemFact> items;
        for (int fact = 0; fact < 120; ++fact) {
            add_fact(writer, items, random);
            if (random() % 4 != 0) continue;
            writer.publish();
            if (random() % 3 == 0) writer.book.settle(Book::Settle::everywhere);
            const Snapshot book = writer.book.snapshot();
            const Date day = first_of_march + static_cast<int>(random() % 100) - 2;
            expect_same(book, {day});
            expect_same(book, {day, FactNo{static_cast<std::int64_t>(random()) % writer.fact}});
        }
    }
}

}  // namespace
}  // namespace countback
