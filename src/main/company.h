// One company, opened: its data folder, key, database, ledger and services. Every command starts from it.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "access/audit.h"
#include "access/users.h"
#include "base/clock.h"
#include "crypto/hash.h"
#include "receivables/ledger.h"
#include "store/database.h"

namespace countback {

/// Where a company lives: `--data` and `--db`.
struct CompanyAddress {
    std::string data = "./data";
    std::string database;  ///< postgresql://…; empty = `countback.db` in the data folder

    std::string database_address() const;
};

/// The address, when a company lives there: what reads one must not make one at a mistyped folder. Throws
/// std::runtime_error with a plain sentence.
const CompanyAddress& existing(const CompanyAddress& address);

/// An advisory lock on the data folder, held while the process lives: many may use it, one may replace it.
class FolderLock {
public:
    enum class Kind { shared, alone };
    /// Throws std::runtime_error with a plain sentence when another program holds it the other way.
    FolderLock(const std::filesystem::path& folder, Kind kind);
    ~FolderLock();
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

private:
    int handle_ = -1;
};

class Company {
public:
    /// Makes the folder, key and tables that are missing, then reads the ledger. Throws store::Failure, and
    /// std::runtime_error with a plain sentence when the folder cannot be used.
    explicit Company(const CompanyAddress& address);

    const std::filesystem::path& data() const { return data_; }
    const Clock& clock() const { return clock_; }
    const crypto::Key& key() const { return key_; }
    store::Database& database() { return *database_; }
    Ledger& ledger() { return *ledger_; }
    access::Users& users() { return *users_; }
    const access::Audit& audit() const { return audit_; }

    std::optional<std::string> setting(std::string_view name);
    void set_setting(std::string_view name, std::string_view value);

private:
    std::filesystem::path data_;
    FolderLock lock_;
    SystemClock clock_;
    crypto::Key key_;
    std::unique_ptr<store::Database> database_;
    access::Audit audit_;
    std::unique_ptr<access::Users> users_;
    std::unique_ptr<Ledger> ledger_;
};

/// Runs the missing migrations of every room, in the order of the floors.
void migrate_all(store::Database& database);

}  // namespace countback
