// The company of one case: an empty database, a clock that stands where the case says, the real services.
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "access/audit.h"
#include "base/clock.h"
#include "cases/words.h"
#include "collections/reminders.h"
#include "messaging/sender.h"
#include "parties/types.h"
#include "receivables/ledger.h"
#include "store/test_database.h"

namespace countback::imports {
class Changes;
class Imports;
struct LoadReport;
}  // namespace countback::imports

namespace countback::cases {

class World {
public:
    explicit World(store::TestDatabase::Kind kind);
    ~World();

    /// One line of the case. Throws CaseFailure.
    void carry_out(const std::string& line);

private:
    using Handler = void (World::*)(Words&);
    static const std::map<std::string, Handler, std::less<>>& handlers();

    // settings and parties
    void today(Words& words);
    void entity(Words& words);
    void scenario(Words& words);
    void policy(Words& words);
    void rule(Words& words);
    void customer(Words& words);
    // facts of the ledger
    void item(Words& words, ItemType type);
    void invoice(Words& words) { item(words, ItemType::invoice); }
    void credit(Words& words) { item(words, ItemType::credit_note); }
    void payment(Words& words) { item(words, ItemType::payment); }
    void misc(Words& words) { item(words, ItemType::misc); }
    void draft(Words& words) { item(words, ItemType::draft); }
    void late_fee(Words& words) { item(words, ItemType::late_fee); }
    void down_payment_request(Words& words) { item(words, ItemType::down_payment_request); }
    void allocate(Words& words);
    void take_back(Words& words);
    void correct(Words& words);
    void load(Words& words);
    void undo(Words& words);
    // standings and steps
    void standing(Words& words, StandingKind kind);
    void promise(Words& words) { standing(words, StandingKind::promise); }
    void dispute(Words& words) { standing(words, StandingKind::dispute); }
    void stop(Words& words) { standing(words, StandingKind::stop); }
    void plan(Words& words) { standing(words, StandingKind::plan); }
    void processing(Words& words) { standing(words, StandingKind::processing); }
    void litigation(Words& words) { standing(words, StandingKind::litigation); }
    void proposal(Words& words) { standing(words, StandingKind::proposal); }
    void paying(Words& words) { standing(words, StandingKind::payment_in_progress); }
    void insolvency(Words& words) { standing(words, StandingKind::insolvency); }
    void end(Words& words);
    void done(Words& words) { mark(words, collections::StepMark::What::done); }
    void skip(Words& words) { mark(words, collections::StepMark::What::skipped); }
    void mark(Words& words, collections::StepMark::What what);
    void unmark(Words& words);
    void make_run(Words& words);
    void confirm(Words& words);
    void send(Words& words);
    void act(Words& words);
    void write_own(Words& words);
    void save_text(Words& words);
    void choose(Words& words);
    void call(Words& words);
    void group(Words& words);
    void centre(Words& words);
    void edit(Words& words);
    void save(Words& words);
    void own(Words& words);
    void own_done(Words& words) { end_own(words, collections::SpecificEnd::done); }
    void own_cancelled(Words& words) { end_own(words, collections::SpecificEnd::cancelled); }
    void end_own(Words& words, collections::SpecificEnd how);
    void snooze(Words& words);
    void noticed(Words& words);
    void run(Words& words) { words.finish(); }
    // files
    void file(Words& words);
    void import(Words& words);
    void undo_load(Words& words);
    // what a person changes
    void change(Words& words);
    void give_back(Words& words);
    void contact(Words& words);
    void paid(Words& words);
    // what must hold
    void expect(Words& words);
    void refused(Words& words);
    void expect_decision(Words& words, const std::string& outcome);
    void expect_level(Words& words);
    void expect_promise(Words& words);
    void expect_open(Words& words);
    void expect_ageing(Words& words);
    void expect_dso(Words& words);
    void expect_waterfall(Words& words);
    void expect_kpi(Words& words);
    void expect_behaviour(Words& words);
    void expect_load(Words& words);
    void expect_field(Words& words);
    void expect_contacts(Words& words);
    void expect_due_date(Words& words);
    void expect_replaced(Words& words);
    void expect_working_day(Words& words);
    void expect_notice(Words& words);
    void expect_replay(Words& words);
    void expect_message(Words& words);
    void expect_messages(Words& words);
    void expect_taken(Words& words);
    void expect_did(Words& words);
    void expect_sections(Words& words);
    void expect_penalty(Words& words);
    collections::Reminders& reminders();
    correspondence::Message last_message(CustomerId customer);

    template <class T>
    T granted(Result<T> result) {
        if (!result) throw result.error();
        if constexpr (!std::is_void_v<T>) return std::move(*result);
    }
    void write(const std::function<Result<void>(Writing&)>& decide);
    EntityId entity_named(const std::string& code);
    CustomerId customer_named(const std::string& code);
    ItemId item_named(const std::string& number);
    ItemView view_of(const std::string& number);
    bool is_item(const std::string& name) const { return items_.contains(name); }
    LabelId label_of(LabelKind kind, const std::string& text);
    collections::DecidedRun decide(CustomerId customer);
    std::string number_of(ItemId item) const;
    Moment moment_of(Words& words);
    void check_details(Words& words, const collections::Decision& decision);
    void remember_imported();
    imports::Changes& changes();

    store::TestDatabase database_;
    FakeClock clock_;
    std::unique_ptr<Ledger> ledger_;
    std::unique_ptr<collections::Collections> collections_;
    std::unique_ptr<correspondence::Composer> composer_;
    std::unique_ptr<collections::Reminders> reminders_;
    std::vector<std::string> letters_;  ///< what the mail server took
    collections::Policy policy_;
    std::map<std::string, EntityId> entities_;
    std::map<std::string, CustomerId> customers_;
    std::map<std::string, ItemId> items_;
    std::map<CustomerId, std::int64_t> marks_;     ///< the last one on each
    std::map<std::string, StandingId> standings_;  ///< "promise F-001"
    FactNo before_last_, last_;  ///< facts of the last writing: after the first, up to the second
    std::filesystem::path folder_;
    std::string file_name_;
    std::unique_ptr<imports::Imports> imports_;
    std::unique_ptr<imports::LoadReport> report_;
    std::unique_ptr<access::Audit> audit_;
    std::unique_ptr<imports::Changes> changes_;
};

}  // namespace countback::cases
