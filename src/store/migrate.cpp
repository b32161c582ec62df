#include <algorithm>
#include <map>
#include <stdexcept>

#include "base/ensure.h"
#include "store/database.h"

namespace countback::store {
namespace {

constexpr Sql applied_of_room{"applied_of_room", "select number from schema_version where room = $1"};
constexpr Sql record_migration{"record_migration",
                               "insert into schema_version (room, number, name) values ($1, $2, $3)"};

constexpr Sql orders_by_language{"orders_by_language", "select case when 'a' < 'B' then 1 else 0 end"};

/// Lists and searches take texts in the order of their characters, as SQLite does: a database in the order of
/// a language would leave rows out.
void ensure_order_of_characters(Connection& connection) {
    if (connection.integer(orders_by_language) == 0) return;
    throw std::runtime_error(
        "the PostgreSQL database orders texts by a language, and Countback needs the order of characters. "
        "Nothing was changed. Make a database with lc_collate 'C.UTF-8', as deploy/postgresql.sql does, and "
        "use that one");
}

/// "0001_items.sql" → 1.
int number_of(std::string_view file) { return std::stoi(std::string(file.substr(0, 4))); }

void replace_all(std::string& text, std::string_view macro, std::string_view meaning) {
    for (auto at = text.find(macro); at != std::string::npos; at = text.find(macro, at)) {
        text.replace(at, macro.size(), meaning);
    }
}

/// `@key@` and `@bytes@` are the two types that the databases name differently.
std::string expanded(std::string text, bool postgresql) {
    replace_all(text, "@key@", postgresql ? "bigint primary key" : "integer primary key");
    replace_all(text, "@bytes@", postgresql ? "bytea" : "blob");
    return text;
}

/// By number; on PostgreSQL a file `NNNN_name.postgresql.sql` stands in for the common one.
std::map<int, embedded::File> chosen(const RoomSchema& room, bool postgresql) {
    std::map<int, embedded::File> files;
    for (const embedded::File& file : room.files) {
        const bool special = file.name.ends_with(".postgresql.sql");
        if (special && !postgresql) continue;
        if (special || !files.contains(number_of(file.name))) files[number_of(file.name)] = file;
    }
    return files;
}

void migrate_room(Connection& connection, const RoomSchema& room) {
    const auto files = chosen(room, connection.postgresql());
    int last_applied = 0;
    connection.each(applied_of_room, {room.room}, [&](const Row& row) {
        last_applied = std::max(last_applied, static_cast<int>(row.integer(0)));
    });
    if (!files.empty() && last_applied > files.rbegin()->first) {
        throw Failure(Failure::Kind::newer, "the database was written by a later version of Countback");
    }
    for (const auto& [number, file] : files) {
        if (number <= last_applied) continue;
        connection.script(expanded(std::string(file.bytes), connection.postgresql()));
        connection.run(record_migration, {room.room, number, file.name});
    }
}

}  // namespace

void Database::migrate(std::span<const RoomSchema> rooms) {
    const Lease connection = lease();
    Transaction transaction(*connection);
    ensure_order_of_characters(*connection);
    if (connection->postgresql()) connection->script("select pg_advisory_xact_lock(2050026)");
    connection->script(
        "create table if not exists schema_version (room text not null, number bigint not null, name text "
        "not null,"
        " primary key (room, number));"
        "create table if not exists number_counter (kind text primary key, last_number bigint not null)");
    for (const RoomSchema& room : rooms) migrate_room(*connection, room);
    transaction.commit();
}

}  // namespace countback::store
