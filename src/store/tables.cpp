#include "store/tables.h"

#include <array>
#include <charconv>
#include <mutex>
#include <set>

#include "base/ensure.h"
#include "base/row_hash.h"
#include "base/text.h"

namespace countback::store {
namespace {

constexpr Sql sqlite_columns{
    "sqlite_columns",
    "select m.name, c.name, lower(c.type) from sqlite_master m join pragma_table_info(m.name) c"
    " where m.type = 'table' and m.name not like 'sqlite%' order by m.rowid, c.cid"};
constexpr Sql postgresql_columns{
    "postgresql_columns",
    "select r.relname::text, a.attname::text, format_type(a.atttypid, null)"
    " from pg_class r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped"
    " where r.relnamespace = current_schema()::regnamespace and r.relkind in ('r', 'p')"
    " order by r.oid, a.attnum"};

ColumnKind kind_of(std::string_view type) {
    if (type == "text") return ColumnKind::text;
    if (type == "blob" || type == "bytea") return ColumnKind::bytes;
    ensure(type == "bigint" || type == "integer", "columns are integers, texts or bytes");
    return ColumnKind::integer;
}

/// Statements are known by the address of their name, so names live on.
const char* kept(std::string text) {
    static std::mutex mutex;
    static std::set<std::string> all;
    const std::lock_guard lock(mutex);
    return all.insert(std::move(text)).first->c_str();
}

Value value_of(const Row& row, int place, ColumnKind kind) {
    if (row.is_null(place)) return nullptr;
    if (kind == ColumnKind::integer) return row.integer(place);
    if (kind == ColumnKind::bytes) return Bytes{row.text(place)};
    return row.text(place);
}

}  // namespace

std::vector<Table> tables(Connection& connection) {
    std::vector<Table> found;
    connection.each(connection.postgresql() ? postgresql_columns : sqlite_columns, {}, [&](const Row& row) {
        if (found.empty() || found.back().name != row.text(0))
            found.push_back({std::string(row.text(0)), {}});
        found.back().columns.push_back({std::string(row.text(1)), kind_of(row.text(2))});
    });
    return found;
}

void each_row(Connection& connection, const Table& table, const std::function<void(Values)>& visit) {
    std::string columns;
    for (const Column& column : table.columns) columns += (columns.empty() ? "" : ", ") + column.name;
    const Sql sql{kept("every_" + table.name), kept("select " + columns + " from " + table.name)};
    std::vector<Value> values(table.columns.size(), nullptr);
    connection.each(sql, {}, [&](const Row& row) {
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = value_of(row, static_cast<int>(i), table.columns[i].kind);
        visit(values);
    });
}

bool has_rows(Connection& connection, const Table& table) {
    const Sql sql{kept("any_" + table.name), kept("select 1 from " + table.name + " limit 1")};
    return connection.integer(sql).has_value();
}

std::unique_ptr<Bulk> bulk(Connection& connection, const Table& table) {
    std::vector<BulkColumn> columns;
    for (const Column& column : table.columns) columns.push_back({column.name.c_str(), column.kind});
    return connection.bulk(table.name.c_str(), columns);
}

void TableSum::add(Values row) {
    std::uint64_t hash = row.size();
    for (const Value& value : row) {
        const auto& held = value.held();
        hash = mixed(hash, held.index());
        if (const auto* number = std::get_if<std::int64_t>(&held)) {
            hash = mixed(hash, static_cast<std::uint64_t>(*number));
        } else if (const auto* text = std::get_if<std::string_view>(&held)) {
            hash = mixed(hash, hash64(*text));
        } else if (const auto* bytes = std::get_if<Bytes>(&held)) {
            hash = mixed(hash, hash64(bytes->data));
        }
    }
    sum_ += hash;
    ++rows_;
}

std::string TableSum::text() const {
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), sum_, 16).ptr;
    const std::string text(digits.begin(), end);
    return std::string(digits.size() - text.size(), '0') + text;
}

}  // namespace countback::store
