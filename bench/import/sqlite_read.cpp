// bench_sqlite_read DATABASE: every column of every fact read once, in the order of the facts: what a start
// cannot do without when nothing else is kept. Prints its milliseconds, the files warm as they are for the
// program beside it.
#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <string>

namespace {

std::int64_t read_table(sqlite3* database, const char* table) {
    sqlite3_stmt* statement = nullptr;
    const std::string sql = fmt::format("select * from {} order by fact_no", table);
    if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) return 0;
    std::int64_t sum = 0;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int column = 0; column < sqlite3_column_count(statement); ++column)
            sum += sqlite3_column_type(statement, column) == SQLITE_TEXT
                       ? sqlite3_column_bytes(statement, column)
                       : sqlite3_column_int64(statement, column);
    }
    sqlite3_finalize(statement);
    return sum;
}

}  // namespace

int main(int count, char** arguments) {
    sqlite3* database = nullptr;
    if (count < 2 || sqlite3_open_v2(arguments[1], &database, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK)
        return 1;
    const auto began = std::chrono::steady_clock::now();
    std::int64_t sum = 0;
    for (const char* table : {"item_fact", "allocation_fact", "attribute_fact", "standing_fact"})
        sum += read_table(database, table);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
    sqlite3_close(database);
    fmt::print("{:.0f}\n", took.count());
    return sum == 0;
}
