// Who holds a claim: a process of a machine. A claim of a process that is gone on this very machine is over
// at once; of another machine only time tells.
#pragma once
#include <string>
#include <string_view>

namespace countback::messaging {

/// `host/pid/start`, the same for the life of the process; with `part`, `host/pid/start/part`.
std::string own_holder(std::string_view part = {});
/// True only when the holder was a process of this machine and runs no more.
bool is_gone(std::string_view holder);

}  // namespace countback::messaging
