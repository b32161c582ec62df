// `countback move`: the company from the embedded database to PostgreSQL, or back. The desk must be stopped.
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "main/commands.h"
#include "main/company_copy.h"
#include "main/embedded_place.h"
#include "main/verification.h"
#include "messaging/settings.h"

namespace countback {

namespace {

struct Wishes {
    CompanyAddress company;
    std::string to;
    bool replace = false;
};

/// Started again by mistake, it would send what the moved company sends.
void pause_old(store::Database& database) {
    messaging::pause_sending(*database.lease(), SystemClock().now());
}

void move_company(const Wishes& wishes) {
    const bool back = wishes.to == "embedded";
    if (back == wishes.company.database.empty())
        throw std::runtime_error(back
                                     ? "the company is in the embedded database already: name where it lives "
                                       "now with --db"
                                     : "from one PostgreSQL database to another, use pg_dump");
    const FolderLock lock(existing(wishes.company).data, FolderLock::Kind::alone);
    const auto from = store::Database::open(wishes.company.database_address());
    migrate_all(*from);
    const auto connection = from->lease();
    const store::Reading reading(*connection);
    const auto fill = [&](const std::string& address) {
        const auto database = store::Database::open(address);
        migrate_all(*database);
        fill_database(source_of(*connection), *database, print_rows);
        if (!back) tell_or_throw(verify_database(*database), "Do not use the copy.");
    };
    if (back) {
        place_embedded(wishes.company, wishes.replace ? InPlaceOf::whatever_is_there : InPlaceOf::nothing,
                       [&](const std::filesystem::path& copy) { fill(copy.string()); });
        pause_old(*from);
        fmt::print("Moved. Start without --db from now on; PostgreSQL still holds the company as it was.\n");
    } else {
        fill(wishes.to);
        pause_old(*from);
        fmt::print(
            "Moved. Start with --db and that address from now on; {} still holds the company as it was.\n",
            wishes.company.database_address());
    }
}

}  // namespace

void add_move_command(CLI::App& program) {
    CLI::App* command =
        program.add_subcommand("move", "Take the company from the embedded database to PostgreSQL, or back");
    const auto wishes = std::make_shared<Wishes>();
    add_company_options(*command, wishes->company);
    command->add_option("--to", wishes->to, "postgresql://… of an empty database, or: embedded")->required();
    command->add_flag("--replace", wishes->replace,
                      "On the way back: put the embedded database that is there aside");
    command->footer(
        "Every table is copied, read back and compared; the company stays where it was until you start it\n"
        "at its new place. secret.key stays in the data folder and is needed as before.");
    command->callback([wishes] { move_company(*wishes); });
}

}  // namespace countback
