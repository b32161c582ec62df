// `countback restore`: puts a backup in the place of the company's database. The desk must be stopped.
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "main/commands.h"
#include "main/verification.h"

namespace countback {

namespace {

namespace fs = std::filesystem;

struct Wishes {
    CompanyAddress company;
    std::string file;
    bool replace = false;
};

/// Takes a copy first and checks that, so that the backup itself is never written to.
void check(const fs::path& copy) {
    const auto database = store::Database::open(copy.string());
    migrate_all(*database);
    const Verification found = verify_database(*database);
    for (const std::string& sentence : found.good) fmt::print("{}\n", sentence);
    if (!found.bad.empty()) throw std::runtime_error(found.bad.front() + " Nothing was replaced.");
}

void remove_database(const fs::path& file) {
    std::error_code ignored;
    for (const char* ending : {"", "-wal", "-shm"}) fs::remove(file.string() + ending, ignored);
}

/// The database so far stays beside the new one until somebody removes it.
void put_aside(const fs::path& file) {
    if (!fs::exists(file)) return;
    const fs::path aside = file.string() + ".before-restore";
    remove_database(aside);
    for (const char* ending : {"", "-wal", "-shm"}) {
        if (fs::exists(file.string() + ending)) fs::rename(file.string() + ending, aside.string() + ending);
    }
    fmt::print("The database so far is kept as {}.\n", aside.string());
}

void restore(const Wishes& wishes) {
    if (!wishes.company.database.empty()) {
        throw std::runtime_error("a company in PostgreSQL is restored with pg_restore");
    }
    if (!fs::is_regular_file(wishes.file)) throw std::runtime_error("there is no file " + wishes.file);
    fs::create_directories(wishes.company.data);
    const FolderLock lock(wishes.company.data, FolderLock::Kind::alone);
    const fs::path database = wishes.company.database_address();
    if (fs::exists(database) && !wishes.replace) {
        throw std::runtime_error("the data folder already has a database: say --replace to put it aside");
    }
    const fs::path copy = database.string() + ".restoring";
    remove_database(copy);
    fs::copy_file(wishes.file, copy);
    try {
        check(copy);
    } catch (...) {
        remove_database(copy);
        throw;
    }
    put_aside(database);
    fs::rename(copy, database);
    remove_database(copy);
    fmt::print("Restored: {}.\n", database.string());
}

}  // namespace

void add_restore_command(CLI::App& program) {
    CLI::App* command = program.add_subcommand("restore", "Put a backup in the place of the database");
    const auto wishes = std::make_shared<Wishes>();
    add_company_options(*command, wishes->company);
    command->add_option("file", wishes->file, "The backup to restore")->required();
    command->add_flag("--replace", wishes->replace, "Put the database that is there aside");
    command->callback([wishes] { restore(*wishes); });
}

}  // namespace countback
