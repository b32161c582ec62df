#include "messaging/sender.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>

#include "correspondence/schemas.h"
#include "formats/mime.h"
#include "store/test_database.h"

namespace countback::embedded {
std::span<const File> schema_messaging();
}  // namespace countback::embedded

namespace countback::messaging {
namespace {

using correspondence::MessageState;
using correspondence::NewMessage;

constexpr std::int64_t minute = 60'000'000;

class MovedClock final : public Clock {
public:
    Instant now() const override { return {micros.load()}; }
    Date today() const override { return *Date::of(2026, 3, 18); }
    std::atomic<std::int64_t> micros{1'773'800'000'000'000};
};

/// What reached the mail server, by recipient.
struct Taken {
    std::mutex mutex;
    std::multiset<std::string> recipients;
    std::size_t at_most_once() {
        const std::set<std::string> different(recipients.begin(), recipients.end());
        return different.size() == recipients.size() ? different.size() : 0;
    }
};

class Taker final : public Transport {
public:
    explicit Taker(Taken& taken) : taken_(taken) {}
    net::SendResult send(const net::Envelope& envelope) override {
        const std::lock_guard lock(taken_.mutex);
        for (const std::string& one : envelope.recipients) taken_.recipients.insert(one);
        net::SendResult result;
        result.outcome = net::SendOutcome::sent;
        result.code = 250;
        return result;
    }

private:
    Taken& taken_;
};

class SenderTest : public testing::TestWithParam<store::TestDatabase::Kind> {
protected:
    SenderTest() : temporary_(GetParam()) {
        migrate_receivables(*temporary_);
        correspondence::migrate_correspondence(*temporary_);
        const store::RoomSchema rooms[] = {{"messaging", embedded::schema_messaging()}};
        temporary_->migrate(rooms);
        pace(10'000);
    }

    void pace(int per_minute) {
        MailSettings settings;
        settings.host = "mail.desk.test";
        settings.from_address = "ar@desk.test";
        settings.per_minute_and_domain = per_minute;
        const auto connection = temporary_->lease();
        save_settings(*connection, settings, {}, clock_.now());
    }
    void ask_for(int count, int domains) {
        std::vector<NewMessage> all;
        for (int number = 0; number < count; ++number) {
            NewMessage one;
            one.customer = CustomerId{number + 1};
            one.entity = EntityId{1};
            one.channel = "email";
            one.template_code = "reminder_1";
            one.day = clock_.today();
            one.step = "c" + std::to_string(number) + "@d" + std::to_string(number % domains) + ".test";
            one.live_key = "key" + std::to_string(number);
            all.push_back(std::move(one));
        }
        const auto connection = temporary_->lease();
        store::Transaction transaction(*connection);
        correspondence::request_all(*connection, all, {}, clock_.now());
        transaction.commit();
    }
    SenderNeeds needs() {
        SenderNeeds needs;
        needs.compose = [this](store::Connection&, const Message& message) -> Result<Content> {
            Content content;
            content.to = {{"", message.step}};
            content.from = {"Us", "ar@desk.test"};
            content.message_id = std::to_string(message.id.value) + "@desk.test";
            content.subject = "Reminder";
            content.text = words_;
            return content;
        };
        needs.still_right = [](const Message&) { return Judged{}; };
        needs.demo = [] { return false; };
        return needs;
    }
    Sender sender() {
        return Sender(*temporary_, clock_, {}, needs(),
                      [this](const net::SmtpSettings&) { return std::make_unique<Taker>(taken_); });
    }
    std::int64_t standing(MessageState state) {
        return correspondence::counts(*temporary_->lease(), [](CustomerId) { return true; })[state];
    }

    store::TestDatabase temporary_;
    MovedClock clock_;
    Taken taken_;
    std::string words_ = "Please pay.\n";
};

TEST_P(SenderTest, forty_thousand_due_at_once_are_taken_a_few_at_a_time) {
    ask_for(40'000, 400);
    auto one = sender();
    const auto begun = std::chrono::steady_clock::now();
    for (int look = 0; look < 8; ++look) EXPECT_LE(one.work_once(), 25);
    const auto took = std::chrono::steady_clock::now() - begun;
    EXPECT_EQ(taken_.at_most_once(), 200U);
    EXPECT_EQ(standing(MessageState::sent), 200);
    EXPECT_EQ(standing(MessageState::requested), 39'800);
    EXPECT_LT(took, std::chrono::seconds(20)) << "a look at a long queue is as quick as at a short one";
}

TEST_P(SenderTest, a_domain_gets_no_more_than_its_pace_and_loses_nothing) {
    pace(2);
    ask_for(60, 1);
    auto one = sender();
    for (int look = 0; look < 5; ++look) one.work_once();
    EXPECT_EQ(taken_.at_most_once(), 1U);
    for (int minutes = 0; minutes < 120 && standing(MessageState::sent) < 60; ++minutes) {
        clock_.micros += minute;
        for (int look = 0; look < 4; ++look) one.work_once();
        EXPECT_LE(taken_.recipients.size(), static_cast<std::size_t>(2 * (minutes + 1) + 1));
    }
    EXPECT_EQ(taken_.at_most_once(), 60U);
}

TEST_P(SenderTest, what_waits_for_its_pace_is_written_anew_when_the_ledger_learns_something) {
    pace(1);
    ask_for(2, 1);
    bool moved = false;
    auto with_book = needs();
    with_book.moved_since = [&](Instant) { return moved; };
    Sender one(*temporary_, clock_, {}, with_book,
               [this](const net::SmtpSettings&) { return std::make_unique<Taker>(taken_); });
    one.work_once();
    ASSERT_EQ(standing(MessageState::reserved), 1);
    words_ = "Please pay less.\n";
    clock_.micros += 2 * minute;
    const auto text_of = [&](std::int64_t id) {
        return correspondence::content(*temporary_->lease(), MessageId{id})->text;
    };
    moved = true;
    one.work_once();
    EXPECT_EQ(taken_.at_most_once(), 2U);
    EXPECT_EQ(text_of(1), "Please pay.\n");
    EXPECT_EQ(text_of(2), "Please pay less.\n");
}

/// A server that takes nothing from us.
class Refuser final : public Transport {
public:
    explicit Refuser(int& asked) : asked_(asked) {}
    net::SendResult send(const net::Envelope&) override {
        ++asked_;
        net::SendResult result;
        result.outcome = net::SendOutcome::not_connected;
        result.cause = net::SendCause::sender_refused;
        result.code = 553;
        return result;
    }

private:
    int& asked_;
};

TEST_P(SenderTest, a_server_that_refuses_us_fails_nothing_is_asked_seldom_and_forgotten_with_other_settings) {
    ask_for(30, 3);
    int asked = 0;
    bool refuses = true;
    Sender one(*temporary_, clock_, {}, needs(), [&](const net::SmtpSettings&) -> std::unique_ptr<Transport> {
        if (refuses) return std::make_unique<Refuser>(asked);
        return std::make_unique<Taker>(taken_);
    });
    for (int round = 0; round < 200; ++round) {
        one.work_once();
        clock_.micros += minute;
    }
    EXPECT_GE(asked, 14);
    EXPECT_LE(asked, 18);
    EXPECT_EQ(standing(MessageState::failed), 0);
    refuses = false;
    pace(5'000);
    for (int round = 0; round < 10; ++round) {
        one.work_once();
        clock_.micros += minute / 10;
    }
    EXPECT_EQ(taken_.at_most_once(), 30U);
}

TEST_P(SenderTest, a_paused_company_sends_nothing_and_goes_on_where_it_was) {
    ask_for(10, 2);
    EXPECT_TRUE(pause_sending(*temporary_->lease(), clock_.now()));
    EXPECT_FALSE(pause_sending(*temporary_->lease(), clock_.now()));
    Sender one = sender();
    one.work_once();
    EXPECT_EQ(taken_.recipients.size(), 0U);
    pace(10'000);
    clock_.micros += minute;
    one.work_once();
    EXPECT_EQ(taken_.at_most_once(), 10U);
}

TEST_P(SenderTest, two_servers_at_one_queue_send_each_message_once) {
    ask_for(200, 200);
    auto first = sender();
    auto second = sender();
    const auto work = [](Sender& one) {
        for (int idle = 0; idle < 3;) idle = one.work_once() > 0 ? 0 : idle + 1;
    };
    std::thread other([&] { work(second); });
    work(first);
    other.join();
    EXPECT_EQ(taken_.at_most_once(), 200U);
    EXPECT_EQ(standing(MessageState::sent), 200);
}

TEST_P(SenderTest, a_clock_put_back_or_forward_doubles_nothing_and_holds_nothing) {
    pace(1);
    ask_for(3, 1);
    auto one = sender();
    one.work_once();
    EXPECT_EQ(taken_.at_most_once(), 1U);
    clock_.micros -= 60 * minute;
    ask_for(1, 1);  // the same keys: nothing new
    EXPECT_EQ(standing(MessageState::requested) + standing(MessageState::reserved), 2);
    clock_.micros += 63 * minute;
    for (int look = 0; look < 3; ++look) one.work_once();
    clock_.micros += 600 * minute;
    for (int look = 0; look < 3; ++look) one.work_once();
    clock_.micros += 2 * minute;
    for (int look = 0; look < 3; ++look) one.work_once();
    EXPECT_EQ(taken_.at_most_once(), 3U);
    EXPECT_EQ(standing(MessageState::sent), 3);
}

TEST_P(SenderTest, after_a_clock_was_put_back_new_messages_leave_at_once) {
    pace(1);
    ask_for(1, 1);
    auto one = sender();
    one.work_once();
    clock_.micros -= 24 * 60 * minute;
    std::vector<NewMessage> more(1);
    more[0].customer = CustomerId{9};
    more[0].entity = EntityId{1};
    more[0].channel = "email";
    more[0].day = clock_.today();
    more[0].step = "late@d0.test";
    {
        const auto connection = temporary_->lease();
        store::Transaction transaction(*connection);
        correspondence::request_all(*connection, more, {}, clock_.now());
        transaction.commit();
    }
    one.work_once();
    EXPECT_EQ(taken_.at_most_once(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Databases, SenderTest, testing::ValuesIn(store::TestDatabase::kinds()));

}  // namespace
}  // namespace countback::messaging
