// What was done so far, in memory, kept current from the tables of collections (schema/): readers get one
// immutable state and never wait.
#pragma once
#include <mutex>

#include "base/published.h"
#include "collections/types.h"
#include "store/database.h"

namespace countback::collections {

class DunningMemory {
public:
    explicit DunningMemory(store::Database& database) : database_(database) {}

    /// The state with everything committed so far, by this process or another. Throws store::Failure.
    std::shared_ptr<const DunningState> state();

private:
    store::Database& database_;
    std::mutex reading_;
    std::int64_t known_ = -1;
    std::int64_t messages_known_ = 0;
    Published<DunningState> published_;
};

}  // namespace countback::collections
