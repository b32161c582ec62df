#include "cases/world.h"

#include <array>

#include "imports/changes.h"
#include "imports/service.h"
#include "locale/texts.h"
#include "parties/directory.h"

namespace countback::embedded {
std::span<const File> schema_access();
std::span<const File> schema_parties();
std::span<const File> schema_receivables();
std::span<const File> schema_collections();
std::span<const File> schema_correspondence();
std::span<const File> schema_messaging();
std::span<const File> schema_imports();
}  // namespace countback::embedded

namespace countback::cases {

namespace {

std::filesystem::path new_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "countback-case-XXXXXX").string();
    return mkdtemp(name.data());
}

}  // namespace

World::World(store::TestDatabase::Kind kind)
    : database_(kind),
      clock_(*Date::of(2025, 1, 1)),
      policy_(collections::shipped_policy()),
      folder_(new_folder()) {
    const std::array rooms{store::RoomSchema{"access", embedded::schema_access()},
                           store::RoomSchema{"parties", embedded::schema_parties()},
                           store::RoomSchema{"receivables", embedded::schema_receivables()},
                           store::RoomSchema{"correspondence", embedded::schema_correspondence()},
                           store::RoomSchema{"messaging", embedded::schema_messaging()},
                           store::RoomSchema{"collections", embedded::schema_collections()},
                           store::RoomSchema{"imports", embedded::schema_imports()}};
    database_->migrate(rooms);
    ledger_ = std::make_unique<Ledger>(*database_, clock_);
    collections_ = std::make_unique<collections::Collections>(*ledger_, policy_);
    imports_ = std::make_unique<imports::Imports>(*ledger_, folder_ / "imports");
}

World::~World() { std::filesystem::remove_all(folder_); }

const std::map<std::string, World::Handler, std::less<>>& World::handlers() {
    static const std::map<std::string, Handler, std::less<>> all{
        {"today", &World::today},
        {"entity", &World::entity},
        {"scenario", &World::scenario},
        {"policy", &World::policy},
        {"rule", &World::rule},
        {"customer", &World::customer},
        {"invoice", &World::invoice},
        {"credit", &World::credit},
        {"payment", &World::payment},
        {"misc", &World::misc},
        {"draft", &World::draft},
        {"late_fee", &World::late_fee},
        {"down_payment_request", &World::down_payment_request},
        {"allocate", &World::allocate},
        {"take_back", &World::take_back},
        {"correct", &World::correct},
        {"load", &World::load},
        {"undo", &World::undo},
        {"promise", &World::promise},
        {"dispute", &World::dispute},
        {"stop", &World::stop},
        {"plan", &World::plan},
        {"processing", &World::processing},
        {"litigation", &World::litigation},
        {"proposal", &World::proposal},
        {"payment_in_progress", &World::paying},
        {"insolvency", &World::insolvency},
        {"end", &World::end},
        {"done", &World::done},
        {"skip", &World::skip},
        {"unmark", &World::unmark},
        {"run", &World::make_run},
        {"confirm", &World::confirm},
        {"send", &World::send},
        {"act", &World::act},
        {"choose", &World::choose},
        {"call", &World::call},
        {"group", &World::group},
        {"centre", &World::centre},
        {"edit", &World::edit},
        {"save", &World::save},
        {"own", &World::own},
        {"own_done", &World::own_done},
        {"own_cancelled", &World::own_cancelled},
        {"snooze", &World::snooze},
        {"noticed", &World::noticed},
        {"change", &World::change},
        {"give_back", &World::give_back},
        {"contact", &World::contact},
        {"paid", &World::paid},
        {"file", &World::file},
        {"import", &World::import},
        {"undo_load", &World::undo_load},
        {"expect", &World::expect},
        {"refused", &World::refused},
    };
    return all;
}

void World::carry_out(const std::string& line) {
    Words words(line);
    if (words.empty()) return;
    const std::string verb = words.next("a verb");
    const auto handler = handlers().find(verb);
    if (handler == handlers().end()) throw CaseFailure("unknown verb: " + verb);
    try {
        (this->*handler->second)(words);
    } catch (const Refusal& refusal) {
        throw CaseFailure("refused: " + std::string(countback::name_of(refusal.code)) + ", " +
                          locale::text_of(Language::en, refusal));
    }
}

/// `refused CODE  line…`: the line must be refused with that code, and change nothing.
void World::refused(Words& words) {
    const std::string code = words.next("a refusal's code");
    const std::string verb = words.next("a verb");
    const auto handler = handlers().find(verb);
    if (handler == handlers().end()) throw CaseFailure("unknown verb: " + verb);
    const FactNo before = ledger_->book().last_fact();
    try {
        (this->*handler->second)(words);
    } catch (const Refusal& refusal) {
        expect_same("refusal", code, std::string(countback::name_of(refusal.code)));
        expect_same("facts after a refusal", std::to_string(before.value),
                    std::to_string(ledger_->book().last_fact().value));
        return;
    }
    throw CaseFailure("expected the refusal " + code + ", got none");
}

void World::write(const std::function<Result<void>(Writing&)>& decide) {
    before_last_ = ledger_->book().last_fact();
    last_ = granted(ledger_->write({{}, "case"}, decide));
}

EntityId World::entity_named(const std::string& code) {
    const auto known = entities_.find(code);
    if (known != entities_.end()) return known->second;
    Words line("entity " + code + " currency EUR");
    line.next("entity");
    entity(line);
    return entities_.at(code);
}

CustomerId World::customer_named(const std::string& code) {
    const auto found = customers_.find(code);
    if (found == customers_.end()) throw CaseFailure("no such customer: " + code);
    return found->second;
}

ItemId World::item_named(const std::string& number) {
    const auto found = items_.find(number);
    if (found == items_.end()) throw CaseFailure("no such item: " + number);
    return found->second;
}

ItemView World::view_of(const std::string& number) {
    const Snapshot book = ledger_->book();
    const auto row = book.item(item_named(number));
    const auto view = row ? book.view(*row, known_now) : std::nullopt;
    if (!view) throw CaseFailure("no such item now: " + number);
    return *view;
}

std::string World::number_of(ItemId item) const {
    for (const auto& [number, id] : items_) {
        if (id == item) return number;
    }
    return "?";
}

LabelId World::label_of(LabelKind kind, const std::string& text) {
    LabelId label;
    write([&](Writing& writing) -> Result<void> {
        label = parties::label_of(writing.connection(), kind, text);
        return {};
    });
    return label;
}

/// `at D` and `known D`: what was recorded by the end of that day.
Moment World::moment_of(Words& words) {
    Moment moment{words.date("at").value_or(clock_.today()), known_now};
    if (const auto known = words.date("known")) {
        moment.known_at = ledger_->book().known_at(Instant{(known->days() + 1) * 86'400'000'000LL - 1});
    }
    return moment;
}

}  // namespace countback::cases
