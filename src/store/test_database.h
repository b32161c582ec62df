// For tests: an empty database of either kind, gone with the object.
#pragma once
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "store/database.h"

namespace countback::store {

class TestDatabase {
public:
    enum class Kind { sqlite, postgresql };
    /// SQLite always; PostgreSQL where COUNTBACK_TEST_PG names a server.
    static std::vector<Kind> kinds() {
        if (server() == nullptr) return {Kind::sqlite};
        return {Kind::sqlite, Kind::postgresql};
    }

    explicit TestDatabase(Kind kind = Kind::sqlite) : kind_(kind) {
        std::string name = (std::filesystem::temp_directory_path() / "countback-test-XXXXXX").string();
        folder_ = mkdtemp(name.data());
        if (kind_ == Kind::sqlite) {
            database_ = Database::open((folder_ / "ledger.db").string());
            return;
        }
        schema_ = "test_" + folder_.filename().string().substr(15);
        Database::open(server())->lease()->script("create schema \"" + schema_ + "\"");
        const std::string url = server();
        database_ = Database::open(url + (url.find('?') == std::string::npos ? "?" : "&") +
                                   "options=-csearch_path%3D%22" + schema_ + "%22");
    }
    ~TestDatabase() {
        database_.reset();
        if (kind_ == Kind::postgresql) {
            Database::open(server())->lease()->script("drop schema \"" + schema_ + "\" cascade");
        }
        std::filesystem::remove_all(folder_);
    }
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;

    /// A folder of the test's own, gone with the database.
    const std::filesystem::path& folder() const { return folder_; }
    Database& operator*() { return *database_; }
    Database* operator->() { return database_.get(); }

private:
    static const char* server() { return std::getenv("COUNTBACK_TEST_PG"); }
    Kind kind_;
    std::filesystem::path folder_;
    std::string schema_;
    std::unique_ptr<Database> database_;
};

}  // namespace countback::store
