// Lists: the pages of a list are the list, in order, whatever the page's size.
#include "receivables/lists.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace countback {
namespace {

TEST(Lists, PagesAreTheWholeListInOrder) {
    EXPECT_TRUE(rc::check(
        "pages joined = all rows sorted by (value, id)", [](const std::vector<std::int8_t>& values) {
            std::vector<Cursor> keys;
            for (std::size_t i = 0; i < values.size(); ++i)
                keys.push_back({{values[i], {}}, static_cast<std::int64_t>(i)});
            PageRequest request;
            request.direction = *rc::gen::element(Direction::ascending, Direction::descending);
            request.limit = *rc::gen::inRange<std::size_t>(1, 7);
            std::vector<Cursor> joined;
            do {
                const PageOfRows page = page_of(keys, request);
                for (const std::size_t place : page.places) joined.push_back(keys[place]);
                request.after = page.next ? Cursor::parse(page.next->text()) : std::nullopt;
            } while (request.after);
            std::ranges::sort(keys);
            if (request.direction == Direction::descending) std::ranges::reverse(keys);
            RC_ASSERT(joined == keys);
        }));
}

TEST(Lists, CursorsComeBackAsTheyWereAndForgedOnesAreNothing) {
    const Cursor cursor{{-12, "Société"}, 99};
    EXPECT_EQ(Cursor::parse(cursor.text()), cursor);
    for (const char* bad : {"", ".", "1.2", "a..1", "1.zz.2", "1.abc.2", "1..", "1..2.3"})
        EXPECT_FALSE(Cursor::parse(bad)) << bad;
}

}  // namespace
}  // namespace countback
