// The migrations of correspondence, after those of receivables.
#pragma once
#include "receivables/schemas.h"

namespace countback::embedded {
std::span<const File> schema_correspondence();
}  // namespace countback::embedded

namespace countback::correspondence {

inline void migrate_correspondence(store::Database& database) {
    const store::RoomSchema rooms[] = {{"correspondence", embedded::schema_correspondence()}};
    database.migrate(rooms);
}

}  // namespace countback::correspondence
