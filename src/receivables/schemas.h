// The migrations that the ledger needs, in order; higher rooms add their own after these.
#pragma once
#include <span>

#include "base/embedded.h"
#include "store/database.h"

namespace countback::embedded {
std::span<const File> schema_access();
std::span<const File> schema_parties();
std::span<const File> schema_receivables();
}  // namespace countback::embedded

namespace countback {

inline void migrate_receivables(store::Database& database) {
    const store::RoomSchema rooms[] = {{"access", embedded::schema_access()},
                                       {"parties", embedded::schema_parties()},
                                       {"receivables", embedded::schema_receivables()}};
    database.migrate(rooms);
}

}  // namespace countback
