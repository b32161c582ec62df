#include <sqlite3.h>

#include <unordered_map>

#include "base/ensure.h"
#include "store/backend.h"

namespace countback::store {
namespace {

[[noreturn]] void fail(sqlite3* db, const std::string& doing) {
    const int code = sqlite3_errcode(db);
    const std::string what = doing + ": " + sqlite3_errmsg(db);
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            throw Failure(Failure::Kind::locked, what);
        case SQLITE_FULL:
            throw Failure(Failure::Kind::disk_full, what);
        case SQLITE_READONLY:
        case SQLITE_PERM:
            throw Failure(Failure::Kind::read_only, what);
        case SQLITE_CANTOPEN:
        case SQLITE_IOERR:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            throw Failure(Failure::Kind::gone, what);
        case SQLITE_CONSTRAINT:
            throw Failure(Failure::Kind::constraint, what);
        default:
            throw Failure(Failure::Kind::statement, what);
    }
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
        if (sqlite3_open_v2(path.c_str(), &db_, flags, nullptr) != SQLITE_OK) {
            const Failure failure(Failure::Kind::gone,
                                  path + ": " + (db_ ? sqlite3_errmsg(db_) : "cannot be opened"));
            sqlite3_close(db_);
            throw failure;
        }
        sqlite3_busy_timeout(db_, 5000);
        try {
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

void backup_sqlite(Connection& connection, const std::filesystem::path& file) {
    sqlite3* from = dynamic_cast<SqliteConnection&>(connection).handle();
    sqlite3* to = nullptr;
    if (sqlite3_open(file.c_str(), &to) != SQLITE_OK) {
        sqlite3_close(to);
        throw Failure(Failure::Kind::gone, "cannot write " + file.string());
    }
    sqlite3_backup* copy = sqlite3_backup_init(to, "main", from, "main");
    int code = copy == nullptr ? SQLITE_ERROR : SQLITE_OK;
    while (copy != nullptr && (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED)) {
        code = sqlite3_backup_step(copy, 4096);
        if (code == SQLITE_BUSY || code == SQLITE_LOCKED) sqlite3_sleep(20);
    }
    sqlite3_backup_finish(copy);
    const bool written = code == SQLITE_DONE && sqlite3_exec(to, "pragma journal_mode = delete", nullptr,
                                                             nullptr, nullptr) == SQLITE_OK;
    const std::string what = sqlite3_errmsg(to);
    sqlite3_close(to);
    if (!written) throw Failure(code == SQLITE_FULL ? Failure::Kind::disk_full : Failure::Kind::gone, what);
}

}  // namespace countback::store
