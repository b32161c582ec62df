#include "main/company_copy.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cerrno>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "crypto/base64.h"

namespace countback {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using store::ColumnKind;
using store::Table;
using store::TableSum;
using store::Value;
using store::Values;

constexpr std::string_view format = "countback export 1";
constexpr std::string_view schema_table = "schema_version";

std::string_view name_of(ColumnKind kind) {
    return kind == ColumnKind::integer ? "integer" : kind == ColumnKind::text ? "text" : "bytes";
}

ColumnKind kind_named(std::string_view name) {
    return name == "integer" ? ColumnKind::integer : name == "text" ? ColumnKind::text : ColumnKind::bytes;
}

json::value value_json(const Value& value) {
    const auto& held = value.held();
    if (const auto* number = std::get_if<std::int64_t>(&held)) return *number;
    if (const auto* text = std::get_if<std::string_view>(&held)) return json::string(*text);
    if (const auto* bytes = std::get_if<store::Bytes>(&held))
        return json::string(crypto::base64_of(bytes->data));
    return nullptr;
}

json::object table_json(const Table& table, const TableSum& sum) {
    json::array columns;
    for (const auto& [name, kind] : table.columns)
        columns.push_back({{"name", name}, {"kind", name_of(kind)}});
    return {{"name", table.name}, {"columns", std::move(columns)}, {"rows", sum.rows()}, {"sum", sum.text()}};
}

[[noreturn]] void not_ours(const fs::path& folder) {
    throw std::runtime_error(folder.string() +
                             " is not a folder that countback export wrote, or a later version's");
}

/// What the manifest promises of a table.
struct Promised {
    Table table;
    std::int64_t rows = 0;
    std::string sum;
};

std::vector<Promised> promised_by(const fs::path& folder) {
    std::ifstream file(folder / "manifest.json", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    try {
        const json::value manifest = json::parse(text);
        if (manifest.at("format").as_string() != format) not_ours(folder);
        std::vector<Promised> all;
        for (const json::value& one : manifest.at("tables").as_array()) {
            Promised promised{{std::string(one.at("name").as_string()), {}},
                              one.at("rows").to_number<std::int64_t>(),
                              std::string(one.at("sum").as_string())};
            for (const json::value& column : one.at("columns").as_array())
                promised.table.columns.push_back(
                    {std::string(column.at("name").as_string()), kind_named(column.at("kind").as_string())});
            all.push_back(std::move(promised));
        }
        return all;
    } catch (const std::exception&) {
        not_ours(folder);
    }
}

fs::path rows_file(const fs::path& folder, const Table& table) { return folder / (table.name + ".jsonl"); }

/// A row of a file, with the memory behind its values.
class FileRow {
public:
    explicit FileRow(const Table& table) : table_(table), bytes_(table.columns.size()) {}
    Values read(const std::string& line) {
        row_ = json::parse(line);
        const json::array& held = row_.as_array();
        if (held.size() != table_.columns.size()) throw std::runtime_error("another number of values");
        values_.clear();
        for (std::size_t i = 0; i < held.size(); ++i) values_.push_back(value(held[i], i));
        return values_;
    }

private:
    Value value(const json::value& held, std::size_t place) {
        if (held.is_null()) return nullptr;
        const ColumnKind kind = table_.columns[place].kind;
        if (kind == ColumnKind::integer) return held.to_number<std::int64_t>();
        const std::string_view text = held.as_string();
        if (kind == ColumnKind::text) return text;
        bytes_[place] = crypto::bytes_of_base64(text);
        if (bytes_[place].empty() && !text.empty()) throw std::runtime_error("bytes that are no base64");
        return store::Bytes{bytes_[place]};
    }

    const Table& table_;
    json::value row_;
    std::vector<std::string> bytes_;
    std::vector<Value> values_;
};

void each_line(const fs::path& folder, const Promised& promised, const std::function<void(Values)>& visit) {
    const fs::path path = rows_file(folder, promised.table);
    std::ifstream file(path, std::ios::binary);
    FileRow row(promised.table);
    TableSum sum;
    std::string line;
    while (std::getline(file, line)) {
        try {
            const Values values = row.read(line);
            sum.add(values);
            visit(values);
        } catch (const store::Failure&) {
            throw;
        } catch (const std::exception& failure) {
            throw std::runtime_error(
                fmt::format("{}, line {}: {}", path.string(), sum.rows() + 1, failure.what()));
        }
    }
    if (sum.rows() != promised.rows || sum.text() != promised.sum)
        throw std::runtime_error(path.string() + " is not what its manifest says: export again");
}

void ensure_no_company(store::Connection& to, const std::vector<Table>& tables) {
    for (const Table& table : tables) {
        if (table.name != schema_table && store::has_rows(to, table))
            throw std::runtime_error("the database already holds a company: name an empty one");
    }
}

[[noreturn]] void not_taken(const fs::path& folder) {
    throw fs::filesystem_error("the disk does not take the export", folder,
                               std::error_code(errno, std::generic_category()));
}

/// A folder that is being filled: gone again unless it was finished.
class NewFolder {
public:
    explicit NewFolder(fs::path folder) : folder_(std::move(folder)) {
        fs::create_directories(folder_);
        fs::permissions(folder_, fs::perms::owner_all);
    }
    ~NewFolder() {
        std::error_code ignored;
        if (!finished_) fs::remove_all(folder_, ignored);
    }
    NewFolder(const NewFolder&) = delete;
    NewFolder& operator=(const NewFolder&) = delete;
    void finish() { finished_ = true; }

private:
    fs::path folder_;
    bool finished_ = false;
};

TableSum sum_in(store::Connection& connection, const Table& table) {
    TableSum sum;
    store::each_row(connection, table, [&](Values row) { sum.add(row); });
    return sum;
}

/// Both were made by the same versions of every room, so their tables are the same; no name of a manifest
/// comes into a statement before it is known to be one of ours.
void ensure_same_schema(const CompanySource& from, store::Connection& to, std::vector<Table> tables) {
    std::vector<Table> theirs = from.tables;
    std::ranges::sort(theirs, {}, &Table::name);
    std::ranges::sort(tables, {}, &Table::name);
    if (theirs == tables) {
        const auto schema = std::ranges::find(tables, schema_table, &Table::name);
        TableSum sum;
        from.each_row(*schema, [&](Values row) { sum.add(row); });
        if (sum == sum_in(to, *schema)) return;
    }
    throw std::runtime_error(
        "it was written by another version of Countback: use that one, and upgrade afterwards");
}

}  // namespace

void print_rows(const std::string& table, std::int64_t rows) {
    if (rows > 0) fmt::print("{}: {} rows\n", table, rows);
}

CompanySource source_of(store::Connection& connection) {
    return {store::tables(connection), [&connection](const Table& table, const auto& visit) {
                store::each_row(connection, table, visit);
            }};
}

CompanySource source_of(const fs::path& folder) {
    const auto promised = std::make_shared<std::vector<Promised>>(promised_by(folder));
    CompanySource source;
    for (const Promised& one : *promised) source.tables.push_back(one.table);
    source.each_row = [promised, folder](const Table& table, const auto& visit) {
        for (const Promised& one : *promised) {
            if (one.table.name == table.name) each_line(folder, one, visit);
        }
    };
    return source;
}

TableSums write_folder(const CompanySource& from, const fs::path& folder, const Progress& progress) {
    if (fs::exists(folder))
        throw std::runtime_error("the folder " + folder.string() + " is already there: choose another name");
    NewFolder fresh(folder);
    TableSums sums;
    json::array written;
    for (const Table& table : from.tables) {
        std::ofstream file(rows_file(folder, table), std::ios::binary);
        TableSum& sum = sums[table.name];
        from.each_row(table, [&](Values row) {
            json::array line;
            for (const Value& value : row) line.push_back(value_json(value));
            if (!(file << json::serialize(line) << '\n')) not_taken(folder);
            sum.add(row);
        });
        if (!file.flush()) not_taken(folder);
        written.push_back(table_json(table, sum));
        progress(table.name, sum.rows());
    }
    std::ofstream manifest(folder / "manifest.json", std::ios::binary);
    manifest << json::serialize(json::object{{"format", format}, {"tables", std::move(written)}}) << '\n';
    if (!manifest.flush()) not_taken(folder);
    fresh.finish();
    return sums;
}

TableSums fill_database(const CompanySource& from, store::Database& to, const Progress& progress) {
    const auto connection = to.lease();
    const std::vector<Table> tables = store::tables(*connection);
    ensure_same_schema(from, *connection, tables);
    TableSums sums;
    store::Transaction transaction(*connection);
    ensure_no_company(*connection, tables);
    for (const Table& table : from.tables) {
        if (table.name == schema_table) continue;
        const auto bulk = store::bulk(*connection, table);
        TableSum& sum = sums[table.name];
        from.each_row(table, [&](Values row) {
            bulk->row(row);
            sum.add(row);
        });
        bulk->finish();
        progress(table.name, sum.rows());
    }
    for (const auto& [name, sum] : sums) {
        const auto table = std::ranges::find(tables, name, &Table::name);
        if (table == tables.end() || sum_in(*connection, *table) != sum)
            throw std::runtime_error("the table " + name + " did not arrive as it left; nothing was changed");
    }
    transaction.commit();
    return sums;
}

}  // namespace countback
