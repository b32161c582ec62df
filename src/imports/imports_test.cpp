// IMP-1, IMP-2, LED-8 through the service: lines, keys, formats, parties, allocations.
#include "imports/test_desk.h"
#include "parties/directory.h"

namespace countback::imports::test {

TEST_F(ImportsTest, IMP_1_good_lines_go_in_and_bad_ones_say_why) {
    const auto seen = preview(header +
                              "FR,C1,One,F1,2026-01-15,2026-02-14,100.00,EUR,,\n"
                              "FR,,One,F2,2026-01-15,2026-02-14,100.00,EUR,,\n"
                              "FR,C1,One,F3,2026-02-31,2026-02-14,100.00,EUR,,\n"
                              "FR,C1,One,F4,2026-01-15,2026-02-14,\"1.200,00\",EUR,,\n"
                              "FR,C1,One,F5,2026-01-15,2026-02-14,100.00,XXX,,\n"
                              "FR,C1,One,F6,2026-01-15,2026-02-14,100.00,EUR,120.00,\n"
                              "FR,C1,One,F7,2026-01-15,2026-01-10,100.00,EUR,,\n"
                              "FR,C1,One,F8\n")
                          .value();
    EXPECT_EQ(refused(*seen),
              (std::vector<std::pair<std::int64_t, RefusalCode>>{{3, RefusalCode::value_missing},
                                                                 {4, RefusalCode::date_unreadable},
                                                                 {5, RefusalCode::amount_unreadable},
                                                                 {6, RefusalCode::currency_unknown},
                                                                 {7, RefusalCode::remaining_exceeds_amount},
                                                                 {9, RefusalCode::columns_mismatch}}));
    EXPECT_EQ(seen->plan->counts.new_items, 2);
    EXPECT_EQ(seen->plan->file->due_before_issue, 1);
    EXPECT_EQ(ledger_->book().item_count(), 0U);
    const LoadReport report = accept(seen).value();
    EXPECT_EQ(outstanding("2026-03-31"), 20000);
    std::ifstream file(imports_->refusal_file(report.load.id).value());
    std::string first, second;
    std::getline(file, first);
    std::getline(file, second);
    EXPECT_EQ(first.substr(3, 31), "line,column,value,code,reason,e");
    EXPECT_TRUE(second.starts_with("3,customer_code,,value_missing,")) << second;
    EXPECT_TRUE(second.ends_with("FR,,One,F2,2026-01-15,2026-02-14,100.00,EUR,,")) << second;
}

TEST_F(ImportsTest, IMP_1_duplicates_conflicts_and_instalments_in_one_file) {
    const auto seen = preview(header +
                              "FR,C1,,F1,2026-01-15,2026-02-14,100.00,EUR,,\n"
                              "FR,C1,,F1,2026-01-15,2026-02-14,100.00,EUR,,\n"
                              "FR,C1,,F2,2026-01-15,2026-02-14,100.00,EUR,,\n"
                              "FR,C1,,F2,2026-01-15,2026-02-14,120.00,EUR,,\n"
                              "FR,C1,,F3,2026-01-15,2026-03-14,30.00,EUR,,\n"
                              "FR,C1,,F3,2026-01-15,2026-02-14,30.00,EUR,,\n"
                              "FR,C1,,F4,2025-01-15,2025-02-14,100.00,EUR,,\n"
                              "FR,C1,,F4,2026-01-15,2026-02-14,100.00,EUR,,\n")
                          .value();
    EXPECT_EQ(refused(*seen),
              (std::vector<std::pair<std::int64_t, RefusalCode>>{{3, RefusalCode::duplicate_line},
                                                                 {4, RefusalCode::conflicting_line},
                                                                 {5, RefusalCode::conflicting_line}}));
    EXPECT_EQ(seen->plan->file->refused[0].refusal.data[0].second, "2");
    EXPECT_EQ(seen->plan->counts.new_items, 5);
    EXPECT_EQ(seen->plan->file->lines[1].instalment, 2);
    EXPECT_EQ(seen->plan->file->lines[2].instalment, 1);
    accept(seen).value();
    const auto again =
        preview(header +
                "FR,C1,,F3,2026-01-15,2026-03-20,35.00,EUR,,\nFR,C1,,F3,2026-01-15,2026-02-14,30.00,EUR,,\n")
            .value();
    EXPECT_EQ(again->plan->counts.changed, 1);
    EXPECT_EQ(again->plan->counts.unchanged, 1);
    accept(again).value();
    EXPECT_EQ(outstanding("2026-03-31"), 10000 + 3500 + 3000 + 20000);
}

TEST_F(ImportsTest, IMP_1_codes_names_and_types) {
    const LoadReport report = load(header +
                                   "FR,0012,Old name,F1,2026-01-15,2026-02-14,100.00,EUR,,\n"
                                   "FR,0012,New name,F2,2026-02-15,2026-03-14,100.00,EUR,,\n"
                                   "FR,12,,A1,2026-02-15,2026-03-14,-30.00,EUR,,\n");
    const auto connection = database_->lease();
    const Entity entity = parties::entity_by_code(*connection, "FR").value();
    EXPECT_EQ(
        parties::customer(*connection, *parties::customer_by_code(*connection, entity.id, "0012"))->name,
        "New name");
    EXPECT_EQ(parties::customer(*connection, *parties::customer_by_code(*connection, entity.id, "12"))->name,
              "12");
    std::set<std::string> codes;
    for (const Note& note : report.load.notices) codes.insert(note.code);
    EXPECT_TRUE(codes.contains("near_twin_codes"));
    EXPECT_TRUE(codes.contains("several_names"));
    EXPECT_EQ(outstanding("2026-03-31"), 17000);
}

TEST_F(ImportsTest, IMP_2_a_french_file_maps_itself) {
    const auto seen =
        preview_file(put("Soci\xE9t\xE9;Compte client;Raison sociale;N\xB0 facture;Date facture;\xC9"
                         "ch\xE9"
                         "ance;Montant TTC;Devise\r\n"
                         "FR;C1;Soci\xE9t\xE9 G\xE9n\xE9rale;F1;15/01/2026;28/02/2026;1 234,56;EUR\r\n"),
                     {})
            .value();
    EXPECT_EQ(seen->detected.encoding, "windows-1252");
    EXPECT_EQ(seen->plan->counts.new_items, 1);
    EXPECT_EQ(seen->plan->file->lines[0].amount, 123456);
    EXPECT_EQ(seen->plan->file->lines[0].due.iso(), "2026-02-28");
}

TEST_F(ImportsTest, IMP_2_what_a_file_leaves_open_is_asked) {
    const auto seen = preview(header + "FR,C1,,F1,01/02/2026,03/04/2026,\"1,234\",EUR,,\n").value();
    std::set<std::string> codes;
    for (const Note& question : seen->plan->questions) codes.insert(question.code);
    EXPECT_EQ(codes, (std::set<std::string>{"date_order_open", "decimal_open", "new_entities"}));
    EXPECT_EQ(imports_->apply(sender_, seen->id, {"new_entities"}).error().code,
              RefusalCode::question_unanswered);
    EXPECT_EQ(ledger_->book().item_count(), 0U);
}

TEST_F(ImportsTest, LED_8_a_missing_due_date_comes_from_the_terms) {
    load(
        "entity,customer_code,number,issue_date,due_date,terms,amount,currency\nFR,C1,F1,2026-01-15,,45 "
        "jours fin de mois,100.00,EUR\n");
    const Snapshot book = ledger_->book();
    const auto view = book.view(ItemRow{0}, known_now);
    EXPECT_EQ(view->due.iso(), "2026-03-31");
    EXPECT_NE(view->flags & item_flag::due_from_terms, 0U);
}

TEST_F(ImportsTest, allocations_settle_items_and_never_more_than_is_open) {
    load(header +
         "FR,C1,,F1,2026-01-15,2026-02-14,100.00,EUR,,\nFR,C1,,A1,2026-01-20,2026-02-14,-30.00,EUR,,\n");
    const char* mapping =
        R"({"entity":"entity","number":"number","counter_number":"counter","date":"date","amount":"amount"})";
    const std::string lines =
        "entity,number,counter,date,amount\nFR,F1,A1,2026-02-01,30.00\nFR,F1,,2026-02-10,50.00\nFR,F1,,2026-"
        "02-11,50.00\nFR,F9,,2026-02-11,5.00\n";
    LoadScope scope;
    scope.kind = ImportKind::allocations;
    const auto path = put(lines);
    const auto seen = preview_file(path, scope, mapping).value();
    EXPECT_EQ(refused(*seen),
              (std::vector<std::pair<std::int64_t, RefusalCode>>{{4, RefusalCode::allocation_exceeds_item},
                                                                 {5, RefusalCode::item_unknown}}));
    accept(seen).value();
    EXPECT_EQ(outstanding("2026-02-09"), 4000 + 3000);
    EXPECT_EQ(outstanding("2026-03-31"), 2000);
    EXPECT_EQ(preview_file(path, scope, mapping).value()->plan->counts.unchanged, 2);
}

TEST_F(ImportsTest, customers_and_contacts_are_kept_current) {
    load(
        "customer_code,customer_name,entity,email,country,collector\nC1,One,FR,ap@one.test,FR,Ann\nC2,Two,FR,"
        ",DE,Bob\n");
    const LoadReport second = load(
        "customer_code,customer_name,entity,email,country,collector\nC1,One,FR,new@one.test,FR,Ann\nC2,Two,"
        "FR,,DE,Bob\n");
    EXPECT_EQ(second.load.counts.changed, 1);
    EXPECT_EQ(second.load.counts.unchanged, 1);
    const LoadReport contacts =
        load("customer_code,entity,contact_name,email\nC1,FR,Pat,pat@one.test\nC9,FR,Sam,sam@nine.test\n");
    EXPECT_EQ(contacts.load.counts.new_items, 1);
    EXPECT_EQ(contacts.load.refusals.at(0).refusal.code, RefusalCode::customer_unknown);
}

TEST_F(ImportsTest, mappings_say_what_is_wrong_with_them) {
    EXPECT_EQ(parse_mapping("[]").error().code, RefusalCode::mapping_invalid);
    EXPECT_EQ(parse_mapping(R"({"colour":"x"})").error().code, RefusalCode::mapping_field_unknown);
    EXPECT_EQ(parse_mapping(R"({"amount":{"constant":1}})").error().code, RefusalCode::mapping_invalid);
    EXPECT_EQ(parse_mapping(R"({"delimiter":"a"})").error().code, RefusalCode::mapping_invalid);
    EXPECT_EQ(parse_mapping(R"({"decimal":";"})").error().code, RefusalCode::mapping_invalid);
    const auto path = put("a,b\nx,y\n");
    EXPECT_EQ(preview_file(path, {}, R"({"customer_code":"zz"})").error().code,
              RefusalCode::mapping_column_unknown);
    EXPECT_EQ(preview_file(path, {}, R"({"customer_code":"a"})").error().code,
              RefusalCode::required_field_unmapped);
    const Mapping mapping =
        parse_mapping(
            R"({"entity":{"constant":"FR"},"amount":"b","amount_format":"minor","decimal":",","custom.site":"a"})")
            .value();
    EXPECT_EQ(to_json(parse_mapping(to_json(mapping)).value()), to_json(mapping));
}

}  // namespace countback::imports::test
