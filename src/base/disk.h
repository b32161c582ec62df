// What the operating system says of a file that it does not open, read or write, as a refusal a user can act
// on.
#pragma once
#include <cerrno>
#include <optional>

#include "base/refusal.h"

namespace countback {

/// `error` is an errno. disk_full: no room left, a quota or a size limit. database_gone (read_only): a disk
/// or folder that may not be written to. None: another trouble, which the system's own words tell best.
inline std::optional<Refusal> refused_by_disk(int error) {
    switch (error) {
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
            return Refusal{RefusalCode::disk_full, {}};
        case EROFS:
        case EACCES:
        case EPERM:
            return Refusal{RefusalCode::database_gone, {{"reason", "read_only"}}};
        default:
            return std::nullopt;
    }
}

}  // namespace countback
