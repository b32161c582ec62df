// Where the rooms that write, decide and send are put together: the composer signs by the users, the sender
// asks decide once more, the night run keeps its hour.
#pragma once
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "access/gate.h"
#include "collections/reminders.h"
#include "locale/time_zone.h"
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
    bool of_public_buyer(const correspondence::NewMessage& message);
    correspondence::DocumentRules documents();
    bool in_hours(const correspondence::Message& message);
    messaging::SenderNeeds needs();
    void keep_hours();
    /// Runs of today that a process left unfinished.
    void take_up_runs();
    /// For the entities of each zone, from `run_hour` of the company's day on by their own clock.
    void run_where_it_is_time();
    locale::LocalTime local_time_of(EntityId entity, Instant at);

    Company& company_;
    correspondence::Composer composer_;
    collections::Reminders reminders_;
    messaging::Sender sender_;

    std::mutex mutex_;
    std::condition_variable changed_;
    bool ending_ = false;
    std::map<std::string, Date> runs_made_;  ///< by zone; the last day a run was made for
    std::thread thread_;
};

/// The hour by the entity's own clock from which the night run is made.
inline constexpr int run_hour = 5;

}  // namespace countback
