// LED-3 from postings: the examples, and readers beside a writer that appends and settles.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "receivables/test_book.h"

namespace countback {
namespace {

TEST(Postings, AddUpToTheOpenAmountOfADay) {
    Writer writer;
    writer.account(1);
    const ItemId item = writer.item(1, 100, 0);
    writer.settle_item(item, 40, 9);
    const Snapshot before = writer.publish();
    writer.book.settle(Book::Settle::everywhere);
    for (const Snapshot& book : {before, writer.book.snapshot()}) {
        EXPECT_EQ(open_by_postings(book, {first_of_march - 1}), 0);
        EXPECT_EQ(open_by_postings(book, {first_of_march + 4}), 100);
        EXPECT_EQ(open_by_postings(book, {first_of_march + 9}), 60);
        EXPECT_EQ(open_by_postings(book, {first_of_march + 9, FactNo{2}}), 100);
    }
}

TEST(Postings, StopAtZeroHoweverTheAllocationsCome) {
    Writer writer;
    writer.account(1);
    const ItemId item = writer.item(1, 100, 0);
    writer.settle_item(item, 80, 5);
    writer.publish();
    writer.book.settle(Book::Settle::everywhere);
    writer.settle_item(item, 50, 3);
    writer.settle_item(item, -60, 8);
    for (int round = 0; round < 2; ++round) {
        const Snapshot book = writer.publish();
        for (int day = 0; day < 12; ++day) {
            const Moment moment{first_of_march + day};
            EXPECT_EQ(open_by_postings(book, moment), open_by_lists(book, moment)) << day;
        }
        writer.book.settle(Book::Settle::everywhere);
    }
}

TEST(Postings, AWholeBookIsBuiltAsItsBlocksAre) {
    Writer writer;
    for (std::int64_t customer = 1; customer <= 700; ++customer) writer.account(customer);
    for (std::int64_t i = 0; i < 30'000; ++i) {
        const ItemId item =
            writer.item(1 + i * 7919 % 700, i % 9 == 0 ? -50 - i : 100 + i, static_cast<int>(i % 300));
        if (i % 3 != 0) writer.settle_item(item, 20 + i / 7, static_cast<int>(i % 310));
        if (i % 100 == 0) writer.settle_item(item, 90 + i, static_cast<int>(i % 250));
    }
    const Snapshot lists = writer.publish();
    writer.book.settle();
    const Snapshot whole = writer.book.snapshot();
    ASSERT_GT(whole.spans().size(), 0U);
    for (int day = -1; day < 400; day += 29) {
        const Moment moment{first_of_march + day};
        EXPECT_EQ(open_by_postings(whole, moment), open_by_lists(lists, moment)) << day;
    }
}

TEST(Postings, ReadersSeeWholeTransactionsWhileTheWriterSettles) {
    Writer writer;
    for (std::int64_t customer = 1; customer <= 600; ++customer) writer.account(customer);
    writer.publish();
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    const auto read = [&] {
        while (!done) {
            const Snapshot book = writer.book.snapshot();
            const Moment moment{first_of_march + 400, book.last_fact()};
            if (open_by_postings(book, moment) != 0 || open_by_lists(book, moment) != 0) ++wrong;
        }
    };
    {
        std::jthread one(read), two(read);
        for (int i = 0; i < 1'500; ++i) {  // each transaction leaves the sum at 0
            const ItemId debit = writer.item(1 + i % 600, 100 + i, i % 300);
            writer.item(1 + (i * 31) % 600, -60, i % 200);
            writer.settle_item(debit, 40 + i, 300);
            writer.publish();
            writer.book.settle(i % 10 == 0 ? Book::Settle::everywhere : Book::Settle::where_enough);
        }
        done = true;
    }
    EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace countback
