// The hidden command behind formats/worker.h. main() asks it first, before anything else is opened.
#pragma once
#include <optional>

namespace countback {

/// The exit code when the words are `worker xlsx [SHEET]`, else nothing.
std::optional<int> run_as_worker(int count, char** words);

}  // namespace countback
