#include "store/database.h"

#include <algorithm>
#include <mutex>

#include "store/backend.h"

namespace countback::store {
namespace {

constexpr Sql allot_numbers{
    "allot_numbers",
    "update number_counter set last_number = last_number + $2 where kind = $1 returning last_number"};
constexpr Sql begin_counter{
    "begin_counter",
    "insert into number_counter (kind, last_number) values ($1, 0) on conflict (kind) do nothing"};
constexpr Sql read_counter{"read_counter", "select last_number from number_counter where kind = $1"};

}  // namespace

struct Database::Pool {
    std::mutex mutex;
    std::vector<std::unique_ptr<Connection>> idle;
};

Refusal refusal_of(const Failure& failure) {
    switch (failure.kind()) {
        case Failure::Kind::locked:
            return {RefusalCode::database_locked, {}};
        case Failure::Kind::disk_full:
            return {RefusalCode::disk_full, {}};
        case Failure::Kind::newer:
            return {RefusalCode::database_newer, {}};
        case Failure::Kind::gone:
            if (dynamic_cast<const Damaged*>(&failure) != nullptr)
                return {RefusalCode::database_gone, {{"reason", "damaged"}}};
            return {RefusalCode::database_gone, {}};
        case Failure::Kind::read_only:
            return {RefusalCode::database_gone, {{"reason", "read_only"}}};
        case Failure::Kind::constraint:
        case Failure::Kind::statement:
            break;
    }
    return {RefusalCode::server_error, {}};
}

std::optional<std::int64_t> Connection::integer(const Sql& sql, std::initializer_list<Value> values) {
    std::optional<std::int64_t> found;
    each(sql, values, [&](const Row& row) {
        if (!found && !row.is_null(0)) found = row.integer(0);
    });
    return found;
}

std::optional<std::string> Connection::text(const Sql& sql, std::initializer_list<Value> values) {
    std::optional<std::string> found;
    each(sql, values, [&](const Row& row) {
        if (!found && !row.is_null(0)) found = std::string(row.text(0));
    });
    return found;
}

Transaction::Transaction(Connection& connection) : connection_(connection) {
    connection_.script(connection_.postgresql() ? "begin" : "begin immediate");
}

Transaction::~Transaction() {
    if (!open_) return;
    try {
        connection_.script("rollback");
    } catch (const Failure&) {  // the connection is gone, and the transaction with it
    }
}

void Transaction::commit() {
    connection_.script("commit");
    open_ = false;
}

Reading::Reading(Connection& connection) : connection_(connection) {
    connection_.script(connection_.postgresql() ? "begin isolation level repeatable read read only"
                                                : "begin");
}

Reading::~Reading() {
    try {
        connection_.script("rollback");
    } catch (const Failure&) {  // the connection is gone, and the reading with it
    }
}

Database::Database(std::string address, bool postgresql)
    : address_(std::move(address)), postgresql_(postgresql), pool_(std::make_unique<Pool>()) {}

Database::~Database() = default;

std::unique_ptr<Database> Database::open(const std::string& address) {
    const bool postgresql = address.starts_with("postgresql://") || address.starts_with("postgres://");
    std::unique_ptr<Database> database(new Database(address, postgresql));
    database->lease();
    return database;
}

Database::Lease Database::lease() {
    std::unique_ptr<Connection> connection;
    {
        const std::lock_guard lock(pool_->mutex);
        if (!pool_->idle.empty()) {
            connection = std::move(pool_->idle.back());
            pool_->idle.pop_back();
        }
    }
    if (!connection) connection = postgresql_ ? open_postgresql(address_) : open_sqlite(address_);
    const int exceptions_before = std::uncaught_exceptions();
    return {connection.release(), [this, exceptions_before](Connection* returned) {
                std::unique_ptr<Connection> owned(returned);
                const std::lock_guard lock(pool_->mutex);
                // A connection that saw a failure may be broken or mid-copy: closed, not reused. What broke
                // it, a server that went away, may have broken the idle ones.
                if (std::uncaught_exceptions() > exceptions_before) {
                    pool_->idle.clear();
                } else {
                    pool_->idle.push_back(std::move(owned));
                }
            }};
}

void Database::backup_to(const std::filesystem::path& file) {
    const Lease connection = lease();
    if (postgresql_)
        throw Failure(Failure::Kind::statement, "a PostgreSQL database is backed up with pg_dump");
    backup_sqlite(*connection, file);
}

std::int64_t allot(Connection& connection, std::string_view kind, std::int64_t count) {
    std::optional<std::int64_t> last = connection.integer(allot_numbers, {kind, count});
    if (!last) {
        connection.run(begin_counter, {kind});
        last = connection.integer(allot_numbers, {kind, count});
    }
    return *last - count + 1;
}

void hold(Connection& connection, std::string_view kind) {
    if (connection.postgresql()) allot(connection, kind, 0);
}

std::int64_t last_allotted(Connection& connection, std::string_view kind) {
    return connection.integer(read_counter, {kind}).value_or(0);
}

}  // namespace countback::store
