// ACC-1, ACC-2, LED-4: users, links, sessions and the chain.
#include "access/users.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "access/queries.h"
#include "crypto/random.h"

namespace countback::embedded {
std::span<const File> schema_access();
}

namespace countback::access {
namespace {

class MovedClock final : public Clock {
public:
    Instant now() const override { return {micros}; }
    Date today() const override { return Date(static_cast<std::int32_t>(micros / 86'400'000'000LL)); }
    void minutes(std::int64_t count) { micros += count * 60'000'000; }
    std::int64_t micros = 1'775'000'000'000'000;
};

constexpr store::Sql forge{"test_forge", "update access_audit set user_id = 99 where number = 2"};
constexpr store::Sql cut{"test_cut", "delete from access_audit where number = 2"};
constexpr store::Sql erase{"test_erase",
                           "update access_person set name = '', email = null where user_id = $1"};
constexpr store::Sql forget_origins{"test_forget_origins", "update access_origin set address = ''"};
constexpr store::Sql tokens{"test_tokens", "select count(*) from access_session where token_hash = $1"};

class UsersTest : public testing::Test {
protected:
    UsersTest()
        : file_(std::filesystem::temp_directory_path() /
                ("countback-users-" + crypto::random_hex(6) + ".db")) {
        database_ = store::Database::open(file_.string());
        const store::RoomSchema rooms[] = {{"access", embedded::schema_access()}};
        database_->migrate(rooms);
        users_ = std::make_unique<Users>(*database_, clock_, key_);
        ada_ = *users_->add({"Ada", "Ada@desk.test", Role::administrator, Language::fr}, here_);
    }
    ~UsersTest() override {
        users_.reset();
        database_.reset();
        for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + ending);
    }
    static std::string_view refused(const auto& result) {
        return result ? "granted" : name_of(result.error().code);
    }

    std::filesystem::path file_;
    MovedClock clock_;
    crypto::Key key_{};
    std::unique_ptr<store::Database> database_;
    std::unique_ptr<Users> users_;
    const Origin here_{UserId{}, "command line"};
    UserId ada_;
};

TEST_F(UsersTest, EmailsAreUniqueWhateverTheirCase) {
    EXPECT_EQ(users_->find(" ada@DESK.test "), ada_);
    EXPECT_EQ(refused(users_->add({"Other", "ADA@desk.test"}, here_)), "user_exists");
    EXPECT_EQ(refused(users_->add({"Other", "no address"}, here_)), "field_invalid");
    EXPECT_EQ(refused(users_->add({" ", "b@desk.test"}, here_)), "field_invalid");
    EXPECT_EQ(users_->all().size(), 1U);
}

TEST_F(UsersTest, ALinkWorksOnceAndWithinTheHour) {
    const std::string token = users_->make_link(ada_, here_);
    const auto opened = users_->sign_in_with_link(token, "192.0.2.1");
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->session.caller.user, ada_);
    EXPECT_EQ(opened->session.caller.language, Language::fr);
    EXPECT_TRUE(opened->session.caller.perimeter.all_entities);
    EXPECT_EQ(refused(users_->sign_in_with_link(token, "192.0.2.1")), "link_expired");
    const std::string late = users_->make_link(ada_, here_);
    clock_.minutes(60);
    EXPECT_EQ(refused(users_->sign_in_with_link(late, "192.0.2.1")), "link_expired");
    const std::string in_time = users_->make_link(ada_, here_);
    clock_.minutes(59);
    EXPECT_TRUE(users_->sign_in_with_link(in_time, "192.0.2.1"));
}

TEST_F(UsersTest, SessionsEndByThemselvesAndTokensAreNotKept) {
    const auto opened = users_->sign_in_with_link(users_->make_link(ada_, here_), "192.0.2.1");
    ASSERT_TRUE(opened);
    EXPECT_EQ(database_->lease()->integer(tokens, {opened->token}), 0);
    ASSERT_TRUE(users_->session(opened->token));
    EXPECT_EQ(users_->session(opened->token)->csrf, opened->session.csrf);
    clock_.minutes(session_hours * 60 - 1);
    EXPECT_TRUE(users_->session(opened->token));
    clock_.minutes(1);
    EXPECT_FALSE(users_->session(opened->token));
    EXPECT_FALSE(users_->session(""));
}

TEST_F(UsersTest, GuessesAreCountedByAddressAndForgottenAfterTenMinutes) {
    ASSERT_TRUE(users_->set_password(ada_, "correct horse battery", here_));
    for (int count = 0; count < 10; ++count) {
        EXPECT_EQ(refused(users_->sign_in_with_password("ada@desk.test", "a wrong guess", "192.0.2.7")),
                  "sign_in_failed");
    }
    EXPECT_EQ(refused(users_->sign_in_with_password("ada@desk.test", "correct horse battery", "192.0.2.7")),
              "too_many_attempts");
    EXPECT_TRUE(users_->sign_in_with_password("ada@desk.test", "correct horse battery", "192.0.2.8"));
    EXPECT_TRUE(users_->sign_in_with_link(users_->make_link(ada_, here_), "192.0.2.7"));
    EXPECT_EQ(refused(users_->sign_in_with_password("bob@desk.test", "a wrong guess", "192.0.2.7")),
              "sign_in_failed")
        << "a colleague behind the same address may still try";
    clock_.minutes(10);
    EXPECT_TRUE(users_->sign_in_with_password("ada@desk.test", "correct horse battery", "192.0.2.7"));
    EXPECT_EQ(
        refused(users_->sign_in_with_password("nobody@desk.test", "correct horse battery", "192.0.2.7")),
        "sign_in_failed");
}

TEST_F(UsersTest, EveryChangeIsALineOfTheChain) {
    const auto opened = users_->sign_in_with_link(users_->make_link(ada_, here_), "192.0.2.1");
    users_->set_language(opened->session.caller, Language::en, "192.0.2.1");
    users_->sign_out(opened->session.caller, "192.0.2.1");
    const auto check = verify_audit(*database_->lease());
    EXPECT_EQ(check.lines, 5);
    EXPECT_FALSE(check.broken_at);
}

TEST_F(UsersTest, ErasingAPersonLeavesTheChainWhole) {
    users_->make_link(ada_, here_);
    database_->lease()->run(erase, {ada_.value});
    database_->lease()->run(forget_origins);
    EXPECT_FALSE(verify_audit(*database_->lease()).broken_at);
    EXPECT_EQ(users_->find("ada@desk.test"), std::nullopt);
}

TEST_F(UsersTest, AChangedOrMissingLineIsFound) {
    users_->make_link(ada_, here_);
    users_->make_link(ada_, here_);
    EXPECT_EQ(verify_audit(*database_->lease()).lines, 3);
    database_->lease()->run(forge);
    EXPECT_EQ(verify_audit(*database_->lease()).broken_at, 2);
    database_->lease()->run(cut);
    EXPECT_EQ(verify_audit(*database_->lease()).broken_at, 3);
}

TEST_F(UsersTest, ChangingAPasswordEndsOtherSessionsOnly) {
    const auto first = users_->sign_in_with_link(users_->make_link(ada_, here_), "192.0.2.1");
    const auto second = users_->sign_in_with_link(users_->make_link(ada_, here_), "192.0.2.1");
    const Caller& caller = first->session.caller;
    EXPECT_EQ(refused(users_->change_password(caller, std::nullopt, "eleven char", "192.0.2.1")),
              "password_too_short");
    ASSERT_TRUE(users_->change_password(caller, std::nullopt, "correct horse battery", "192.0.2.1"));
    EXPECT_TRUE(users_->session(first->token));
    EXPECT_FALSE(users_->session(second->token));
    EXPECT_EQ(refused(users_->change_password(caller, "wrong one here", "another long one", "192.0.2.1")),
              "password_wrong");
    EXPECT_TRUE(users_->change_password(caller, "correct horse battery", "another long one", "192.0.2.1"));
}

}  // namespace
}  // namespace countback::access
