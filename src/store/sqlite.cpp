#include <sqlite3.h>
#include <unistd.h>

#include <unordered_map>

#include "base/disk.h"
#include "base/ensure.h"
#include "store/backend.h"

namespace countback::store {
namespace {

Failure::Kind kind_of_system(int error) {
    const auto refused = refused_by_disk(error);
    if (!refused) return Failure::Kind::gone;
    return refused->code == RefusalCode::disk_full ? Failure::Kind::disk_full : Failure::Kind::read_only;
}

Failure::Kind kind_of(int code, int system_error) {
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return Failure::Kind::locked;
        case SQLITE_FULL:
            return Failure::Kind::disk_full;
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return Failure::Kind::read_only;
        case SQLITE_CANTOPEN:
        case SQLITE_IOERR:
            return kind_of_system(system_error);
        case SQLITE_CONSTRAINT:
            return Failure::Kind::constraint;
        default:
            return Failure::Kind::statement;
    }
}

/// SQLite opens for reading what it may not write, and forgets why: what is the file's, or its folder's,
/// refusal?
bool may_not_write(const char* path) {
    if (path == nullptr || *path == '\0') return false;
    errno = 0;
    const std::filesystem::path file = std::filesystem::absolute(path);
    const bool there = access(file.c_str(), F_OK) == 0;
    const bool may =
        access(file.parent_path().c_str(), W_OK) == 0 && (!there || access(file.c_str(), W_OK) == 0);
    return !may && kind_of_system(errno) == Failure::Kind::read_only;
}

[[noreturn]] void fail(sqlite3* db, const std::string& doing) {
    const int code = sqlite3_errcode(db);
    const std::string what = doing + ": " + sqlite3_errmsg(db);
    if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB) throw Damaged(what);
    if ((code & 0xff) == SQLITE_CANTOPEN && may_not_write(sqlite3_db_filename(db, "main")))
        throw Failure(Failure::Kind::read_only, what);
    throw Failure(kind_of(code, db == nullptr ? 0 : sqlite3_system_errno(db)), what);
}

[[noreturn]] void fail_to_open(sqlite3* db, const std::string& path) {
    if (may_not_write(path.c_str())) throw Failure(Failure::Kind::read_only, path);
    fail(db, path);
}

struct Prepared {
    sqlite3_stmt* statement = nullptr;
    std::vector<int>
        number_of_place;  ///< SQLite's place i binds value number_of_place[i] ("$n" is a name here)
};

