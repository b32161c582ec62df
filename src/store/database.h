// The border to the database: connections, named statements, transactions, bulk writes, migrations.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/embedded.h"
#include "base/refusal.h"

namespace countback::store {

/// The environment is broken, not the caller: told to the user by `refusal_of`.
class Failure : public std::runtime_error {
public:
    enum class Kind { locked, gone, disk_full, read_only, constraint, newer, statement };
    Failure(Kind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
    Kind kind() const { return kind_; }

private:
    Kind kind_;
};

/// What the user may read of a Failure.
Refusal refusal_of(const Failure& failure);

/// A statement: one name, one text, both databases. Names are unique in the program.
struct Sql {
    const char* name;
    const char* text;
};

struct Bytes {
    std::string_view data;
};

/// A value bound to `$n`. Text and bytes are not copied: they live as long as the call.
class Value {
public:
    Value(std::nullptr_t) {}                                       // NOLINT(google-explicit-constructor)
    Value(std::int64_t value) : held_(value) {}                    // NOLINT(google-explicit-constructor)
    Value(int value) : held_(static_cast<std::int64_t>(value)) {}  // NOLINT(google-explicit-constructor)
    Value(std::string_view value) : held_(value) {}                // NOLINT(google-explicit-constructor)
    Value(const std::string& value)
        : held_(std::string_view(value)) {}                       // NOLINT(google-explicit-constructor)
    Value(const char* value) : held_(std::string_view(value)) {}  // NOLINT(google-explicit-constructor)
    Value(Bytes value) : held_(value) {}                          // NOLINT(google-explicit-constructor)
    template <class T>
    Value(const std::optional<T>& value) {  // NOLINT(google-explicit-constructor)
        if (value) *this = Value(*value);
    }
    const auto& held() const { return held_; }

private:
    std::variant<std::monostate, std::int64_t, std::string_view, Bytes> held_;
};

/// The row under the cursor; views live until the next row.
class Row {
public:
    virtual ~Row() = default;
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;   ///< 0 when null
    virtual std::string_view text(int column) const = 0;  ///< also bytes; empty when null
};
using RowFunction = std::function<void(const Row&)>;

enum class ColumnKind : std::uint8_t { integer, text, bytes };
struct BulkColumn {
    const char* name;
    ColumnKind kind = ColumnKind::integer;
};

/// Appends rows to one table inside the open transaction. finish() or nothing is guaranteed.
class Bulk {
public:
    virtual ~Bulk() = default;
    virtual void row(std::span<const Value> values) = 0;
    void row(std::initializer_list<Value> values) { row(std::span(values.begin(), values.size())); }
    virtual void finish() = 0;
};

class Connection {
public:
    virtual ~Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Runs a statement; calls `function` for each row. Throws Failure.
    virtual void each(const Sql& sql, std::span<const Value> values, const RowFunction& function) = 0;
    void each(const Sql& sql, std::initializer_list<Value> values, const RowFunction& function) {
        each(sql, std::span(values.begin(), values.size()), function);
    }
    /// Runs a statement for its effect; returns the number of rows changed.
    virtual std::int64_t run(const Sql& sql, std::span<const Value> values) = 0;
    std::int64_t run(const Sql& sql, std::initializer_list<Value> values = {}) {
        return run(sql, std::span(values.begin(), values.size()));
    }
    /// The first column of the first row, when there is one and it is not null.
    std::optional<std::int64_t> integer(const Sql& sql, std::initializer_list<Value> values = {});
    std::optional<std::string> text(const Sql& sql, std::initializer_list<Value> values = {});

    virtual std::unique_ptr<Bulk> bulk(const char* table, std::span<const BulkColumn> columns) = 0;
    /// Several statements of a migration or of transaction control, not prepared.
    virtual void script(const std::string& text) = 0;
    virtual bool postgresql() const = 0;

protected:
    Connection() = default;
};

/// Begins at once (SQLite: immediate), rolls back at its end unless committed.
class Transaction {
public:
    explicit Transaction(Connection& connection);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Connection& connection_;
    bool open_ = true;
};

/// A read of everything as it stands at one moment, while others write. Ends with the object.
class Reading {
public:
    explicit Reading(Connection& connection);
    ~Reading();
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

private:
    Connection& connection_;
};

/// The migrations of one room, from its embedded `schema/` folder.
struct RoomSchema {
    std::string_view room;
    std::span<const embedded::File> files;
};

/// A database and its pool of connections. Safe from several threads.
class Database {
public:
    /// `postgresql://…` or a path of an SQLite file, made when absent. Throws Failure.
    static std::unique_ptr<Database> open(const std::string& address);
    ~Database();

    using Lease = std::unique_ptr<Connection, std::function<void(Connection*)>>;
    /// A connection of one's own until the lease ends. Throws Failure when the database is gone.
    Lease lease();
    bool postgresql() const { return postgresql_; }
    const std::string& address() const { return address_; }

    /// Runs what is missing of each room's migrations. Failure::newer when the database knows later ones.
    void migrate(std::span<const RoomSchema> rooms);
    /// A consistent copy while others write (SQLite only; PostgreSQL has pg_dump). Throws Failure.
    void backup_to(const std::filesystem::path& file);

private:
    Database(std::string address, bool postgresql);
    struct Pool;
    std::string address_;
    bool postgresql_;
    std::unique_ptr<Pool> pool_;
};

/// Takes `count` numbers of a kind ("fact", "customer"…) inside the open transaction; returns the first.
/// The kind's row stays locked until commit, so numbers have no gaps and follow commit order.
std::int64_t allot(Connection& connection, std::string_view kind, std::int64_t count);
/// Others' allot() of the kind waits until this transaction ends. SQLite's transactions exclude each other
/// anyway.
void hold(Connection& connection, std::string_view kind);
/// The last number handed out and committed (or taken by this transaction); 0 at the beginning.
std::int64_t last_allotted(Connection& connection, std::string_view kind);

}  // namespace countback::store
