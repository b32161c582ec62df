// What stays loadable, undoable and added up: histories that turn back, undone loads, refused amounts.
#include "imports/changes.h"
#include "imports/reachability.h"
#include "imports/test_desk.h"
#include "parties/directory.h"

namespace countback::imports::test {

namespace {

const std::string contact_header = "entity,customer_code,contact_name,email\n";
const std::string customer_header = "entity,customer_code,customer_name,country,email\n";

}  // namespace

class MendedTest : public ImportsTest {
protected:
    CustomerId customer(const char* code) {
        const auto connection = ledger_->database().lease();
        return parties::customer_by_code(*connection, EntityId{1}, code).value();
    }
    std::int64_t no_contact(const char* code, const char* day) { return unreached(code, day) & no_mail; }
    std::int64_t unreached(const char* code, const char* day) {
        const Snapshot book = ledger_->book();
        return book.attribute(*book.account(customer(code)), Attribute::no_contact,
                              {*Date::parse_iso(day), known_now});
    }
    std::string name_of_customer(const char* code) {
        return parties::customer(*ledger_->database().lease(), customer(code))->name;
    }
    std::size_t contacts_of(const char* code) {
        return parties::contacts(*ledger_->database().lease(), customer(code)).size();
    }
    LoadScope of(const char* day) {
        LoadScope scope;
        scope.as_of = *Date::parse_iso(day);
        return scope;
    }
    bool asks(const Preview& preview, const char* code) {
        for (const Note& question : preview.plan->questions) {
            if (question.code == code) return true;
        }
        return false;
    }
};

TEST_F(MendedTest, COL_6_an_account_without_an_address_has_no_recipient_until_it_has_one) {
    load(header + "FR,C1,,F1,2026-03-02,2026-03-31,100.00,EUR,,\n", of("2026-03-05"));
    EXPECT_EQ(no_contact("C1", "2026-03-02"), 1);
    EXPECT_EQ(no_contact("C1", "2026-03-31"), 1);
    const auto bad = preview(contact_header + "FR,C1,Mallory,javascript:alert(1)\n").value();
    EXPECT_EQ(refused(*bad).at(0).second, RefusalCode::field_invalid);
    load(contact_header + "FR,C1,Ann,ann@c1.test\n", of("2026-03-09"));
    EXPECT_EQ(no_contact("C1", "2026-03-08"), 1);
    EXPECT_EQ(no_contact("C1", "2026-03-09"), 0);
    load(customer_header + "FR,C2,Beta,FR,pay@beta.test\nFR,C3,Gamma,FR,\n", of("2026-03-09"));
    EXPECT_EQ(no_contact("C2", "2026-03-31"), 0);
    EXPECT_EQ(no_contact("C3", "2026-03-31"), 1);
    load(customer_header + "FR,C3,Gamma,FR,pay@gamma.test\n", of("2026-03-20"));
    EXPECT_EQ(no_contact("C3", "2026-03-19"), 1);
    EXPECT_EQ(no_contact("C3", "2026-03-20"), 0);
}

TEST_F(MendedTest, COL_6_an_undone_load_takes_its_addresses_with_it) {
    load(header + "FR,C1,,F1,2026-03-02,2026-03-31,100.00,EUR,,\n", of("2026-03-05"));
    const LoadReport contacts = load(contact_header + "FR,C1,Ann,ann@c1.test\n", of("2026-03-09"));
    EXPECT_EQ(no_contact("C1", "2026-03-31"), 0);
    ASSERT_TRUE(imports_->undo(sender_, contacts.load.id, "wrong file"));
    EXPECT_EQ(no_contact("C1", "2026-03-31"), 1);
    EXPECT_EQ(contacts_of("C1"), 0U);
}

TEST_F(MendedTest, COL_6_a_postal_address_comes_and_goes) {
    load(header + "FR,C1,,F1,2026-03-02,2026-03-31,100.00,EUR,,\n", of("2026-03-05"));
    EXPECT_EQ(unreached("C1", "2026-03-31"), no_mail + no_post);
    const std::string head = "entity,customer_code,customer_name,country,email,address\n";
    const LoadReport address = load(head + "FR,C1,One,FR,,1 rue A\n", of("2026-03-09"));
    EXPECT_EQ(unreached("C1", "2026-03-31"), no_mail);
    ASSERT_TRUE(imports_->undo(sender_, address.load.id, "wrong file"));
    EXPECT_EQ(unreached("C1", "2026-03-31"), no_mail + no_post);
}

TEST_F(MendedTest, COL_6_a_company_of_before_is_judged_once) {
    load(header + "FR,C1,,F1,2026-03-02,2026-03-31,100.00,EUR,,\n");
    const FactNo before = ledger_->book().last_fact();
    judge_reachability(*ledger_);
    EXPECT_EQ(ledger_->book().last_fact(), before);
    ASSERT_TRUE(ledger_->write({}, [&](Writing& writing) -> Result<void> {
        writing.add(
            AttributeFact{{}, customer("C1"), Attribute::no_contact, 0, *Date::parse_iso("2026-03-02")});
        return {};
    }));
    judge_reachability(*ledger_);
    EXPECT_EQ(no_contact("C1", "2026-03-02"), 1);
}

TEST_F(MendedTest, IMP_1_cleared_reopened_and_cleared_again_on_its_old_date) {
    const std::string line = "FR,C1,,F1,2026-01-05,2026-02-05,100.00,EUR,,";
    const std::string cleared = header + line + "2026-02-01\n";
    load(cleared, of("2026-02-10"));
    load(header + line + "\nFR,C1,,F2,2026-01-05,2026-02-05,7.00,EUR,,2026-02-01\n", of("2026-02-15"));
    EXPECT_EQ(outstanding("2026-02-14"), 0);
    EXPECT_EQ(outstanding("2026-02-15"), 10000);
    const LoadReport again =
        load(cleared + "FR,C1,,F3,2026-02-05,2026-03-05,50.00,EUR,,\n", of("2026-02-20"));
    EXPECT_EQ(again.load.counts.cleared, 1);
    EXPECT_EQ(again.load.differences, 0);
    for (const char* day : {"2026-02-01", "2026-02-15", "2026-03-31"})
        EXPECT_EQ(outstanding(day), std::string_view(day) < "2026-02-05" ? 0 : 5000) << day;
    // The same line once more changes nothing; another date moves the clearing.
    EXPECT_EQ(preview(cleared, of("2026-02-21")).value()->plan->counts.unchanged, 1);
    load(header + line + "2026-03-10\n", of("2026-03-12"));
    EXPECT_EQ(outstanding("2026-03-09"), 10000 + 5000);
    EXPECT_EQ(outstanding("2026-03-10"), 5000);
    load(header + line + "2026-01-20\n", of("2026-03-15"));
    EXPECT_EQ(outstanding("2026-03-31"), 5000);
}

TEST_F(MendedTest, IMP_3_absent_before_a_later_reversal_stays_loadable) {
    const std::string line = "FR,C1,,F1,2026-01-05,2026-02-05,100.00,EUR,,";
    load(header + line + "2026-02-01\n", of("2026-02-10"));
    load(header + line + "\n", of("2026-03-20"));
    const LoadReport report =
        load(header + "FR,C1,,F9,2026-01-05,2026-02-05,1.00,EUR,,\n", stock("2026-03-10"));
    EXPECT_EQ(report.load.differences, 0);
    EXPECT_EQ(outstanding("2026-03-31"), 10000 + 100);
}

TEST_F(MendedTest, IMP_3_a_full_file_of_a_day_to_come_is_asked_about) {
    const std::string text = header + "FR,C1,,F1,2026-01-05,2026-02-05,100.00,EUR,,\n";
    EXPECT_FALSE(asks(*preview(text, stock("2026-03-31")).value(), "as_of_future"));
    EXPECT_TRUE(asks(*preview(text, stock("2062-03-31")).value(), "as_of_future"));
}

TEST_F(MendedTest, IMP_4_undo_restores_texts_and_takes_contacts_back) {
    load(customer_header + "FR,C1,Alpha,FR,pay@alpha.test\n");
    const LoadReport renamed =
        load(customer_header + "FR,C1,Alpha Renamed,DE,new@alpha.test\nFR,C3,Gamma,FR,\n");
    const LoadReport contacts = load(contact_header + "FR,C1,Bob,bob@alpha.test\n");
    ASSERT_TRUE(imports_->undo(sender_, renamed.load.id, "wrong file"));
    const auto texts = parties::customer(*ledger_->database().lease(), customer("C1")).value();
    EXPECT_EQ(texts.name, "Alpha");
    EXPECT_EQ(texts.country, "FR");
    EXPECT_EQ(texts.email, "pay@alpha.test");
    EXPECT_EQ(name_of_customer("C3"), "C3");
    EXPECT_EQ(contacts_of("C1"), 1U);
    ASSERT_TRUE(imports_->undo(sender_, contacts.load.id, "wrong file"));
    EXPECT_EQ(contacts_of("C1"), 0U);
}

TEST_F(MendedTest, IMP_4_texts_that_a_later_load_or_a_person_changed) {
    load(customer_header + "FR,C1,Alpha,FR,pay@alpha.test\n");
    const LoadReport second = load(customer_header + "FR,C1,Beta,FR,pay@alpha.test\n");
    const LoadReport third = load(customer_header + "FR,C1,Gamma,FR,pay@alpha.test\n");
    EXPECT_EQ(imports_->undo(sender_, second.load.id, "x").error().code, RefusalCode::load_not_undoable);
    ASSERT_TRUE(imports_->undo(sender_, third.load.id, "x"));
    EXPECT_EQ(name_of_customer("C1"), "Beta");
    auto texts = parties::customer(*ledger_->database().lease(), customer("C1")).value();
    texts.name = "Said by a person";
    {
        const auto connection = ledger_->database().lease();
        parties::update_customer(*connection, texts);
    }
    ASSERT_TRUE(imports_->undo(sender_, second.load.id, "x"));
    EXPECT_EQ(name_of_customer("C1"), "Said by a person");
}

TEST_F(MendedTest, IMP_4_a_load_that_only_settled_is_kept_while_a_later_one_stands_on_it) {
    load(header + "FR,C1,,F1,2026-01-05,2026-02-05,100.00,EUR,,\n");
    const LoadReport paid = load("entity,number,date,amount\nFR,F1,2026-02-10,40.00\n", of("2026-02-11"));
    const LoadReport full =
        load(header + "FR,C1,,F1,2026-01-05,2026-02-05,100.00,EUR,0.00,\n", of("2026-03-01"));
    EXPECT_EQ(imports_->undo(sender_, paid.load.id, "x").error().code, RefusalCode::load_not_undoable);
    ASSERT_TRUE(imports_->undo(sender_, full.load.id, "x"));
    EXPECT_FALSE(imports_->report(paid.load.id).value().undo_refusal);
    ASSERT_TRUE(imports_->undo(sender_, paid.load.id, "x"));
    EXPECT_EQ(outstanding("2026-03-31"), 10000);
}

TEST_F(MendedTest, IMP_4_undone_later_loads_are_no_dependants) {
    const std::string first = header + "FR,C1,,F1,2026-01-05,2026-02-05,100.00,EUR,,\n";
    const LoadReport one = load(first, stock("2026-03-01"));
    const LoadReport two =
        load(header + "FR,C1,,F2,2026-01-05,2026-02-05,50.00,EUR,,\n", stock("2026-03-05"));
    const LoadReport three = load(first, stock("2026-03-10"));
    EXPECT_EQ(imports_->undo(sender_, one.load.id, "x").error().code, RefusalCode::load_not_undoable);
    ASSERT_TRUE(imports_->undo(sender_, three.load.id, "x"));
    ASSERT_TRUE(imports_->undo(sender_, two.load.id, "x"));
    EXPECT_FALSE(imports_->report(one.load.id).value().undo_refusal);
    ASSERT_TRUE(imports_->undo(sender_, one.load.id, "x"));
    EXPECT_EQ(outstanding("2026-03-31"), 0);
    load(first, stock("2026-03-12"));
    EXPECT_EQ(outstanding("2026-03-31"), 10000);
}

TEST_F(MendedTest, IMP_2_the_order_once_proved_stays_with_the_headers) {
    load(header + "FR,C1,,F1,2/25/2026,3/27/2026,\"1,500.50\",EUR,,\n");
    const std::string ambiguous = header + "FR,C1,,F2,3/1/2026,4/1/2026,\"1,234\",EUR,,\n";
    const auto seen = preview(ambiguous).value();
    EXPECT_FALSE(asks(*seen, "date_order_open"));
    EXPECT_FALSE(asks(*seen, "decimal_open"));
    EXPECT_EQ(seen->plan->file->lines.at(0).issue, *Date::parse_iso("2026-03-01"));
    EXPECT_EQ(seen->plan->file->lines.at(0).amount, 123400);
    accept(seen).value();
    // What a later file proves itself goes first.
    const auto other = preview(header + "FR,C1,,F3,25/2/2026,1/4/2026,1.00,EUR,,\n").value();
    EXPECT_EQ(other->plan->file->lines.at(0).due, *Date::parse_iso("2026-04-01"));
    accept(other).value();
    EXPECT_EQ(preview(ambiguous).value()->formats.order, formats::DateOrder::day_first);
}

TEST_F(MendedTest, IMP_2_a_file_is_read_again_as_the_user_says) {
    const std::string text = "title line,,\na;b,c;d\n1;2,3;4\n5;6,7;8\n";
    formats::FormatChoice choice;
    choice.delimiter = ',';
    choice.header_line = 2;
    const auto about = imports_->upload(sender_, put(text), "s.csv", choice).value();
    EXPECT_EQ(about.detected.delimiter, ',');
    EXPECT_EQ(about.header.front(), "a;b");
    choice.encoding = "zorg";
    EXPECT_EQ(imports_->upload(sender_, put(text), "s.csv", choice).error().code,
              RefusalCode::encoding_unreadable);
}

TEST_F(MendedTest, IMP_6_refused_lines_with_readable_amounts_count_without_a_date_or_a_customer) {
    const LoadReport report = load(header +
                                   "FR,C1,,F1,2026-01-05,2026-02-05,100.00,EUR,,\n"
                                   "FR,C1,,F2,2026-02-31,2026-03-05,30.00,EUR,,\n"
                                   "FR,,,F3,2026-01-05,2026-02-05,7.00,EUR,,\n");
    ASSERT_GE(report.reconciliation.size(), 1U);
    EXPECT_EQ(report.reconciliation[0].in_file, 13700);
    EXPECT_EQ(report.reconciliation[0].in_ledger, 10000);
    EXPECT_EQ(report.load.differences, 1);
}

TEST_F(MendedTest, IMP_6_a_line_that_names_another_item_counts_once) {
    load(header + "FR,C1,,F1,2026-01-05,2026-02-05,100.00,EUR,,\n");
    const auto seen = preview(header + "FR,C1,,F1,2026-01-05,2026-02-05,100.00,USD,,\n").value();
    for (const EntityTotal& total : seen->plan->totals) {
        if (total.currency == *Currency::parse("USD")) {
            EXPECT_EQ(total.in_file, 10000);
        }
    }
}

TEST_F(MendedTest, IMP_1_a_stray_character_refuses_its_line) {
    const std::string good = header + "FR,C1,,F1,2026-01-05,2026-02-05,100.00,EUR,,\n";
    for (const char stray : {'\0', '\x07', '\x1b'}) {
        const auto seen =
            preview(good + "FR,C1,Na" + stray + "me,F2,2026-01-05,2026-02-05,5.00,EUR,,\n").value();
        EXPECT_EQ(seen->plan->counts.new_items, 1);
        EXPECT_EQ(refused(*seen).at(0), std::pair(std::int64_t{3}, RefusalCode::field_invalid));
    }
}

TEST_F(MendedTest, LED_1_amounts_beyond_what_adds_up_are_refused_by_line) {
    std::string text = header;
    for (int i = 0; i < 2400; ++i)
        text += "FR,C1,,F" + std::to_string(i) + ",2026-01-05,2026-02-05,9999999999999.00,EUR,,\n";
    const LoadReport first = load(text);
    EXPECT_EQ(first.load.counts.refused, 2400 - 2305);
    EXPECT_EQ(first.load.differences, 1);
    EXPECT_EQ(outstanding("2026-03-31"), 2305 * 999999999999900);
    const auto more = preview(header + "FR,C1,,G1,2026-01-05,2026-02-05,9999999999999.00,EUR,,\n").value();
    EXPECT_EQ(refused(*more).at(0).second, RefusalCode::field_invalid);
}

TEST_F(MendedTest, LED_8_unknown_terms_are_named) {
    const auto seen = preview(
                          "entity,customer_code,number,issue_date,due_date,amount,currency,terms\n"
                          "FR,C1,F1,2026-01-05,,100.00,EUR,NAH4\n")
                          .value();
    const RefusedLine& line = seen->plan->file->refused.at(0);
    EXPECT_EQ(line.refusal.code, RefusalCode::field_invalid);
    EXPECT_EQ(line.value, "NAH4");
}

TEST_F(MendedTest, IMP_2_documents_without_a_readable_amount_stay_items) {
    for (const char* text : {"customer_code,number,issue_date,due_date\nC1,F1,2026-01-05,2026-02-05\n",
                             "customer_code,number,issue_date,due_date,amount\nC1,F1,2026-01-05,2026-02-05,"
                             "99999999999999999999\n"}) {
        const auto about = imports_->inspect(put(text), "f.csv", {}).value();
        EXPECT_EQ(about.proposal.kind, ImportKind::items);
        EXPECT_EQ(preview(text).error().code, RefusalCode::required_field_unmapped);
    }
    const auto kind = imports_->inspect(put("code,entity,number,date,amount\nx,FR01,F1,2026-01-20,15\n"),
                                        "k.csv", {}, ImportKind::allocations);
    EXPECT_EQ(kind->proposal.kind, ImportKind::allocations);
    EXPECT_TRUE(kind->proposal.mapping.has(Field::date));
}

}  // namespace countback::imports::test
