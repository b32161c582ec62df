// Any bytes as a folder that `countback export` wrote: restored whole, or refused with nothing changed. The
// input is the folder's files one after another with a NUL between (manifest, schema_version, thing, part);
// one left out or empty is a good one, and a good manifest promises what the files then hold.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/ensure.h"
#include "main/company_copy.h"

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using namespace countback;

/// A company in small: keys, texts, bytes, nulls, a reference, a pair that is unique.
constexpr std::string_view tables =
    "create table thing (thing_no @key@, name text not null, note text, size bigint, data @bytes@);"
    "create table part (thing_no bigint not null references thing (thing_no), place bigint not null, word "
    "text,"
    " primary key (thing_no, place));";
constexpr std::string_view things =
    "insert into thing values (1, 'one', null, 5, x'00ff'), (2, '', 'two', -9, null);"
    "insert into part values (1, 1, 'a'), (1, 2, null)";

std::unique_ptr<store::Database> empty_database(const fs::path& file) {
    static const std::array files{embedded::File{"0001_small.sql", tables}};
    static const std::array rooms{store::RoomSchema{"small", files}};
    auto database = store::Database::open(file.string());
    database->migrate(rooms);
    return database;
}

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void ignore(const std::string& /*table*/, std::int64_t /*rows*/) {}

/// Gone with the program.
struct World {
    fs::path place = fs::temp_directory_path() / ("countback-copy-fuzz-" + std::to_string(getpid()));
    fs::path good = place / "good", given = place / "given";
    std::unique_ptr<store::Database> database;

    World() {
        fs::create_directories(given);
        {
            const auto first = empty_database(place / "first.db");
            const auto connection = first->lease();
            connection->script(std::string(things));
            write_folder(source_of(*connection), good, ignore);
        }
        database = empty_database(place / "copy.db");
    }
    ~World() { fs::remove_all(place); }
};

constexpr std::array<const char*, 4> names{"manifest.json", "schema_version.jsonl", "thing.jsonl",
                                           "part.jsonl"};

/// The good manifest, with the rows and sums of the files as they are.
void promise(const World& world) {
    json::value manifest = json::parse(text_of(world.given / names[0]));
    const CompanySource source = source_of(world.given);
    for (json::value& one : manifest.at("tables").as_array()) {
        store::TableSum sum;
        const std::string name(one.at("name").as_string());
        const auto table = std::ranges::find(source.tables, name, &store::Table::name);
        try {
            source.each_row(*table, [&](store::Values row) { sum.add(row); });
        } catch (const Bug&) {
            std::abort();
        } catch (const std::exception&) {  // told when it is restored
        }
        one.at("rows") = sum.rows();
        one.at("sum") = sum.text();
    }
    std::ofstream(world.given / names[0], std::ios::binary) << json::serialize(manifest);
}

bool restored(const World& world) {
    try {
        fill_database(source_of(world.given), *world.database, ignore);
        return true;
    } catch (const Bug&) {
        std::abort();
    } catch (const std::exception&) {
        return false;
    }
}

/// Read back, it says the same again.
void check_and_empty(World& world) {
    const auto connection = world.database->lease();
    const fs::path again = world.place / "again";
    write_folder(source_of(*connection), again, ignore);
    for (const char* name : {"thing", "part"}) {
        const store::Table* table = nullptr;
        const CompanySource one = source_of(world.given), other = source_of(again);
        for (const store::Table& known : one.tables) table = known.name == name ? &known : table;
        store::TableSum here, there;
        one.each_row(*table, [&](store::Values row) { here.add(row); });
        other.each_row(*table, [&](store::Values row) { there.add(row); });
        if (!(here == there)) std::abort();
    }
    fs::remove_all(again);
    connection->script("delete from part; delete from thing");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static World world;
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    bool own_manifest = false;
    for (const char* name : names) {
        const auto end = bytes.find('\0');
        const std::string_view given = bytes.substr(0, end);
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
        own_manifest |= name == names[0] && !given.empty();
        std::ofstream(world.given / name, std::ios::binary)
            << (given.empty() ? text_of(world.good / name) : std::string(given));
    }
    if (!own_manifest) promise(world);
    if (restored(world)) {
        check_and_empty(world);
    } else {
        const auto connection = world.database->lease();
        for (const store::Table& table : store::tables(*connection)) {
            if (table.name.size() <= 5 && store::has_rows(*connection, table)) std::abort();
        }
    }
    return 0;
}
