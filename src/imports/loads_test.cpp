// IMP-3, IMP-4, IMP-6 through the service: full files, undo, turns, reconciliation.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "imports/test_desk.h"
#include "parties/directory.h"

namespace countback::imports::test {

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

TEST_F(ImportsTest, IMP_4_a_file_of_which_nothing_goes_in_is_no_load) {
    EXPECT_EQ(accept(preview(header).value()).error().code, RefusalCode::nothing_to_load);
    const auto seen = preview(header + "FR,C1,,F1,,2026-02-14,1,EUR,,\n").value();
    EXPECT_EQ(accept(seen).error().code, RefusalCode::nothing_to_load);
    EXPECT_EQ(imports_->load_count(), 0);
}

TEST_F(ImportsTest, IMP_4_two_loads_at_once_take_turns) {
    const auto seen = preview(header + "FR,C1,,F1,2026-01-15,2026-02-14,100.00,EUR,,\n").value();
    const int other = ::open((folder_ / "uploads" / "load.lock").c_str(), O_CREAT | O_RDWR, 0600);
    ASSERT_EQ(::flock(other, LOCK_EX), 0);
    EXPECT_EQ(accept(seen).error().code, RefusalCode::load_in_progress);
    EXPECT_EQ(ledger_->book().item_count(), 0U);
    ::close(other);
    EXPECT_TRUE(accept(seen));
}

TEST_F(ImportsTest, IMP_4_what_cannot_be_written_refuses_the_load) {
    const auto seen =
        preview(header + "FR,C1,,F1,2026-01-15,2026-02-14,100.00,EUR,,\nFR,C1,,F2,,2026-02-14,1,EUR,,\n")
            .value();
    std::filesystem::create_symlink(
        "/dev/full", folder_ / "uploads" / ("preview-" + std::to_string(seen->id) + "-refused.csv"));
    EXPECT_EQ(accept(seen).error().code, RefusalCode::disk_full);
    EXPECT_EQ(ledger_->book().item_count(), 0U);
}

TEST_F(ImportsTest, IMP_1_a_perimeter_bounds_what_a_file_may_touch) {
    load(header +
         "FR,C1,,F1,2026-01-15,2026-02-14,100.00,EUR,,\nDE,C2,,F2,2026-01-15,2026-02-14,50.00,EUR,,\n");
    const auto connection = database_->lease();
    sender_.perimeter = {false, true, {parties::entity_by_code(*connection, "FR")->id}, {}};
    const auto seen = preview(header +
                              "FR,C1,,F3,2026-01-15,2026-02-14,1,EUR,,\nDE,C2,,F4,2026-01-15,2026-02-14,1,"
                              "EUR,,\nIT,C3,,F5,2026-01-15,2026-02-14,1,EUR,,\n")
                          .value();
    EXPECT_EQ(refused(*seen), (std::vector<std::pair<std::int64_t, RefusalCode>>{
                                  {3, RefusalCode::entity_unknown}, {4, RefusalCode::entity_unknown}}));
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

}  // namespace countback::imports::test
