// The policy in the database: two programs on one company see each other's, and only one of two saves stands.
#include "collections/policy_store.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "collections/policy_json.h"
#include "store/test_database.h"

namespace countback::embedded {
std::span<const File> schema_access();
std::span<const File> schema_collections();
}  // namespace countback::embedded

namespace countback::collections {
namespace {

using store::TestDatabase;

class PolicyStoreTest : public testing::TestWithParam<TestDatabase::Kind> {
protected:
    PolicyStoreTest() : database_(GetParam()), clock_(*Date::of(2025, 3, 3)), audit_(clock_, crypto::Key{}) {
        const store::RoomSchema rooms[] = {{"access", embedded::schema_access()},
                                           {"collections", embedded::schema_collections()}};
        database_->migrate(rooms);
    }
    PolicyChange change(int gap, std::int64_t seen) const {
        PolicyChange made{{UserId{7}, "test"}, shipped_policy(), seen, "because"};
        made.policy.min_gap_days = gap;
        return made;
    }

    TestDatabase database_;
    FakeClock clock_;
    access::Audit audit_;
};

TEST_P(PolicyStoreTest, Col8TheShippedPolicyStandsUntilOneIsSavedAndTheOtherProgramSeesIt) {
    PolicyStore ours(*database_, clock_, &audit_);
    PolicyStore theirs(*database_, clock_, &audit_);
    EXPECT_EQ(ours.current()->version, 0);
    EXPECT_EQ(policy_document(*ours.current()), policy_document(shipped_policy()));
    const auto version = theirs.save(change(9, 0));
    ASSERT_TRUE(version);
    EXPECT_EQ(ours.current()->version, *version);
    EXPECT_EQ(ours.current()->min_gap_days, 9);
    EXPECT_EQ(ours.current(), ours.current());
    const auto late = ours.save(change(11, 0));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, RefusalCode::changed_meanwhile);
    EXPECT_EQ(ours.current()->min_gap_days, 9);
    const access::AuditCheck check = access::verify_audit(*database_->lease());
    EXPECT_EQ(check.lines, 1);
    EXPECT_FALSE(check.broken_at);
}

TEST_P(PolicyStoreTest, Col8OfTwoSavesAtOnceOneStands) {
    std::atomic<int> stood = 0;
    const auto save = [&](int gap) {
        PolicyStore store(*database_, clock_);
        if (store.save(change(gap, 0))) ++stood;
    };
    std::thread one(save, 8), other(save, 9);
    one.join();
    other.join();
    EXPECT_EQ(stood, 1);
    EXPECT_EQ(PolicyStore(*database_, clock_).current()->version, 1);
}

TEST_P(PolicyStoreTest, Col8WhatMayNotStandIsNotSaved) {
    PolicyStore store(*database_, clock_);
    PolicyChange wrong = change(7, 0);
    wrong.policy.scenarios[0].steps.clear();
    EXPECT_EQ(store.save(wrong).error().code, RefusalCode::scenario_empty);
    EXPECT_EQ(store.current()->version, 0);
}

INSTANTIATE_TEST_SUITE_P(Databases, PolicyStoreTest, testing::ValuesIn(TestDatabase::kinds()),
                         [](const auto& kind) {
                             return kind.param == TestDatabase::Kind::sqlite ? "sqlite" : "postgresql";
                         });

}  // namespace
}  // namespace countback::collections
