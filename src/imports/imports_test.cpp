// IMP-1 … IMP-6 through the service, on a database of its own: files in, facts out.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "imports/service.h"
#include "parties/directory.h"
#include "receivables/schemas.h"

namespace countback::embedded {
std::span<const File> schema_imports();
}

using namespace countback;
using namespace countback::imports;

namespace {

const std::string header =
    "entity,customer_code,customer_name,number,issue_date,due_date,amount,currency,remaining,cleared_date\n";

class ImportsTest : public testing::Test {
protected:
    void SetUp() override {
        char name[] = "/tmp/countback-imports-XXXXXX";
        folder_ = ::mkdtemp(name);
        database_ = store::Database::open((folder_ / "t.db").string());
        migrate_receivables(*database_);
        const store::RoomSchema rooms[] = {{"imports", embedded::schema_imports()}};
        database_->migrate(rooms);
        ledger_ = std::make_unique<Ledger>(*database_, clock_);
        imports_ = std::make_unique<Imports>(*ledger_, folder_ / "uploads");
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path put(const std::string& text) {
        const auto path = folder_ / ("f" + std::to_string(++files_) + ".csv");
        std::ofstream(path, std::ios::binary) << text;
        return path;
    }
    Result<std::shared_ptr<const Preview>> preview_file(const std::filesystem::path& path, LoadScope scope,
                                                        const char* mapping = nullptr) {
        PreviewRequest request;
        request.path = path;
        request.file_name = path.filename().string();
        if (mapping != nullptr) {
            request.mapping = parse_mapping(mapping).value();
        } else {
            auto about = imports_->inspect(path, request.file_name, {});
            if (!about) return tl::unexpected(about.error());
            request.mapping = about->proposal.mapping;
            scope.kind = about->proposal.kind;
        }
        if (scope.as_of == Date{}) scope.as_of = clock_.today();
        request.scope = scope;
        return imports_->preview(sender_, std::move(request));
    }
    Result<std::shared_ptr<const Preview>> preview(const std::string& text, LoadScope scope = {}) {
        return preview_file(put(text), scope);
    }
    Result<LoadReport> accept(const std::shared_ptr<const Preview>& preview) {
        std::set<std::string> all;
        for (const Note& question : preview->plan->questions) all.insert(question.code);
        return imports_->apply(sender_, preview->id, all);
    }
    LoadReport load(const std::string& text, LoadScope scope = {}) {
        return accept(preview(text, scope).value()).value();
    }
    static LoadScope stock(const char* day) {
        LoadScope scope;
        scope.mode = LoadMode::stock;
        scope.as_of = *Date::parse_iso(day);
        return scope;
    }
    std::int64_t outstanding(const char* day) const {
        const Snapshot book = ledger_->book();
        const Moment moment{*Date::parse_iso(day), known_now};
        std::int64_t sum = 0;
        book.each_account(Perimeter::whole(), {}, moment, [&](AccountRow account) {
            book.each_item(account, known_now, [&](const ItemView& item) { sum += book.open(item, moment); });
        });
        return sum;
    }

    std::filesystem::path folder_;
    FakeClock clock_{*Date::parse_iso("2026-03-31")};
    std::unique_ptr<store::Database> database_;
    std::unique_ptr<Ledger> ledger_;
    std::unique_ptr<Imports> imports_;
    Sender sender_{Perimeter::whole(), UserId{1}, "Ann", "test", Language::en};
    int files_ = 0;
};

std::vector<std::pair<std::int64_t, RefusalCode>> refused(const Preview& preview) {
    std::vector<std::pair<std::int64_t, RefusalCode>> lines;
    for (const RefusedLine& line : preview.plan->file->refused)
        lines.emplace_back(line.line, line.refusal.code);
    return lines;
}

}  // namespace

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

TEST_F(ImportsTest, IMP_3_a_full_file_clears_what_it_no_longer_has) {
    load(header +
         "FR,C1,,F1,2026-01-15,2026-02-14,100.00,EUR,,\nFR,C1,,F2,2026-01-15,2026-02-14,50.00,EUR,,\nFR,C1,,"
         "A1,2026-01-15,2026-02-14,-50.00,EUR,,\n"
         "FR,C2,,F3,2026-01-15,2026-02-14,70.00,EUR,,\nDE,C3,,F4,2026-01-15,2026-02-14,80.00,EUR,,\n");
    const auto seen =
        preview(header + "FR,C1,,F1,2026-01-15,2026-02-14,100.00,EUR,60.00,\n", stock("2026-03-15")).value();
    EXPECT_EQ(seen->plan->counts.cleared, 3);
    EXPECT_EQ(seen->plan->counts.changed, 1);
    ASSERT_EQ(seen->plan->questions.size(), 1U);
    EXPECT_EQ(seen->plan->questions[0].code, "guard_would_clear");
    EXPECT_EQ(imports_->apply(sender_, seen->id, {}).error().code, RefusalCode::question_unanswered);
    const LoadReport report = accept(seen).value();
    EXPECT_EQ(report.load.differences, 0);
    EXPECT_EQ(outstanding("2026-03-14"), 10000 + 7000 + 8000);
    EXPECT_EQ(outstanding("2026-03-15"), 6000 + 8000);
    std::int64_t offsets = 0, unknown = 0;
    const Snapshot book = ledger_->book();
    for (std::uint32_t row = 0; row < book.item_count(); ++row) {
        book.each_allocation(ItemRow{row}, known_now, [&](const AllocationView& allocation) {
            EXPECT_TRUE(allocation.estimated);
            ++(allocation.cause == ClearingCause::offset ? offsets : unknown);
        });
    }
    EXPECT_EQ(offsets, 2);
    EXPECT_EQ(unknown, 2);
    EXPECT_EQ(
        preview(header + "FR,C1,,F1,2026-01-15,2026-02-14,100.00,EUR,,\n", stock("2026-03-01")).error().code,
        RefusalCode::stock_file_older);
    // F3 comes back, F1 is whole again.
    accept(preview(header + "FR,C1,,F1,2026-01-15,2026-02-14,100.00,EUR,100.00,\nFR,C2,,F3,2026-01-15,2026-"
                            "02-14,70.00,EUR,,\n",
                   stock("2026-03-20"))
               .value())
        .value();
    EXPECT_EQ(outstanding("2026-03-19"), 6000 + 8000);
    EXPECT_EQ(outstanding("2026-03-20"), 10000 + 7000 + 8000);
}

TEST_F(ImportsTest, IMP_3_a_refused_line_protects_what_it_names) {
    load(header +
         "FR,C1,,F1,2026-01-15,2026-02-14,100.00,EUR,,\nFR,C1,,F2,2026-01-15,2026-02-14,50.00,EUR,,\nFR,C2,,"
         "F3,2026-01-15,2026-02-14,70.00,EUR,,\n");
    const auto by_item =
        preview(header + "FR,C1,,F1,2026-01-15,2026-02-14,1OO,EUR,,\n", stock("2026-03-15")).value();
    EXPECT_EQ(by_item->plan->counts.cleared, 2);
    const auto by_customer =
        preview(header + "FR,C1,,,2026-01-15,2026-02-14,100,EUR,,\n", stock("2026-03-15")).value();
    EXPECT_EQ(by_customer->plan->counts.cleared, 1);
    const auto by_entity = preview(header + "FR,,,F9,,2026-02-14,100,EUR,,\n", stock("2026-03-15")).value();
    EXPECT_EQ(by_entity->plan->counts.cleared, 0);
}

TEST_F(ImportsTest, IMP_4_the_same_file_twice_changes_nothing_and_a_load_can_be_undone) {
    const std::string text = header +
                             "FR,C1,,F1,2026-01-15,2026-02-14,100.00,EUR,,\nFR,C1,,A1,2026-01-15,2026-02-14,-"
                             "20.00,EUR,,2026-02-20\n";
    const LoadReport first = load(text);
    EXPECT_FALSE(first.undo_refusal);
    const FactNo before = ledger_->book().last_fact();
    const auto again = preview(text).value();
    EXPECT_EQ(again->plan->counts.unchanged, 2);
    EXPECT_EQ(accept(again).error().code, RefusalCode::load_already_applied);
    EXPECT_EQ(ledger_->book().last_fact(), before);

    const LoadReport second = load(header + "FR,C1,,F1,2026-01-15,2026-02-14,100.00,EUR,,2026-03-01\n");
    EXPECT_EQ(second.load.counts.cleared, 1);
    EXPECT_EQ(outstanding("2026-03-31"), 0);
    EXPECT_EQ(imports_->undo(sender_, first.load.id, "wrong file").error().code,
              RefusalCode::load_not_undoable);
    EXPECT_TRUE(imports_->undo(sender_, second.load.id, "wrong file").value().load.undone);
    EXPECT_EQ(outstanding("2026-03-31"), 10000);
    EXPECT_EQ(outstanding("2026-02-19"), 8000);
}

TEST_F(ImportsTest, IMP_4_an_undone_load_can_be_loaded_again) {
    const std::string text =
        header +
        "FR,C1,,F1,2026-01-15,2026-02-14,100.00,EUR,,\nFR,C1,,A1,2026-01-15,2026-02-14,-20.00,EUR,,\n";
    imports_->undo(sender_, load(text).load.id, "test").value();
    EXPECT_EQ(outstanding("2026-03-31"), 0);
    const LoadReport again = load(text);
    EXPECT_EQ(again.load.counts.new_items, 2);
    EXPECT_EQ(outstanding("2026-03-31"), 8000);
}

TEST_F(ImportsTest, IMP_4_a_preview_of_an_older_ledger_is_refused) {
    const auto seen = preview(header + "FR,C1,,F1,2026-01-15,2026-02-14,100.00,EUR,,\n").value();
    load(header + "FR,C1,,F2,2026-01-15,2026-02-14,100.00,EUR,,\n");
    EXPECT_EQ(accept(seen).error().code, RefusalCode::preview_stale);
    EXPECT_EQ(imports_->apply(sender_, 999, {}).error().code, RefusalCode::not_found);
    Sender other = sender_;
    other.user = UserId{2};
    EXPECT_EQ(imports_->apply(other, seen->id, {"new_entities"}).error().code, RefusalCode::not_found);
}

TEST_F(ImportsTest, IMP_6_the_reconciliation_tells_what_is_missing) {
    const LoadReport report =
        load(header + "FR,C1,,F1,2026-01-15,2026-02-14,100.00,EUR,,\nFR,C1,,F2,2026-01-15,,30.00,EUR,,\n");
    ASSERT_EQ(report.reconciliation.size(), 2U);
    EXPECT_EQ(report.reconciliation[0].in_file, 13000);
    EXPECT_EQ(report.reconciliation[0].in_ledger, 10000);
    EXPECT_EQ(report.reconciliation[1].customer_code, "C1");
    EXPECT_EQ(report.load.differences, 1);
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
