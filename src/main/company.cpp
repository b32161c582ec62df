#include "main/company.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

#include "crypto/secret_file.h"
#include "imports/reachability.h"

namespace countback::embedded {
// One line a room that has tables.
std::span<const File> schema_access();
std::span<const File> schema_parties();
std::span<const File> schema_receivables();
std::span<const File> schema_collections();
std::span<const File> schema_correspondence();
std::span<const File> schema_messaging();
std::span<const File> schema_imports();
std::span<const File> schema_countback();
}  // namespace countback::embedded

namespace countback {

namespace {

constexpr store::Sql setting_read{"company_setting_read",
                                  "select value from company_setting where name = $1"};
constexpr store::Sql setting_write{"company_setting_write",
                                   "insert into company_setting (name, value) values ($1, $2)"
                                   " on conflict (name) do update set value = excluded.value"};

constexpr const char* whose_it_is =
    "it must belong to the user that Countback runs as, on a disk that can be written to";

constexpr std::string_view reachability_judged = "reachability_judged";
constexpr std::string_view reachability_now = "2";

std::filesystem::path made_folder(const std::string& data) {
    const std::filesystem::path folder = std::filesystem::absolute(data).lexically_normal();
    std::error_code error;
    if (std::filesystem::is_directory(folder, error)) return folder;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw std::runtime_error("the data folder " + folder.string() +
                                 " cannot be made: " + error.message());
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    return folder;
}

/// Cut to nothing, a file holds no company; making a new one in its place would hide what was lost.
void ensure_not_cut(const std::filesystem::path& file) {
    std::error_code error;
    for (const char* ending : {"", "-wal"}) {
        if (std::filesystem::file_size(file.string() + ending, error) > 0 && !error) return;
    }
    throw std::runtime_error(file.string() + " is empty: stop Countback, then restore the last good backup");
}

std::unique_ptr<store::Database> opened(const CompanyAddress& address) {
    const std::filesystem::path file = address.database_address();
    if (address.database.empty() && std::filesystem::exists(file) &&
        std::filesystem::exists(file.parent_path() / "uploads"))
        ensure_not_cut(file);
    auto database = store::Database::open(address.database_address());
    migrate_all(*database);
    return database;
}

}  // namespace

std::string CompanyAddress::database_address() const {
    return database.empty() ? (std::filesystem::absolute(data).lexically_normal() / "countback.db").string()
                            : database;
}

const CompanyAddress& existing(const CompanyAddress& address) {
    const std::filesystem::path folder = std::filesystem::absolute(address.data).lexically_normal();
    std::error_code error;
    const std::filesystem::path mark =
        address.database.empty() ? std::filesystem::path(address.database_address()) : folder / "secret.key";
    const bool there = std::filesystem::exists(mark, error);
    if (error == std::errc::permission_denied)
        throw std::runtime_error("the data folder " + folder.string() + " cannot be entered: " + whose_it_is);
    if (there && address.database.empty()) ensure_not_cut(mark);
    if (there) return address;
    throw std::runtime_error("there is no company in " + folder.string() +
                             ": check --data, or make one with countback import, demo or serve");
}

FolderLock::FolderLock(const std::filesystem::path& folder, Kind kind) {
    const std::filesystem::path file = folder / "countback.lock";
    handle_ = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (handle_ < 0)
        throw std::runtime_error("the data folder " + folder.string() + " cannot be written to (" +
                                 std::generic_category().message(errno) + "): " + whose_it_is);
    if (flock(handle_, (kind == Kind::alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0) return;
    close(handle_);
    throw std::runtime_error(
        "the data folder " + folder.string() +
        (kind == Kind::alone ? " is in use: stop Countback first" : " is being restored: wait a little"));
}

FolderLock::~FolderLock() { close(handle_); }

void migrate_all(store::Database& database) {
    const std::array rooms{
        store::RoomSchema{"access", embedded::schema_access()},
        store::RoomSchema{"parties", embedded::schema_parties()},
        store::RoomSchema{"receivables", embedded::schema_receivables()},
        store::RoomSchema{"correspondence", embedded::schema_correspondence()},
        store::RoomSchema{"collections", embedded::schema_collections()},
        store::RoomSchema{"messaging", embedded::schema_messaging()},
        store::RoomSchema{"imports", embedded::schema_imports()},
        store::RoomSchema{"main", embedded::schema_countback()},
    };
    database.migrate(rooms);
}

Company::Company(const CompanyAddress& address)
    : data_(made_folder(address.data)),
      lock_(data_, FolderLock::Kind::shared),
      key_(crypto::key_from(data_ / "secret.key")),
      database_(opened(address)),
      audit_(clock_, key_),
      users_(std::make_unique<access::Users>(*database_, clock_, key_)),
      ledger_(std::make_unique<Ledger>(*database_, clock_, data_ / "book.snapshot")) {
    // COL-6 in a company of before it was kept with each change, or kept without postal addresses
    if (setting(reachability_judged) == reachability_now) return;
    imports::judge_reachability(*ledger_);
    set_setting(reachability_judged, std::string(reachability_now));
}

std::optional<std::string> Company::setting(std::string_view name) {
    return database_->lease()->text(setting_read, {name});
}

void Company::set_setting(std::string_view name, std::string_view value) {
    const auto connection = database_->lease();
    store::Transaction transaction(*connection);
    connection->run(setting_write, {name, value});
    transaction.commit();
}

}  // namespace countback
