// What a company chooses, by name: one JSON document a name, every version kept with its author, and a line
// in the audit log (ACC-2). The room that owns a setting reads and checks its own document.
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string_view>

#include "access/audit.h"

namespace countback::access {

/// The document that stands, or nothing: the defaults stand.
std::optional<boost::json::object> setting(store::Connection& connection, std::string_view name);

struct SettingChange {
    std::string_view name;
    boost::json::object document;
    Origin origin;
    Instant now;
};

/// In a transaction of its own; nothing is written when the document is the one that stands.
void save_setting(store::Connection& connection, const Audit& audit, const SettingChange& change);

}  // namespace countback::access
