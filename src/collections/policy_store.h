// The policy that stands: the newest saved one, else the shipped one. Saved ones are kept for ever.
#pragma once
#include <memory>
#include <mutex>
#include <string>

#include "access/audit.h"
#include "base/published.h"
#include "collections/policy.h"
#include "store/database.h"

namespace countback::collections {

/// A policy to be saved over the version that its author saw.
struct PolicyChange {
    access::Origin origin;
    Policy policy;
    std::int64_t expected_version = 0;
    std::string reason{};  ///< may be empty
};

class PolicyStore {
public:
    /// `audit` none = no line is written (tests, the demo).
    PolicyStore(store::Database& database, const Clock& clock, const access::Audit* audit = nullptr)
        : database_(database), clock_(clock), audit_(audit) {}

    /// The newest, also when another process saved it. Cheap when nothing changed. Throws store::Failure.
    std::shared_ptr<const Policy> current();

    /// Appends a version; answers its number. Refuses changed_meanwhile when another was saved since, and
    /// what check_policy refuses.
    Result<std::int64_t> save(const PolicyChange& change);

private:
    store::Database& database_;
    const Clock& clock_;
    const access::Audit* audit_;
    std::mutex reading_;
    Published<Policy> published_;
    std::int64_t known_settings_ = 0;  ///< the version of settings that `published_` was made with
};

}  // namespace countback::collections
