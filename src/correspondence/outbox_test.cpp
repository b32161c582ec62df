#include "correspondence/outbox.h"

#include <gtest/gtest.h>

#include "correspondence/schemas.h"
#include "store/test_database.h"

namespace countback::correspondence {
namespace {

class OutboxTest : public testing::TestWithParam<store::TestDatabase::Kind> {
protected:
    OutboxTest() : temporary_(GetParam()) {
        migrate_receivables(*temporary_);
        migrate_correspondence(*temporary_);
    }
    template <class Do>
    auto in_transaction(Do what) {
        const auto connection = temporary_->lease();
        store::Transaction transaction(*connection);
        auto answer = what(*connection);
        transaction.commit();
        return answer;
    }
    static NewMessage reminder(std::string key) {
        NewMessage message;
        message.customer = CustomerId{7};
        message.entity = EntityId{1};
        message.channel = "email";
        message.template_code = "reminder_1";
        message.to = {"payables", "executive"};
        message.day = *Date::of(2026, 3, 2);
        message.items = {{ItemId{5}, {12'000, *Currency::parse("EUR")}}};
        message.live_key = std::move(key);
        return message;
    }
    MessageId requested(const std::string& key) {
        return in_transaction([&](store::Connection& connection) {
            return *request(connection, reminder(key), UserId{1}, Instant{1});
        });
    }
    MessageState state_of(MessageId id) { return message(*temporary_->lease(), id)->state; }
    void happen(MessageId id, MessageState state, Instant now) {
        in_transaction([&](store::Connection& connection) {
            record(connection, id, {state, {}, {}, {}}, now);
            return 0;
        });
    }
    std::vector<MessageId> claimed(Instant now, Instant until) {
        return in_transaction([&](store::Connection& connection) {
            return claim(connection, {"me", now, until, 10});
        });
    }

    store::TestDatabase temporary_;
};

TEST_P(OutboxTest, TheSameRequestStandsOnceUntilItIsCancelled) {
    const MessageId first = requested("a");
    const auto again = in_transaction([&](store::Connection& connection) {
        return request(connection, reminder("a"), UserId{1}, Instant{2});
    });
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, RefusalCode::message_stands);
    happen(first, MessageState::cancelled, Instant{3});
    EXPECT_NE(requested("a"), first);
}

TEST_P(OutboxTest, AMessageIsReadAsItWasAskedFor) {
    const MessageId id = requested("a");
    const auto read = message(*temporary_->lease(), id);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->to, (std::vector<std::string>{"payables", "executive"}));
    ASSERT_EQ(read->items.size(), 1U);
    EXPECT_EQ(read->items.front().amount.minor, 12'000);
    EXPECT_EQ(read->state, MessageState::requested);
    EXPECT_EQ(story(*temporary_->lease(), id).size(), 1U);
}

TEST_P(OutboxTest, AClaimKeepsOthersAwayUntilItIsOver) {
    const MessageId id = requested("a");
    EXPECT_EQ(claimed(Instant{10}, Instant{20}), std::vector{id});
    EXPECT_TRUE(claimed(Instant{15}, Instant{25}).empty());
    EXPECT_EQ(claimed(Instant{21}, Instant{30}), std::vector{id});
}

TEST_P(OutboxTest, WhatAProcessLeftInSendingIsAmbiguousAndNeverClaimedAgain) {
    const MessageId id = requested("a");
    claimed(Instant{10}, Instant{20});
    happen(id, MessageState::sending, Instant{11});
    const auto settled = [&](Instant now) {
        return in_transaction(
            [&](store::Connection& connection) { return settle_abandoned(connection, now); });
    };
    EXPECT_EQ(settled(Instant{15}), 0);
    EXPECT_EQ(settled(Instant{21}), 1);
    EXPECT_EQ(state_of(id), MessageState::ambiguous);
    EXPECT_TRUE(claimed(Instant{30}, Instant{40}).empty());
}

TEST_P(OutboxTest, WaitingIsNotTakenBeforeItsTime) {
    const MessageId id = requested("a");
    in_transaction([&](store::Connection& connection) {
        record(connection, id, {MessageState::waiting, "451", {}, Instant{100}}, Instant{10});
        return 0;
    });
    EXPECT_TRUE(claimed(Instant{50}, Instant{60}).empty());
    EXPECT_EQ(claimed(Instant{100}, Instant{160}), std::vector{id});
}

TEST_P(OutboxTest, FrozenContentComesBackByteForByte) {
    const MessageId id = requested("a");
    Content content;
    content.language = "fr";
    content.to = {{"Léa 王", "lea@acme.test"}};
    content.from = {"Ana", "ar@desk.test"};
    content.subject = "Relance";
    content.text = "Bonjour\n";
    content.attachments = {{"relevé.pdf", "application/pdf", std::string("a\0b", 3), {}}};
    in_transaction([&](store::Connection& connection) {
        freeze(connection, id, content, Instant{1});
        return 0;
    });
    const auto read = correspondence::content(*temporary_->lease(), id);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->to.front().name, "Léa 王");
    EXPECT_EQ(read->attachments.front().bytes, std::string("a\0b", 3));
    EXPECT_EQ(read->digest, digest_of(*read));
}

INSTANTIATE_TEST_SUITE_P(Databases, OutboxTest, testing::ValuesIn(store::TestDatabase::kinds()));

}  // namespace
}  // namespace countback::correspondence
