// COL-7, MSG-2: the items stand where the text names them, whatever else its line says, however often.
#include "correspondence/papers.h"

#include <gtest/gtest.h>

namespace countback::correspondence {
namespace {

const Currency euro = *Currency::parse("EUR");

Paper paper_of_one_item() {
    Paper paper;
    paper.customer.code = "ACME";
    paper.recipient.name = "Acme";
    paper.day = *Date::of(2026, 3, 18);
    StatementLine line;
    line.item = ItemId{1};
    line.due = line.issue = *Date::of(2026, 3, 10);
    line.amount = line.open = Money{10'000, euro};
    paper.statement.lines = {line};
    StatementTotals totals;
    totals.currency = euro;
    totals.late[0] = 10'000;
    paper.statement.totals = {totals};
    paper.numbers = {"F-1"};
    paper.asked = {{ItemId{1}, {10'000, euro}}};
    return paper;
}

std::size_t count_of(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

TEST(Papers, words_on_the_line_of_the_items_stay_in_the_html) {
    const std::string mark(items_mark);
    const std::string html =
        html_of(paper_of_one_item(), "Subject", "Before " + mark + " after\n\nEnd", items_mark);
    const auto before = html.find("Before");
    const auto table = html.find("F-1");
    const auto after = html.find("after");
    ASSERT_NE(before, std::string::npos);
    ASSERT_NE(after, std::string::npos);
    EXPECT_LT(before, table);
    EXPECT_LT(table, after);
    EXPECT_NE(html.find("End"), std::string::npos);
    EXPECT_EQ(html.find('\x1f'), std::string::npos);
}

TEST(Papers, items_named_twice_are_told_twice_and_nothing_is_lost) {
    const std::string mark(items_mark);
    Paper paper = paper_of_one_item();
    const std::string text = "One " + mark + " two " + mark + " three\n" + mark;
    const std::string html = html_of(paper, "Subject", text, items_mark);
    EXPECT_EQ(count_of(html, "F-1"), 3U);
    for (const char* word : {"One", "two", "three"}) EXPECT_EQ(count_of(html, word), 1U) << word;
    paper.letter_text = text;
    const formats::Letter letter = letter_of(paper);
    ASSERT_EQ(letter.opening, std::vector<std::string>{"One "});
    ASSERT_EQ(letter.tables.size(), 1U);
    ASSERT_EQ(letter.closing.size(), 1U);
    EXPECT_EQ(count_of(letter.closing[0], "F-1"), 2U);
    EXPECT_NE(letter.closing[0].find("three"), std::string::npos);
    EXPECT_EQ(letter.closing[0].find('\x1f'), std::string::npos);
}

TEST(Papers, thanks_name_what_was_paid_and_ask_for_nothing) {
    Paper paper = paper_of_one_item();
    paper.card.name = "Nord";
    paper.card.iban = "FR1420041010050500013M02606";
    paper.reference = "ACME";
    EXPECT_EQ(statement_of(paper).payment->qr_caption, "100.00\u00a0EUR");
    StatementLine paid = paper.statement.lines.front();
    paid.open.minor = 0;
    paper.paid = {{paid, "F-1"}};
    paper.statement = Statement{};
    paper.numbers.clear();
    EXPECT_EQ(items_as_text(paper), "- F-1, due 10/03/2026: 100.00\u00a0EUR\nTotal: 100.00\u00a0EUR");
    EXPECT_EQ(count_of(html_of(paper, "Thank you", std::string(items_mark), items_mark), "F-1"), 1U);
    const formats::Letter statement = statement_of(paper);
    EXPECT_TRUE(!statement.payment || statement.payment->qr_caption.empty());
}

/// The row of cells, joined.
std::string joined(const std::vector<std::string>& cells) {
    std::string text;
    for (const std::string& one : cells) text += one + '|';
    return text;
}

TEST(Papers, the_statement_says_what_is_disputed_promised_or_on_its_way) {
    Paper paper = paper_of_one_item();
    EXPECT_EQ(statement_of(paper).tables.front().columns.size(), 7U) << "no column where nothing is known";
    const auto add = [&](const char* number, std::int64_t open) {
        paper.statement.lines.push_back(paper.statement.lines.front());
        paper.statement.lines.back().item = ItemId{static_cast<std::int64_t>(paper.numbers.size()) + 1};
        paper.statement.lines.back().open.minor = open;
        paper.numbers.emplace_back(number);
    };
    add("F-2", 10'000);
    add("F-3", 5'000);
    paper.known = {{{StandingKind::dispute, {4'000, euro}, false, {}}},
                   {{StandingKind::dispute, {10'000, euro}, true, {}},
                    {StandingKind::promise, {10'000, euro}, true, *Date::of(2026, 3, 20)}},
                   {{StandingKind::payment_in_progress, {5'000, euro}, true, {}}}};
    const formats::LetterTable table = statement_of(paper).tables.front();
    EXPECT_NE(joined(table.rows[0]).find("|40.00\u00a0EUR disputed|"), std::string::npos);
    EXPECT_NE(joined(table.rows[1]).find("|disputed, promised for 20/03/2026|"), std::string::npos);
    EXPECT_NE(joined(table.rows[2]).find("|payment under way|"), std::string::npos);
    EXPECT_EQ(table.columns[table.columns.size() - 3].title, "Note");
    EXPECT_EQ(joined(table.totals.back()), "Of which with a note|||||||190.00\u00a0EUR|");
    paper.language = Language::fr;
    const formats::LetterTable french = statement_of(paper).tables.front();
    EXPECT_NE(joined(french.rows[1]).find("|contesté, promis pour le 20/03/2026|"), std::string::npos);
}

}  // namespace
}  // namespace countback::correspondence
