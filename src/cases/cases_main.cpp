// Runs every case below a folder, on SQLite and, where COUNTBACK_TEST_PG names a server, on PostgreSQL.
//   cases FOLDER [WORD]    only files whose path holds WORD
// A failing line names file, line, what was expected and what was found; the next case goes on.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>

#include "cases/world.h"

namespace {

using countback::cases::CaseFailure;
using countback::cases::World;
using Kind = countback::store::TestDatabase::Kind;

std::vector<std::filesystem::path> cases_below(const std::filesystem::path& folder, const std::string& word) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".case") continue;
        if (entry.path().string().find(word) != std::string::npos) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// Nothing when the case holds; else what did not, with its place.
std::optional<std::string> failure_of(const std::filesystem::path& file, Kind kind) {
    std::ifstream input(file);
    std::string line;
    int number = 0;
    int expectations = 0;
    try {
        World world(kind);
        while (std::getline(input, line)) {
            ++number;
            expectations += line.starts_with("expect") || line.starts_with("refused") ? 1 : 0;
            world.carry_out(line);
        }
    } catch (const std::exception& failure) {
        return file.string() + ':' + std::to_string(number) + ": " + failure.what() + "\n    " + line;
    }
    if (expectations == 0) return file.string() + ": expects nothing, so it cannot fail";
    return std::nullopt;
}

}  // namespace

int main(int count, char** words) {
    if (count < 2) {
        std::cerr << "usage: cases FOLDER [WORD]\n";
        return 2;
    }
    const auto files = cases_below(words[1], count > 2 ? words[2] : "");
    int failed = 0;
    for (const Kind kind : countback::store::TestDatabase::kinds()) {
        const char* name = kind == Kind::sqlite ? "SQLite" : "PostgreSQL";
        int passed = 0;
        for (const auto& file : files) {
            const auto failure = failure_of(file, kind);
            if (failure) std::cout << "[" << name << "] " << *failure << '\n';
            (failure ? failed : passed) += 1;
        }
        std::cout << name << ": " << passed << " of " << files.size() << " cases hold\n";
    }
    return failed == 0 && !files.empty() ? 0 : 1;
}
