#include "http/log.h"

#include <spdlog/async.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <boost/json.hpp>
#include <memory>

namespace countback::http {

namespace {

constexpr std::size_t queue_lines = 8192;
constexpr std::size_t file_bytes_max = 20UL * 1024 * 1024;

std::shared_ptr<spdlog::logger>& logger() {
    static std::shared_ptr<spdlog::logger> instance;
    return instance;
}

void write(spdlog::level::level_enum level, const boost::json::object& line) {
    if (!logger()) return;
    const std::string text = boost::json::serialize(line);
    logger()->log(level, std::string_view(text).substr(1));
}

}  // namespace

void start_log(const std::filesystem::path& file) {
    spdlog::init_thread_pool(queue_lines, 1);
    logger() = file.empty() ? spdlog::create_async_nb<spdlog::sinks::stderr_sink_mt>("countback")
                            : spdlog::create_async_nb<spdlog::sinks::rotating_file_sink_mt>(
                                  "countback", file.string(), file_bytes_max, 4);
    // The pattern opens the object, so that time and level are part of the same JSON line.
    logger()->set_pattern(R"({"at":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v)", spdlog::pattern_time_type::utc);
    logger()->flush_on(spdlog::level::warn);
    spdlog::flush_every(std::chrono::seconds(1));
}

void stop_log() {
    logger().reset();
    spdlog::shutdown();
}

void log_event(std::string_view event, const LogFields& fields) {
    boost::json::object line{{"event", event}};
    for (const auto& [name, value] : fields) line[name] = value;
    write(spdlog::level::info, line);
}

void log_problem(std::string_view where, std::string_view what) {
    write(spdlog::level::err, {{"event", "problem"}, {"where", where}, {"what", what}});
}

void log_answer(const Answered& answered) {
    write(spdlog::level::info, {{"event", "answer"},
                                {"method", answered.method},
                                {"route", answered.route},
                                {"status", answered.status},
                                {"micros", answered.micros},
                                {"bytes", answered.bytes},
                                {"user", answered.user}});
}

}  // namespace countback::http
