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

TEST(Papers, who_pays_for_another_reads_whose_account_it_is) {
    Paper paper = paper_of_one_item();
    EXPECT_EQ(account_told(paper), "");
    paper.customer.id = CustomerId{1};
    paper.customer.name = "Mill";
    paper.recipient.id = CustomerId{2};
    EXPECT_EQ(items_as_text(paper).find("Account of Mill (ACME)\n- F-1"), 0U);
    const std::string mark(items_mark);
    EXPECT_EQ(count_of(html_of(paper, "Subject", mark, mark), "Account of Mill (ACME)"), 1U);
    paper.letter_text = mark;
    EXPECT_EQ(letter_of(paper).tables.at(0).title, "Account of Mill (ACME)");
    EXPECT_EQ(statement_of(paper).references.at(0).value, "Mill (ACME)");
}

TEST(Papers, where_nothing_is_asked_no_empty_table_stands) {
    Paper paper = paper_of_one_item();
    paper.asked.clear();
    const std::string mark(items_mark);
    EXPECT_EQ(items_as_text(paper), "");
    EXPECT_EQ(count_of(html_of(paper, "Subject", mark, mark), "<th"), 0U);
    paper.letter_text = mark;
    EXPECT_TRUE(letter_of(paper).tables.empty());
}

TEST(Papers, of_very_many_items_the_oldest_are_listed_and_the_end_stays_near) {
    Paper paper = paper_of_one_item();
    for (int number = 2; number <= 300; ++number) {
        StatementLine line = paper.statement.lines.front();
        line.item = ItemId{number};
        line.due = line.due + (number % 2 == 0 ? number : -number);
        paper.statement.lines.push_back(line);
        paper.numbers.push_back("F-" + std::to_string(number));
        paper.asked.push_back({line.item, {10'000, euro}});
    }
    const std::string mark(items_mark);
    const std::string html = html_of(paper, "Subject", mark + "\nPay to FR14", mark);
    EXPECT_NE(html.find("and 200 more: the attached statement lists them all"), std::string::npos);
    EXPECT_NE(html.find("30,000.00"), std::string::npos) << "the total of all";
    EXPECT_LT(html.find("Pay to FR14"), 100'000U);
    EXPECT_NE(html.find(">F-299<"), std::string::npos) << "the oldest";
    EXPECT_EQ(html.find(">F-2<"), std::string::npos) << "one of the newest";
    EXPECT_NE(items_as_text(paper).find("- and 200 more"), std::string::npos);
    paper.letter_text = mark;
    EXPECT_EQ(letter_of(paper).tables.at(0).rows.size(), 300U) << "on paper each has its line";
}

TEST(Papers, a_letter_names_whom_it_is_for_and_a_long_name_is_cut_in_the_code) {
    Paper paper = paper_of_one_item();
    paper.attention = "Eve";
    paper.letter_text = "Words";
    EXPECT_EQ(letter_of(paper).address, (std::vector<std::string>{"Acme", "Attn Eve"}));
    paper.card.name = std::string(80, 'N');
    paper.card.iban = "FR1420041010050500013M02606";
    paper.reference = "ACME";
    EXPECT_NE(statement_of(paper).payment->qr_payload.find('\n' + std::string(70, 'N') + '\n'),
              std::string::npos);
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
