#include "main/post_office.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "base/text.h"
#include "collections/reminder_pages.h"
#include "correspondence/post.h"
#include "correspondence/sender_card.h"
#include "http/log.h"
#include "messaging/holder.h"
#include "messaging/routes.h"
#include "parties/directory.h"
#include "receivables/lists_names.h"

namespace countback {

namespace {

using collections::Verdict;
using correspondence::Message;
using correspondence::Signature;
using messaging::Judged;

/// Where the wall clock shows the same: the entities of one zone.
std::map<std::string, std::vector<EntityId>> zones(store::Connection& connection) {
    std::map<std::string, std::vector<EntityId>> zones;
    for (const Entity& entity : parties::entities(connection))
        zones[correspondence::sender_card(connection, entity).time_zone].push_back(entity.id);
    return zones;
}

/// MSG-3: the account's collector, else the credit manager, else the administrator. The one whom
/// the first start made has no mailbox and signs nothing: the company does.
const access::Profile* signer(const std::vector<access::Profile>& users, const std::string& collector) {
    const access::Profile* best = nullptr;
    const auto rank = [&](const access::Profile& user) {
        if (!collector.empty() && fold(user.name) == fold(collector)) return 0;
        if (user.role == access::Role::credit_manager) return 1;
        return user.role == access::Role::administrator ? 2 : 3;
    };
    for (const access::Profile& user : users) {
        if (user.email == access::no_mailbox) continue;
        if (rank(user) < 3 && (!best || rank(user) < rank(*best))) best = &user;
    }
    return best;
}

}  // namespace

PostOffice::PostOffice(Company& company, collections::Collections& collections)
    : company_(company),
      composer_(company.ledger(),
                {[this](CustomerId customer, LabelId collector) { return signature(customer, collector); },
                 [this](const correspondence::NewMessage& message) { return of_public_buyer(message); },
                 documents()}),
      reminders_(collections, composer_, {messaging::own_holder(), messaging::is_gone}),
      sender_(company.database(), company.clock(), company.key(), needs()) {}

PostOffice::~PostOffice() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

Signature PostOffice::signature(CustomerId customer, LabelId collector) {
    const auto connection = company_.database().lease();
    const auto settings = messaging::mail_settings(*connection);
    std::string name;
    if (collector) {
        if (const auto label = parties::label(*connection, collector)) name = label->text;
    }
    Signature signature;
    signature.from_address = settings.from_address;
    const auto users = company_.users().all();
    if (const access::Profile* user = signer(users, name))
        signature.person = {user->name, user->email.value_or("")};
    if (!settings.reply_domain.empty()) {
        const std::string id = std::to_string(customer.value);
        signature.reply_to = "replies+" + id + '.' +
                             crypto::mac_hex(company_.key(), "reply", id).substr(0, 16) + '@' +
                             settings.reply_domain;
    }
    return signature;
}

/// Where the company puts its invoices' own PDF.
correspondence::DocumentRules PostOffice::documents() {
    return {company_.data() / "documents", [this] {
                const auto settings = messaging::mail_settings(*company_.database().lease());
                return std::int64_t{settings.documents_megabytes_max} * 1'000'000;
            }};
}

/// LAW-1: the scenario shipped for public buyers, or a copy of it that kept its name's begin.
bool PostOffice::of_public_buyer(const correspondence::NewMessage& message) {
    auto& service = reminders_.service();
    const auto says = [](const collections::Scenario& one) { return one.code.starts_with("public_buyer"); };
    const auto policy = service.policy();
    if (const auto* scenario = policy->scenario(static_cast<int>(message.scenario))) return says(*scenario);
    auto query = collections::query_of(service, message.customer);  // outside: the one the customer is in
    query.moment.as_of = message.day;
    const auto run = service.decide(Perimeter::whole(), query);
    const auto* own = run.decisions.rows.empty() ? nullptr : run.decisions.rows.front().scenario;
    return own && says(*own);
}

locale::LocalTime PostOffice::local_time_of(EntityId id, Instant at) {
    ListNames names(company_.database());
    const std::string zone = correspondence::sender_card(names.connection(), names.entity(id)).time_zone;
    return locale::local_time(at, zone).value_or(*locale::local_time(at, ""));
}

/// COL-6: what the run asked for leaves in the hours of its step, a notice by day; what a person said yes to
/// leaves at once.
bool PostOffice::in_hours(const Message& message) {
    if (message.run == 0) return true;
    const auto policy = reminders_.service().policy();
    const auto* scenario = policy->scenario(static_cast<int>(message.scenario));
    const collections::Step* step = scenario ? scenario->step(message.step) : nullptr;
    const int hour = local_time_of(message.entity, company_.clock().now()).hour;
    const int from = step ? step->hour_from : collections::hour_from_default;
    const int to = step ? step->hour_to : collections::hour_to_default;
    return hour >= from && hour < to;
}

messaging::SenderNeeds PostOffice::needs() {
    messaging::SenderNeeds needs;
    const auto leaving = [this](Message message) {
        message.day = std::max(message.day, reminders_.service().today(message.entity));
        return message;  // what waited is written with the figures of the day it leaves
    };
    needs.compose = [this, leaving](store::Connection& connection, const Message& message) {
        return composer_.compose(connection, company_.ledger().book(), leaving(message), message.id);
    };
    needs.still_addressed = [this, leaving](store::Connection& connection, const Message& message,
                                            const correspondence::Content& content) {
        return composer_.still_addressed(connection, company_.ledger().book(), leaving(message), content);
    };
    needs.moved_since = [this](Instant frozen) {
        return correspondence::moved_since(company_.ledger().book(), frozen);
    };
    needs.still_right = [this](const Message& message) {
        company_.ledger().catch_up();
        if (!in_hours(message)) return Judged{Judged::What::later, "hours"};
        const Verdict verdict = reminders_.still_right(message);
        const auto& data = verdict.why.data;
        return Judged{static_cast<Judged::What>(verdict.what),
                      data.empty() ? std::string(name_of(verdict.why.code)) : data.front().second};
    };
    needs.completed = [this](store::Connection& connection, const Message& message, Instant now) {
        collections::Reminders::completed(connection, message, local_time_of(message.entity, now).day, now);
    };
    needs.demo = [this] { return company_.setting("demo") == "1"; };
    return needs;
}

void PostOffice::open() {
    sender_.start();
    thread_ = std::thread([this] { keep_hours(); });
}

void PostOffice::keep_hours() {
    std::unique_lock lock(mutex_);
    while (!ending_) {
        lock.unlock();
        try {
            take_up_runs();
            run_where_it_is_time();
        } catch (const std::exception& failure) {
            http::log_problem("night run", failure.what());
        }
        lock.lock();
        changed_.wait_for(lock, std::chrono::seconds(30), [this] { return ending_; });
    }
}

void PostOffice::take_up_runs() {
    company_.ledger().catch_up();
    if (reminders_.take_up() > 0) sender_.wake();
}

void PostOffice::run_where_it_is_time() {
    const Instant now = company_.clock().now();
    for (const auto& [zone, entities] : zones(*company_.database().lease())) {
        const auto local = locale::local_time(now, zone);
        if (!local || local->hour < run_hour || runs_made_[zone] == local->day) continue;
        company_.ledger().catch_up();
        if (company_.ledger().book().loads(known_now).empty()) return;
        Perimeter perimeter = Perimeter::whole();
        perimeter.all_entities = false;
        perimeter.entities = entities;
        const auto run =
            reminders_.run(perimeter, {{}, "schedule"}, {local->day, false, "schedule", entities});
        runs_made_[zone] = local->day;
        if (run) sender_.wake();
    }
}

void PostOffice::declare_routes(access::Gate& gate) {
    const auto name = [&users = company_.users()](UserId user) { return users.name_of(user); };
    const auto wake = [this] { sender_.wake(); };
    const auto completed = [](store::Connection& connection, const Message& message,
                              const correspondence::Completion& when) {
        collections::Reminders::completed(connection, message, when.day, when.at);
    };
    const auto day_of = [this](EntityId entity, Instant at) { return local_time_of(entity, at).day; };
    const auto no_longer_right = [right = needs().still_right](const Message& message) {
        const Judged judged = right(message);
        return judged.what == Judged::What::wrong ? judged.why : std::string();
    };
    correspondence::declare_routes(gate, std::make_shared<const correspondence::Post>(correspondence::Post{
                                             company_.ledger(), completed, wake, name, no_longer_right,
                                             composer_, company_.audit(), documents(), day_of}));
    const auto pages = std::make_shared<const collections::ReminderPages>(
        collections::ReminderPages{reminders_, name, wake});
    collections::declare_reminder_routes(gate, pages);
    const auto written_text = [pages](const access::Caller& caller, const http::Request& request) {
        return collections::text_on_customer(*pages, caller, request);
    };
    const auto without_bank = [&database = company_.database()] {
        const auto connection = database.lease();
        std::vector<std::string> codes;
        for (const Entity& entity : parties::entities(*connection)) {
            if (correspondence::sender_card(*connection, entity).iban.empty()) codes.push_back(entity.code);
        }
        return codes;
    };
    const auto address_of = [&users = company_.users()](UserId user) {
        return users.profile(user).email.value_or("");
    };
    messaging::declare_routes(gate, std::make_shared<const messaging::Mail>(messaging::Mail{
                                        company_.ledger(), company_.key(), sender_, needs().demo,
                                        written_text, without_bank, address_of}));
}

}  // namespace countback
