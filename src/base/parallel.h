// Independent pieces of one answer on the machine's processors.
#pragma once
#include <cstddef>
#include <functional>

namespace countback {

/// Calls work(0) … work(pieces − 1), each once, on as many threads as there are processors (at most 8); with
/// one piece on the caller's own. Returns when all are done; the first exception is thrown again here.
void in_parallel(std::size_t pieces, const std::function<void(std::size_t)>& work);

}  // namespace countback
