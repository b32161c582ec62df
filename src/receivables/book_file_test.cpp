// The file beside the database: what was written comes back, a harmed file is refused, a writer goes on
// meanwhile.
#include "receivables/book_file.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <random>
#include <thread>

#include "receivables/test_book.h"
#include "store/test_database.h"

namespace countback {
namespace {

void fill(Writer& writer, std::int64_t items) {
    for (std::int64_t i = 0; i < items; ++i) {
        const ItemId item =
            writer.item(1 + i * 7919 % 300, i % 9 == 0 ? -50 - i : 100 + i, static_cast<int>(i % 300));
        if (i % 3 != 0) writer.settle_item(item, 20 + i / 7, static_cast<int>(i % 310));
        if (i % 100 == 0) writer.settle_item(item, 90 + i, static_cast<int>(i % 250));
    }
}

struct Filled {
    Writer writer;
    Filled() {
        for (std::int64_t customer = 1; customer <= 300; ++customer) writer.account(customer);
        fill(writer, 30'000);
        writer.publish();
        writer.book.settle();
    }
};

void expect_same(const Snapshot& one, const Snapshot& other) {
    ASSERT_EQ(one.last_fact(), other.last_fact());
    ASSERT_EQ(one.item_count(), other.item_count());
    for (int day = -1; day < 400; day += 57) {
        for (const FactNo known_at : {known_now, FactNo{one.last_fact().value / 2}}) {
            const Moment moment{first_of_march + day, known_at};
            EXPECT_EQ(open_by_lists(one, moment), open_by_lists(other, moment));
            EXPECT_EQ(open_by_postings(one, moment), open_by_postings(other, moment));
            EXPECT_EQ(open_by_lists(one, moment), open_by_postings(other, moment));
        }
    }
}

bool any(const BookMark& /*mark*/) { return true; }

/// A Book and the file of it.
struct BookFileTest : testing::Test {
    store::TestDatabase place;
    std::filesystem::path path = place.folder() / "book";
    BookFile file{path};
    Filled filled;
    Snapshot before = filled.writer.book.snapshot();

    void SetUp() override { file.write(before, {before.last_fact(), "link"}); }
};

/// The same facts as `filled`'s, from a file and then on.
TEST_F(BookFileTest, ComesBackAsItWasAndGoesOn) {
    Writer again;
    const auto mark = file.read(again.book, any);
    ASSERT_TRUE(mark);
    EXPECT_EQ(mark->last, before.last_fact());
    EXPECT_EQ(mark->chain, "link");
    expect_same(before, again.book.snapshot());
    again.fact = filled.writer.fact;
    for (Writer* writer : {&filled.writer, &again}) {
        fill(*writer, 2'000);
        writer->publish();
        writer->book.settle();
    }
    expect_same(filled.writer.book.snapshot(), again.book.snapshot());
}

TEST_F(BookFileTest, FindsItemsByTheirKeyAgain) {
    Writer again;
    ASSERT_TRUE(file.read(again.book, any));
    const auto key = static_cast<std::uint64_t>(before.item_id(ItemRow{17}).value) * 0x9e3779b97f4a7c15ULL;
    EXPECT_EQ(again.book.snapshot().items_with_key(key), before.items_with_key(key));
    EXPECT_EQ(before.items_with_key(key).size(), 1U);
}

TEST_F(BookFileTest, IsNotReadWhenMissingOrOfOtherFacts) {
    Writer again;
    EXPECT_FALSE(file.read(again.book, [](const BookMark& mark) { return mark.chain == "another"; }));
    EXPECT_FALSE(BookFile(path.string() + ".none").read(again.book, any));
    EXPECT_FALSE(BookFile(place.folder()).read(again.book, any)) << "a folder cannot be read";
    EXPECT_FALSE(again.book.snapshot().last_fact());
}

TEST_F(BookFileTest, IsRefusedWhenHarmedAnywhere) {
    const auto size = std::filesystem::file_size(path);
    std::mt19937_64 random(7);
    for (int i = 0; i < 60; ++i) {
        const auto harmed = static_cast<std::streamoff>(i < 10 ? random() % 4'000 : random() % size);
        std::fstream bytes(path, std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekg(harmed);
        const char was = static_cast<char>(bytes.get());
        bytes.seekp(harmed);
        bytes.put(static_cast<char>(was ^ 16));
        bytes.flush();
        Writer again;
        EXPECT_FALSE(file.read(again.book, any)) << harmed;
        EXPECT_FALSE(again.book.snapshot().last_fact());
        bytes.seekp(harmed);
        bytes.put(was);
    }
    for (const std::uintmax_t left : {std::uintmax_t{0}, std::uintmax_t{5}, size / 2, size - 1}) {
        std::filesystem::resize_file(path, left);
        Writer again;
        EXPECT_FALSE(file.read(again.book, any)) << left;
    }
}

TEST_F(BookFileTest, IsWrittenWhileTheWriterGoesOn) {
    std::atomic<bool> done = false;
    std::jthread saver([&] {
        while (!done) {
            const Snapshot book = filled.writer.book.snapshot();
            file.write(book, {book.last_fact(), "link"});
            Writer again;
            EXPECT_TRUE(file.read(again.book, any));
            expect_same(book, again.book.snapshot());
        }
    });
    for (int i = 0; i < 200; ++i) {
        fill(filled.writer, 50);
        filled.writer.publish();
        filled.writer.book.settle();
    }
    done = true;
}

}  // namespace
}  // namespace countback