class SqliteRow final : public Row {
public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
    bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
    std::string_view text(int column) const override {
        const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
        return {data == nullptr ? "" : data,
                static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

private:
    sqlite3_stmt* statement_;
};

void bind(sqlite3_stmt* statement, int place, const Value& value) {
    const auto& held = value.held();
    if (const auto* number = std::get_if<std::int64_t>(&held)) {
        sqlite3_bind_int64(statement, place, *number);
    } else if (const auto* text = std::get_if<std::string_view>(&held)) {
        sqlite3_bind_text64(statement, place, text->data() == nullptr ? "" : text->data(), text->size(),
                            SQLITE_STATIC, SQLITE_UTF8);
    } else if (const auto* bytes = std::get_if<Bytes>(&held)) {
        sqlite3_bind_blob64(statement, place, bytes->data.data(), bytes->data.size(), SQLITE_STATIC);
    } else {
        sqlite3_bind_null(statement, place);
    }
}

/// Resets the statement however the loop over its rows ends.
struct Running {
    sqlite3_stmt* statement;
    ~Running() {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
    }
};

class SqliteBulk final : public Bulk {
public:
    SqliteBulk(sqlite3* db, sqlite3_stmt* statement) : db_(db), statement_(statement) {}
    ~SqliteBulk() override { sqlite3_finalize(statement_); }
    void row(std::span<const Value> values) override {
        int place = 0;
        for (const Value& value : values) bind(statement_, ++place, value);
        const int code = sqlite3_step(statement_);
        sqlite3_reset(statement_);
        if (code != SQLITE_DONE) fail(db_, "bulk insert");
    }
    void finish() override {}

private:
    sqlite3* db_;
    sqlite3_stmt* statement_;
};

class SqliteConnection final : public Connection {
public:
    explicit SqliteConnection(const std::string& path) {
        constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
        const int opened = sqlite3_open_v2(path.c_str(), &db_, flags, nullptr);
        try {
            if (opened != SQLITE_OK) fail_to_open(db_, path);
            sqlite3_busy_timeout(db_, 5000);
            script(
                "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;"
                "pragma cache_size = -65536; pragma temp_store = memory;");
        } catch (...) {
            sqlite3_close(db_);
            throw;
        }
    }
    ~SqliteConnection() override {
        for (auto& [name, prepared] : prepared_) sqlite3_finalize(prepared.statement);
        sqlite3_close(db_);
    }

    using Connection::each;
    using Connection::run;

    void each(const Sql& sql, std::span<const Value> values, const RowFunction& function) override {
        const Asking asking(busy_);
        Prepared& prepared = prepare(sql);
        const Running running = start(prepared, values);
        const SqliteRow row(prepared.statement);
        int code = SQLITE_ROW;
        while ((code = sqlite3_step(prepared.statement)) == SQLITE_ROW) function(row);
        if (code != SQLITE_DONE) fail(db_, sql.name);
    }

    std::int64_t run(const Sql& sql, std::span<const Value> values) override {
        each(sql, values, [](const Row&) {});
        return sqlite3_changes64(db_);
    }

    std::unique_ptr<Bulk> bulk(const char* table, std::span<const BulkColumn> columns) override {
        std::string names, places;
        for (const BulkColumn& column : columns) {
            names += (names.empty() ? "" : ", ") + std::string(column.name);
            places += places.empty() ? "?" : ", ?";
        }
        const std::string text =
            "insert into " + std::string(table) + " (" + names + ") values (" + places + ")";
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(db_, text.c_str(), -1, &statement, nullptr) != SQLITE_OK) fail(db_, text);
        return std::make_unique<SqliteBulk>(db_, statement);
    }

    void script(const std::string& text) override {
        if (sqlite3_exec(db_, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(db_, "script");
    }

    bool postgresql() const override { return false; }
    sqlite3* handle() { return db_; }

private:
    Prepared& prepare(const Sql& sql) {
        const auto found = prepared_.find(sql.name);
        if (found != prepared_.end()) return found->second;
        Prepared prepared;
        if (sqlite3_prepare_v3(db_, sql.text, -1, SQLITE_PREPARE_PERSISTENT, &prepared.statement, nullptr) !=
            SQLITE_OK) {
            fail(db_, sql.name);
        }
        const int places = sqlite3_bind_parameter_count(prepared.statement);
        for (int place = 1; place <= places; ++place) {
            const char* name = sqlite3_bind_parameter_name(prepared.statement, place);
            ensure(name != nullptr && name[0] == '$', "parameters are $1, $2…");
            prepared.number_of_place.push_back(std::stoi(name + 1));
        }
        return prepared_.emplace(sql.name, std::move(prepared)).first->second;
    }

    Running start(const Prepared& prepared, std::span<const Value> values) {
        int place = 0;
        for (const int number : prepared.number_of_place) {
            ensure(static_cast<std::size_t>(number) <= values.size(), "each $n has a value");
            bind(prepared.statement, ++place, values[static_cast<std::size_t>(number - 1)]);
        }
        return Running{prepared.statement};
    }

    sqlite3* db_ = nullptr;
    bool busy_ = false;
    std::unordered_map<std::string_view, Prepared> prepared_;
};

}  // namespace

std::unique_ptr<Connection> open_sqlite(const std::string& path) {
    return std::make_unique<SqliteConnection>(path);
}

namespace {

/// A new database file that is being filled: gone again unless it was finished.
class NewFile {
public:
    explicit NewFile(std::filesystem::path file) : file_(std::move(file)) {
        remove();
        if (sqlite3_open(file_.c_str(), &db_) == SQLITE_OK) return;
        try {
            fail_to_open(db_, file_.string());
        } catch (...) {
            sqlite3_close(db_);
            throw;
        }
    }
    ~NewFile() {
        sqlite3_close(db_);
        if (!finished_) remove();
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    sqlite3* handle() const { return db_; }
    [[noreturn]] void fail() const { store::fail(db_, file_.string()); }
    void finish(const std::filesystem::path& name) {
        std::filesystem::rename(file_, name);
        finished_ = true;
    }

private:
    void remove() const {
        std::error_code ignored;
        for (const char* ending : {"", "-journal", "-wal", "-shm"})
            std::filesystem::remove(file_.string() + ending, ignored);
    }
    std::filesystem::path file_;
    sqlite3* db_ = nullptr;
    bool finished_ = false;
};

}  // namespace

/// Under another name until it is whole: what bears the name is a backup.
void backup_sqlite(Connection& connection, const std::filesystem::path& file) {
    sqlite3* from = dynamic_cast<SqliteConnection&>(connection).handle();
    NewFile fresh(file.string() + ".writing");
    sqlite3_backup* copy = sqlite3_backup_init(fresh.handle(), "main", from, "main");
    int code = copy == nullptr ? SQLITE_ERROR : SQLITE_OK;
    while (copy != nullptr && (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED)) {
        code = sqlite3_backup_step(copy, 4096);
        if (code == SQLITE_BUSY || code == SQLITE_LOCKED) sqlite3_sleep(20);
    }
    sqlite3_backup_finish(copy);
    const bool whole = code == SQLITE_DONE && sqlite3_exec(fresh.handle(), "pragma journal_mode = delete",
                                                           nullptr, nullptr, nullptr) == SQLITE_OK;
    if (!whole) fresh.fail();
    fresh.finish(file);
}

}  // namespace countback::store
