// What a company chooses, by name: one JSON document a name, every version kept with its author, and a line
// in the audit log (ACC-2). The room that owns a setting reads and checks its own document.
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string_view>

#include "access/audit.h"
#include "base/refusal.h"

namespace countback::access {

/// The document that stands, or nothing: the defaults stand.
std::optional<boost::json::object> setting(store::Connection& connection, std::string_view name);

/// Grows with every document saved under the name; 0 = none is.
std::int64_t setting_version(store::Connection& connection, std::string_view name);

struct SettingChange {
    std::string_view name;
    boost::json::object document;
    Origin origin;
    Instant now;
    std::optional<std::int64_t> seen{};  ///< the version it was made from; none = whichever stands
};

/// In a transaction of its own; nothing is written when the document is the one that stands. Refuses
/// changed_meanwhile when another than the version seen stands.
Result<void> save_setting(store::Connection& connection, const Audit& audit, const SettingChange& change);

}  // namespace countback::access
