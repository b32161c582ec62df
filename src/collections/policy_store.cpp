#include "collections/policy_store.h"

#include "base/ensure.h"
#include "collections/policy_check.h"
#include "collections/policy_json.h"
#include "collections/queries.h"
#include "measures/settings.h"

namespace countback::collections {

namespace {

constexpr std::string_view version_numbers = "policy_version";

}  // namespace

std::shared_ptr<const Policy> PolicyStore::current() {
    const std::lock_guard lock(reading_);
    const auto connection = database_.lease();
    const std::int64_t last = store::last_allotted(*connection, version_numbers);
    const std::int64_t settings = store::last_allotted(*connection, "access_setting");
    auto known = published_.get();
    if (known && known->version == last && known_settings_ == settings) return known;
    auto next = std::make_shared<Policy>(shipped_policy());
    if (const auto document = connection->text(policy_of_version, {last})) {
        auto read = read_policy(*document);
        ensure(read.has_value(), "a saved policy can be read");
        *next = std::move(*read);
        next->version = last;
    }
    next->payers = measure_settings(*connection).behaviour;
    known_settings_ = settings;
    published_.set(next);
    return next;
}

Result<std::int64_t> PolicyStore::save(const PolicyChange& change) {
    if (const auto checked = check_policy(change.policy); !checked) return tl::unexpected(checked.error());
    const auto connection = database_.lease();
    store::Transaction transaction(*connection);
    // Numbers have no gaps and follow commit order: the one before is the version that stands.
    const std::int64_t version = store::allot(*connection, version_numbers, 1);
    if (version - 1 != change.expected_version)
        return refuse(RefusalCode::changed_meanwhile, {{"what", "policy"}});
    const std::string before = connection->text(policy_of_version, {version - 1}).value_or("");
    const std::string after = policy_document(change.policy);
    connection->run(add_policy_version,
                    {version, after, change.origin.user.value, clock_.now().micros, change.reason});
    if (audit_) {
        audit_->append(*connection, change.origin,
                       {"policy_saved", "policy " + std::to_string(version), before, after});
    }
    transaction.commit();
    return version;
}

}  // namespace countback::collections
