#include "main/embedded_place.h"

#include <fmt/format.h>

#include "main/verification.h"

namespace countback {
namespace {

namespace fs = std::filesystem;

void check(const fs::path& copy) {
    const auto database = store::Database::open(copy.string());
    migrate_all(*database);
    tell_or_throw(verify_database(*database), "Nothing was replaced.");
}

void remove_database(const fs::path& file) {
    std::error_code ignored;
    for (const char* ending : {"", "-wal", "-shm"}) fs::remove(file.string() + ending, ignored);
}

/// The database so far stays beside the new one until somebody removes it. It keeps its name too, so that
/// there is never none; what SQLite keeps beside it must not be there when another takes that name.
void put_aside(const fs::path& file) {
    if (!fs::exists(file)) return;
    const fs::path aside = file.string() + ".before-restore";
    remove_database(aside);
    std::error_code no_links;
    fs::create_hard_link(file, aside, no_links);
    if (no_links) fs::rename(file, aside);
    for (const char* ending : {"-wal", "-shm"}) {
        if (fs::exists(file.string() + ending)) fs::rename(file.string() + ending, aside.string() + ending);
    }
    fmt::print("The database so far is kept as {}.\n", aside.string());
}

}  // namespace

void place_embedded(const CompanyAddress& company, InPlaceOf what,
                    const std::function<void(const fs::path&)>& make) {
    const fs::path database = CompanyAddress{company.data, ""}.database_address();
    if (fs::exists(database) && what == InPlaceOf::nothing)
        throw std::runtime_error("the data folder already has a database: say --replace to put it aside");
    const fs::path copy = database.string() + ".restoring";
    remove_database(copy);
    try {
        make(copy);
        check(copy);
    } catch (...) {
        remove_database(copy);
        throw;
    }
    put_aside(database);
    for (const char* ending : {"-wal", "-shm"}) fs::remove(database.string() + ending);
    fs::rename(copy, database);
    remove_database(copy);
}

}  // namespace countback
