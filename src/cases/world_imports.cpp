// Files of a case: written line by line (`| …`), sent through the same service as the page's.
#include <fstream>
#include <set>

#include "cases/world.h"
#include "imports/service.h"
#include "parties/directory.h"

namespace countback::cases {

namespace {

imports::Sender case_sender() { return {Perimeter::whole(), {}, "case", "case", Language::en}; }

std::string refusals_of(const imports::LoadRecord& load) {
    std::string codes;
    for (const auto& line : load.refusals) {
        codes += (codes.empty() ? "" : ",") + std::string(countback::name_of(line.refusal.code));
    }
    return codes;
}

std::string note_count(const imports::LoadRecord& load, std::string_view code) {
    for (const imports::Note& note : load.notices) {
        if (note.code == code) return note.data.front().second;
    }
    return "0";
}

}  // namespace

/// `file first.csv` begins a file, `file + a;line;of it` adds to it.
void World::file(Words& words) {
    if (!words.begins_with("+")) {
        file_name_ = words.next("a file's name");
        words.finish();
        std::filesystem::create_directories(folder_);
        std::ofstream(folder_ / file_name_, std::ios::trunc).flush();
        return;
    }
    words.next("+");
    std::ofstream(folder_ / file_name_, std::ios::app) << words.rest() << '\n';
}

/// `import first.csv [mode stock] [of D] [accept guard_would_clear,new_entities] [mapping {…}]`
void World::import(Words& words) {
    imports::PreviewRequest request;
    request.file_name = words.next("a file");
    request.path = folder_ / request.file_name;
    request.scope.mode = words.value("mode").value_or("delta") == "stock" ? LoadMode::stock : LoadMode::delta;
    request.scope.as_of = words.date("of").value_or(clock_.today());
    std::set<std::string> accepted;
    for (const std::string& code : comma_list(words.value("accept").value_or(""))) accepted.insert(code);
    words.finish();
    const auto about = granted(imports_->inspect(request.path, request.file_name, {}));
    request.mapping = about.proposal.mapping;
    request.scope.kind = about.proposal.kind;
    const auto preview = granted(imports_->preview(case_sender(), request));
    before_last_ = ledger_->book().last_fact();
    report_ =
        std::make_unique<imports::LoadReport>(granted(imports_->apply(case_sender(), preview->id, accepted)));
    last_ = ledger_->book().last_fact();
    remember_imported();
}

/// The names that the file brought, so that later lines can use them.
void World::remember_imported() {
    const Snapshot book = ledger_->book();
    const auto connection = database_->lease();
    for (const Entity& entity : parties::entities(*connection)) {
        entities_[entity.code] = entity.id;
        parties::each_customer(*connection, entity.id,
                               [&](const Customer& one) { customers_[one.code] = one.id; });
    }
    constexpr store::Sql numbers{"cases_item_numbers", "select item_id, number from item_fact"};
    connection->each(numbers, {}, [&](const store::Row& row) {
        items_.insert_or_assign(std::string(row.text(1)), ItemId{row.integer(0)});
    });
}

void World::undo_load(Words& words) {
    words.finish();
    if (!report_) throw CaseFailure("nothing was loaded");
    *report_ = granted(imports_->undo(case_sender(), report_->load.id, "as told"));
}

/// `expect load new 2 changed 0 unchanged 1 cleared 0 refused 1 because duplicate_line differences 0`
void World::expect_load(Words& words) {
    if (!report_) throw CaseFailure("nothing was loaded");
    const imports::LoadRecord& load = report_->load;
    const std::array all{std::pair{"lines", load.counts.lines},
                         std::pair{"new", load.counts.new_items},
                         std::pair{"changed", load.counts.changed},
                         std::pair{"unchanged", load.counts.unchanged},
                         std::pair{"cleared", load.counts.cleared},
                         std::pair{"refused", load.counts.refused},
                         std::pair{"new_customers", load.counts.new_customers},
                         std::pair{"differences", load.differences}};
    for (const auto& [name, count] : all) {
        if (const auto wanted = words.value(name)) {
            expect_same(std::string(name) + " (" + refusals_of(load) + ")", *wanted, std::to_string(count));
        }
    }
    const std::pair<const char*, const char*> noted[] = {{"kept", "kept_here"},
                                                         {"replaced", "payments_replaced"},
                                                         {"late_payments", "payments_not_replaced"},
                                                         {"languages", "languages_unknown"}};
    for (const auto& [word, code] : noted) {
        if (const auto wanted = words.value(word)) expect_same(word, *wanted, note_count(load, code));
    }
    if (const auto code = words.value("because")) {
        expect_same("refusals", *code, refusals_of(load));
    }
    if (words.flag("undone")) expect_same("undone", "yes", load.undone ? "yes" : "no");
    words.finish();
}

}  // namespace countback::cases
