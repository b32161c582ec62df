// The real files beside the repository: mapped from their own headers, nothing edited by hand. Skipped where
// they are absent.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "imports/test_desk.h"

using namespace countback;
using namespace countback::imports;

namespace {

std::filesystem::path shared(const std::string& name) {
    const char* given = std::getenv("COUNTBACK_SHARED");
    const std::filesystem::path root = given != nullptr
                                           ? std::filesystem::path(given)
                                           : std::filesystem::path(COUNTBACK_SOURCE_DIR) / ".." / "shared";
    return root / name;
}

class SharedFiles : public test::ImportsTest {
protected:
    SharedFiles() { clock_.set(*Date::parse_iso("2026-06-30")); }

    std::shared_ptr<const Preview> preview(const std::filesystem::path& path,
                                           const std::map<Field, std::string>& constants = {}) {
        const FileAbout about = imports_->inspect(path, "f.csv", {}).value();
        PreviewRequest request;
        request.path = path;
        request.mapping = about.proposal.mapping;
        for (const auto& [field, value] : constants) request.mapping.fields[field] = {std::nullopt, value};
        request.scope.kind = about.proposal.kind;
        request.scope.as_of = clock_.today();
        return imports_->preview(sender_, std::move(request)).value();
    }
    LoadReport accepted(const std::shared_ptr<const Preview>& preview) { return accept(preview).value(); }
};

}  // namespace

TEST_F(SharedFiles, IMP_1_the_food_company_ledger_goes_in_with_each_repeated_line_named) {
    const auto path = shared("data/receivables/highradius_ledger_original_layout.csv");
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "no shared files";
    const auto seen = preview(path);
    EXPECT_EQ(seen->plan->counts.new_items, 49'553);
    EXPECT_EQ(seen->plan->counts.refused, 147);
    for (const RefusedLine& line : seen->plan->file->refused) {
        ASSERT_EQ(line.refusal.code, RefusalCode::duplicate_line);
        ASSERT_LT(std::stoll(line.refusal.data[0].second), line.line);
    }
    const LoadReport report = accepted(seen);
    EXPECT_EQ(report.load.differences, 0);
    EXPECT_TRUE(report.load.reconciled);
    EXPECT_EQ(ledger_->book().item_count(), 49'553U);
    const auto again = preview(path);
    EXPECT_EQ(again->plan->counts.unchanged, 49'553);
    EXPECT_TRUE(again->plan->changes_nothing());
}

TEST_F(SharedFiles, IMP_2_a_file_without_entity_name_or_currency_takes_constants) {
    const auto path = shared("data/receivables/ibm_late_payments.csv");
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "no shared files";
    const auto seen = preview(path, {{Field::entity, "MAIN"}, {Field::currency, "USD"}});
    EXPECT_EQ(seen->plan->counts.new_items, 2'466);
    EXPECT_EQ(seen->plan->counts.refused, 0);
    EXPECT_EQ(seen->formats.order, formats::DateOrder::month_first);
    EXPECT_EQ(accepted(seen).load.differences, 0);
}

TEST_F(SharedFiles, generated_books_go_in_with_the_mapping_proposed) {
    const auto source = shared("perf/gen/gen.cpp");
    if (!std::filesystem::exists(source)) GTEST_SKIP() << "no shared files";
    const std::string build = "g++-12 -O1 -std=c++20 '" + source.string() + "' -o '" +
                              (folder_ / "gen").string() + "' && '" + (folder_ / "gen").string() +
                              "' 1000 '" + folder_.string() + "' > /dev/null";
    ASSERT_EQ(std::system(build.c_str()), 0);
    EXPECT_EQ(accepted(preview(folder_ / "customers.csv")).load.counts.refused, 0);
    const auto documents = preview(folder_ / "documents.csv");
    EXPECT_EQ(documents->plan->counts.refused, 0);
    EXPECT_EQ(accepted(documents).load.differences, 0);
    const auto allocations = preview(folder_ / "allocations.csv");
    EXPECT_EQ(allocations->plan->counts.refused, 0);
    EXPECT_EQ(allocations->plan->counts.new_items, allocations->plan->counts.lines);
    EXPECT_GT(accepted(allocations).load.id.value, 0);
    const Snapshot book = ledger_->book();
    std::int64_t expected = 0;
    for (const char* name : {"documents.csv", "allocations.csv"}) {
        std::ifstream lines(folder_ / name);
        std::string line;
        std::getline(lines, line);
        const bool documents_file = std::string_view(name) == "documents.csv";
        while (std::getline(lines, line))
            expected += (documents_file ? 1 : -1) * std::stoll(line.substr(line.rfind(',') + 1));
    }
    std::int64_t open = 0;
    for (std::uint32_t row = 0; row < book.item_count(); ++row)
        open += book.open(*book.view(ItemRow{row}, known_now), {clock_.today(), known_now});
    EXPECT_EQ(open, expected);
}
