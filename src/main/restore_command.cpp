// `countback restore`: puts a backup or an export in the place of the company's database. The desk must be
// stopped.
#include <fmt/format.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <memory>

#include "main/commands.h"
#include "main/company_copy.h"
#include "main/embedded_place.h"
#include "main/verification.h"
#include "messaging/settings.h"

namespace countback {

namespace {

namespace fs = std::filesystem;

struct Wishes {
    CompanyAddress company;
    std::string from;
    bool replace = false;
};

void pause(store::Database& database) {
    if (messaging::pause_sending(*database.lease(), SystemClock().now()))
        fmt::print(
            "Sending is paused: no e-mail leaves this company until an administrator takes the pause off "
            "under "
            "Settings, Mail.\nThe company this is a copy of may have sent since what waits here.\n");
}

void restore_into_postgresql(const Wishes& wishes) {
    if (!fs::is_directory(wishes.from))
        throw std::runtime_error(
            "a backup file goes into the embedded database only: give a folder that "
            "countback export wrote, or use pg_restore");
    const auto database = store::Database::open(wishes.company.database);
    migrate_all(*database);
    fill_database(source_of(fs::path(wishes.from)), *database, print_rows);
    pause(*database);
    tell_or_throw(verify_database(*database), "Do not use this database.");
}

/// Throws fs::filesystem_error with what the system said (fs::copy_file calls a full disk an I/O error).
void copy_backup(const fs::path& from, const fs::path& to) {
    std::ifstream in(from, std::ios::binary);
    std::ofstream out(to, std::ios::binary);
    errno = 0;
    if (in && out) out << in.rdbuf();  // stops where the disk is full, and says nothing
    const bool whole = out.flush() && fs::file_size(to) == fs::file_size(from);
    if (!whole)
        throw fs::filesystem_error("cannot copy the backup", from, to,
                                   std::error_code(errno == 0 ? EIO : errno, std::generic_category()));
}

/// A copy of the backup is made first and checked, so that the backup itself is never written to.
void restore_into_folder(const Wishes& wishes) {
    const InPlaceOf what = wishes.replace ? InPlaceOf::whatever_is_there : InPlaceOf::nothing;
    place_embedded(wishes.company, what, [&](const fs::path& place) {
        if (!fs::is_directory(wishes.from)) {
            copy_backup(wishes.from, place);
        }
        const auto database = store::Database::open(place.string());
        migrate_all(*database);
        if (fs::is_directory(wishes.from))
            fill_database(source_of(fs::path(wishes.from)), *database, print_rows);
        pause(*database);
    });
}

void restore(const Wishes& wishes) {
    if (!fs::exists(wishes.from)) throw std::runtime_error("there is no file " + wishes.from);
    fs::create_directories(wishes.company.data);
    const FolderLock lock(wishes.company.data, FolderLock::Kind::alone);
    const bool postgresql = !wishes.company.database.empty();
    if (postgresql) {
        restore_into_postgresql(wishes);
    } else {
        restore_into_folder(wishes);
    }
    fmt::print("Restored: {}.\n", postgresql ? "the database you named" : wishes.company.database_address());
}

}  // namespace

void add_restore_command(CLI::App& program) {
    CLI::App* command =
        program.add_subcommand("restore", "Put a backup or an export in the place of the database");
    const auto wishes = std::make_shared<Wishes>();
    add_company_options(*command, wishes->company);
    command->add_option("from", wishes->from, "The backup file, or the folder of an export")->required();
    command->add_flag("--replace", wishes->replace, "Put the embedded database that is there aside");
    command->callback([wishes] { restore(*wishes); });
}

}  // namespace countback
