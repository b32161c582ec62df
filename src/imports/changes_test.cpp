// IMP-5, IMP-8 at the door: perimeter, audit, stale previews; and what happens around a load (IMP-4, IMP-6).
#include "imports/changes.h"

#include <chrono>

#include "access/audit.h"
#include "imports/answers.h"
#include "imports/test_desk.h"
#include "locale/texts.h"
#include "parties/directory.h"

namespace countback::embedded {
std::span<const File> schema_access();
}

namespace countback::imports::test {

using parties::CustomerField;

class ChangesTest : public ImportsTest {
protected:
    void SetUp() override {
        ImportsTest::SetUp();
        const store::RoomSchema rooms[] = {{"access", embedded::schema_access()}};
        database_->migrate(rooms);
        load(header +
             "FR,C1,Acme,F1,2026-03-01,2026-03-31,100.00,EUR,,\nDE,C2,Beta,F2,2026-03-01,2026-03-31,"
             "50.00,EUR,,\n");
        const auto entities = parties::entities(*database_->lease());
        for (const Entity& entity : entities) ids_[entity.code] = entity.id;
        customer_ = *parties::customer_by_code(*database_->lease(), ids_["FR"], "C1");
    }
    Person person() const { return {Perimeter::whole(), UserId{1}, "127.0.0.1"}; }
    Person stranger() { return {{false, true, {ids_["DE"]}, {}}, UserId{2}, "127.0.0.1"}; }
    CustomerChange named(const char* name) const { return {customer_, {{CustomerField::name, name}}, {}}; }
    std::int64_t audit_lines() { return access::verify_audit(*database_->lease()).lines; }
    ItemId item(const char* number) {
        constexpr store::Sql find{"changes_test_item",
                                  "select min(item_id) from item_fact where number = $1"};
        return ItemId{database_->lease()->integer(find, {number}).value_or(0)};
    }
    std::int64_t open(const char* number) {
        const Snapshot book = ledger_->book();
        return book.open(*book.view(*book.item(item(number)), known_now), {clock_.today(), known_now});
    }
    NewPayment payment(const char* amount, const char* date) const {
        return {customer_, amount, "EUR", *Date::parse_iso(date), "", {}};
    }
    static std::string notice(const LoadReport& report, std::string_view code) {
        for (const Note& note : report.load.notices) {
            if (note.code == code) return notice_text(note, Language::en);
        }
        return "none";
    }

