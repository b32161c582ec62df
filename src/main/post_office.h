// Where the rooms that write, decide and send are put together: the composer signs by the users, the sender
// asks decide once more, the night run keeps its hour.
#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "access/gate.h"
#include "collections/reminders.h"
#include "main/company.h"
#include "messaging/sender.h"

namespace countback {

class PostOffice {
public:
    PostOffice(Company& company, collections::Collections& collections);
    ~PostOffice();
    PostOffice(const PostOffice&) = delete;
    PostOffice& operator=(const PostOffice&) = delete;

    /// Sends, and makes the night run, in threads of their own until the object ends.
    void open();
    void declare_routes(access::Gate& gate);
    collections::Reminders& reminders() { return reminders_; }
    messaging::Sender& sender() { return sender_; }

private:
    correspondence::Signature signature(CustomerId customer, LabelId collector);
    std::optional<correspondence::PenaltyShown> penalties(const Snapshot& book, AccountRow account,
                                                          const correspondence::NewMessage& message);
    bool in_hours(const correspondence::Message& message);
    messaging::SenderNeeds needs();
    void keep_hours();
    void run_of_today();

    Company& company_;
    correspondence::Composer composer_;
    collections::Reminders reminders_;
    messaging::Sender sender_;

    std::mutex mutex_;
    std::condition_variable changed_;
    bool ending_ = false;
    Date run_made_;
    std::thread thread_;
};

/// The hour of the company's day from which the night run is made.
inline constexpr int run_hour = 5;

}  // namespace countback
