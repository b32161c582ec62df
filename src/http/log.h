// What the program writes about itself: one JSON object a line, without personal data. Users are ids, paths
// are patterns; a caller hands in names and numbers only, never a name, an address or what somebody typed.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countback::http {

using LogFields = std::vector<std::pair<std::string, std::string>>;

/// Starts the writer: lines go to `file` (20 MB, four older ones kept) or, when empty, to stderr, through a
/// queue that drops the oldest rather than waits.
void start_log(const std::filesystem::path& file);
/// Writes what is queued and ends.
void stop_log();

void log_event(std::string_view event, const LogFields& fields = {});
/// Something an operator should look at.
void log_problem(std::string_view where, std::string_view what);

struct Answered {
    std::string_view method;
    std::string_view route;  ///< the pattern
    int status = 0;
    std::int64_t micros = 0;
    std::int64_t bytes = 0;
    std::int64_t user = 0;
};
void log_answer(const Answered& answered);

}  // namespace countback::http