    crypto::Key key_{};
    access::Audit audit_{clock_, key_};
    std::unique_ptr<Changes> changes_holder_;
    Changes& changes() {
        if (!changes_holder_) changes_holder_ = std::make_unique<Changes>(*ledger_, audit_);
        return *changes_holder_;
    }
    std::map<std::string, EntityId> ids_;
    CustomerId customer_;
};

TEST_F(ChangesTest, IMP_5_outside_the_perimeter_nothing_is_there_and_nothing_changes) {
    const FactNo before = ledger_->book().last_fact();
    Contact somebody;
    somebody.customer = customer_;
    somebody.id = 1;
    EXPECT_EQ(changes().customer(stranger().perimeter, customer_).error().code, RefusalCode::not_found);
    EXPECT_EQ(changes().change_customer(stranger(), named("X")).error().code, RefusalCode::not_found);
    EXPECT_EQ(changes().add_contact(stranger(), customer_, {"Eve", {}, {}, {}, {}, {}}).error().code,
              RefusalCode::not_found);
    EXPECT_EQ(changes().remove_contact(stranger(), somebody).error().code, RefusalCode::not_found);
    EXPECT_EQ(
        changes().change_item(stranger(), {item("F1"), clock_.today(), std::nullopt, "so"}).error().code,
        RefusalCode::not_found);
    EXPECT_EQ(changes().record_payment(stranger(), payment("1.00", "2026-03-30")).error().code,
              RefusalCode::not_found);
    EXPECT_EQ(ledger_->book().last_fact(), before);
    EXPECT_EQ(audit_lines(), 0);
}

TEST_F(ChangesTest, IMP_5_each_change_has_its_line_in_the_audit_log) {
    ASSERT_TRUE(changes().change_customer(person(), named("Acme SA")));
    EXPECT_EQ(audit_lines(), 1);
    ASSERT_TRUE(changes().change_customer(person(), named("Acme SA")));
    EXPECT_EQ(audit_lines(), 1) << "the same value is no change";
    const auto contact = changes().add_contact(person(), customer_, {"Ann", {}, "ann@acme.test", {}, {}, {}});
    ASSERT_TRUE(contact);
    ASSERT_TRUE(changes().change_item(person(), {item("F1"), Date::parse_iso("2026-05-01"), {}, "agreed"}));
    ASSERT_TRUE(changes().record_payment(person(), payment("10.00", "2026-03-30")));
    EXPECT_EQ(audit_lines(), 4);
    EXPECT_FALSE(access::verify_audit(*database_->lease()).broken_at);
}

TEST_F(ChangesTest, IMP_5_a_preview_from_before_a_change_is_stale) {
    const auto seen = preview(header + "FR,C1,Acme AG,F9,2026-03-20,2026-04-20,1.00,EUR,,\n").value();
    ASSERT_TRUE(changes().change_customer(person(), named("Acme SA")));
    EXPECT_EQ(accept(seen).error().code, RefusalCode::preview_stale);
    const LoadReport report = load(header + "FR,C1,Acme AG,F9,2026-03-20,2026-04-20,1.00,EUR,,\n");
    EXPECT_EQ(notice(report, "kept_here"), "One value of the file was kept as changed here: C1 name");
    EXPECT_EQ(parties::customer(*database_->lease(), customer_)->name, "Acme SA");
}

TEST_F(ChangesTest, IMP_8_the_same_amount_is_the_same_payment_within_ten_days_only) {
    for (const char* date : {"2026-03-10", "2026-03-21"})
        ASSERT_TRUE(changes().record_payment(person(), payment("30.00", date)));
    EXPECT_EQ(outstanding("2026-03-31"), 10000 + 5000 - 6000);
    const std::string columns = "entity,customer_code,number,type,issue_date,due_date,amount,currency\n";
    const LoadReport report = load(columns + "FR,C1,B1,payment,2026-03-31,2026-03-31,-30.00,EUR\n");
    EXPECT_EQ(outstanding("2026-03-31"), 10000 + 5000 - 6000) << "the one of the 21st gave way";
    EXPECT_EQ(outstanding("2026-03-30"), 10000 + 5000 - 3000);
    ASSERT_EQ(report.unreplaced.size(), 1U);
    EXPECT_EQ(report.unreplaced[0].date, *Date::parse_iso("2026-03-10"));
    EXPECT_EQ(report.unreplaced[0].customer.code, "C1");
    EXPECT_EQ(report.load.differences, 0);
    EXPECT_EQ(imports_->undo(sender_, report.load.id, "wrong file").value().load.undone, true);
    EXPECT_EQ(outstanding("2026-03-30"), 10000 + 5000 - 6000);
}

TEST_F(ChangesTest, IMP_8_a_clearing_by_the_source_takes_what_recorded_cash_left) {
    NewPayment cash = payment("70.00", "2026-03-20");
    cash.parts = {{item("F1"), "40.00"}};
    ASSERT_TRUE(changes().record_payment(person(), cash));
    EXPECT_EQ(open("F1"), 6000);
    const auto seen = preview(header + "FR,C1,,F1,2026-03-01,2026-03-31,100.00,EUR,,2026-03-25\n").value();
    EXPECT_EQ(seen->plan->replacements.size(), 1U);
    const LoadReport report = accept(seen).value();
    EXPECT_EQ(open("F1"), 0);
    EXPECT_EQ(outstanding("2026-03-31"), 5000);
    for (const EntityTotal& total : seen->plan->totals)
        EXPECT_EQ(total.after, total.entity == "FR" ? 0 : 5000);
    EXPECT_EQ(report.load.differences, 0);
}

TEST_F(ChangesTest, IMP_4_old_uploads_are_deleted_young_ones_wait) {
    const auto first =
        imports_->upload(sender_, put(header + "FR,C1,,F3,2026-03-01,,1.00,EUR,,\n"), "a.csv", {});
    const auto old = folder_ / "uploads" / first.value().sha256;
    const auto young =
        imports_->upload(sender_, put(header + "FR,C1,,F4,2026-03-01,,1.00,EUR,,\n"), "b.csv", {});
    EXPECT_TRUE(std::filesystem::exists(old));
    std::filesystem::last_write_time(
        old, std::filesystem::file_time_type::clock::now() - std::chrono::days(upload_days_kept + 1));
    ASSERT_TRUE(imports_->upload(sender_, put(header + "FR,C1,,F5,2026-03-01,,1.00,EUR,,\n"), "c.csv", {}));
    EXPECT_FALSE(std::filesystem::exists(old));
    EXPECT_TRUE(std::filesystem::exists(folder_ / "uploads" / young.value().sha256));
    EXPECT_EQ(imports_->uploaded(sender_, first.value().id).error().code, RefusalCode::not_found);
}

TEST_F(ChangesTest, IMP_6_a_load_stands_when_its_reconciliation_cannot_be_kept) {
    database_->lease()->script("drop table import_reconciliation");
    const LoadReport report = load(header + "FR,C1,,F6,2026-03-01,2026-03-31,10.00,EUR,,\n");
    EXPECT_TRUE(report.load.id);
    EXPECT_FALSE(report.load.reconciled);
    EXPECT_EQ(open("F6"), 1000);
}

TEST_F(ChangesTest, IMP_5_a_contact_of_two_lines_is_refused_like_on_the_card) {
    const std::string head = "entity,customer_code,contact_name,contact_function,email\n";
    LoadScope scope;
    scope.kind = ImportKind::contacts;
    const LoadReport report = load(head +
                                       "FR,C1,\"Ann\r\nBcc: all\",payables,ann@acme.test\n"
                                       "FR,C1,Bob Day,buyer,bob@acme.test\n",
                                   scope);
    ASSERT_EQ(report.load.counts.refused, 1);
    const Refusal& refusal = report.load.refusals.front().refusal;
    EXPECT_EQ(refusal.code, RefusalCode::field_invalid);
    EXPECT_NE(locale::text_of(Language::en, refusal).find("line end"), std::string::npos);
    EXPECT_EQ(parties::contacts(*database_->lease(), customer_).size(), 1U);
}

TEST_F(ChangesTest, IMP_1_an_unmapped_field_is_called_by_its_label) {
    const Refusal refusal{RefusalCode::required_field_unmapped, {{"field", "due_date"}}};
    EXPECT_NE(locale::text_of(Language::en, refusal).find("“Due date”"), std::string::npos);
    EXPECT_NE(locale::text_of(Language::fr, refusal).find("« Échéance »"), std::string::npos);
    EXPECT_EQ(notice_text({"duplicate_lines", {{"count", "1"}}}, Language::en).substr(0, 8), "One line");
    EXPECT_EQ(notice_text({"duplicate_lines", {{"count", "2"}}}, Language::en).substr(0, 7), "2 lines");
}

}  // namespace countback::imports::test
