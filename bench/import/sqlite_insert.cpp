// bench_sqlite_insert DIR DATABASE: the rows of documents.csv and allocations.csv into SQLite, bare: one
// transaction, one prepared statement a table, the primary key and an index each, durable. Reading the files
// is outside the clock. Prints its milliseconds.
#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path);
    Rows rows;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        rows.emplace_back();
        for (std::size_t from = 0; from <= line.size();) {
            const std::size_t to = std::min(line.find(',', from), line.size());
            rows.back().push_back(line.substr(from, to - from));
            from = to + 1;
        }
    }
    return rows;
}

void run(sqlite3* database, const char* sql) {
    if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(database));
}

void insert(sqlite3* database, const char* sql, const std::string& kinds, const Rows& rows) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(database));
    for (const auto& row : rows) {
        for (std::size_t at = 0; at < kinds.size(); ++at) {
            const int place = static_cast<int>(at) + 1;
            if (kinds[at] == 'n')
                sqlite3_bind_int64(statement, place, std::strtoll(row[at].c_str(), nullptr, 10));
            else
                sqlite3_bind_text(statement, place, row[at].data(), static_cast<int>(row[at].size()),
                                  SQLITE_STATIC);
        }
        if (sqlite3_step(statement) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(database));
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) return 2;
    const std::string folder = arguments[1];
    const Rows documents = rows_of(folder + "/documents.csv"),
               allocations = rows_of(folder + "/allocations.csv");
    sqlite3* database = nullptr;
    if (sqlite3_open(arguments[2], &database) != SQLITE_OK) return 1;
    run(database, "pragma journal_mode=wal; pragma synchronous=full");
    const auto began = std::chrono::steady_clock::now();
    run(database,
        "create table documents (id integer primary key, entity integer, customer integer, type text,"
        " issue_date text, due_date text, currency text, amount_minor integer);"
        "create table allocations (doc_id integer, date text, amount_minor integer);"
        "create index documents_customer on documents (customer);"
        "create index allocations_doc on allocations (doc_id); begin");
    insert(database, "insert into documents values (?,?,?,?,?,?,?,?)", "nnntsssn", documents);
    insert(database, "insert into allocations values (?,?,?)", "nsn", allocations);
    run(database, "commit");
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
    sqlite3_close(database);
    fmt::print("{:.0f}\n", took.count());
}
