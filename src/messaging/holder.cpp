#include "messaging/holder.h"

#include <unistd.h>

#include <array>
#include <fstream>
#include <vector>

#include "base/text.h"

namespace countback::messaging {

namespace {

/// The 22nd field of /proc/PID/stat: when the process began, in ticks since the machine did. Empty when it is
/// gone.
std::string start_of(const std::string& pid) {
    std::ifstream file("/proc/" + pid + "/stat");
    std::string line;
    if (!std::getline(file, line)) return {};
    const auto end_of_name = line.rfind(')');
    if (end_of_name == std::string::npos) return {};
    const auto fields = split(std::string_view(line).substr(end_of_name + 2), ' ');
    constexpr std::size_t start_field = 19;
    return fields.size() > start_field ? std::string(fields[start_field]) : std::string();
}

std::string machine() {
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    std::getline(file, id);
    return id;
}

}  // namespace

std::string own_holder(std::string_view part) {
    const std::string pid = std::to_string(getpid());
    const std::string process = machine() + '/' + pid + '/' + start_of(pid);
    return part.empty() ? process : process + '/' + std::string(part);
}

bool is_gone(std::string_view holder) {
    const auto parts = split(holder, '/');
    if (parts.size() < 3 || parts[0] != machine()) return false;
    return start_of(std::string(parts[1])) != parts[2];
}

}  // namespace countback::messaging
