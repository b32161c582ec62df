// ACC-2: every change has who, when, from where, before and after, in a log that is only appended to and in
// which each line carries the hash of the one before. LED-4: ids and hashes only; nothing personal enters the
// chain.
//   hash = SHA-256(previous hash | number | at | user | origin | kind | subject | before | after), parts by
//   newline
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/ids.h"
#include "crypto/hash.h"
#include "store/database.h"

namespace countback::access {

/// Who asks for a change, and from where. The command line is user 0 at "command line".
struct Origin {
    UserId user;
    std::string address;
};

struct AuditEntry {
    std::string_view kind;     ///< `sign_in`, `load_applied`: a fixed word
    std::string_view subject;  ///< `user 3`, `load 12`: kind and id
    std::string_view before;   ///< what it was, as text; only its hash is kept; empty = nothing
    std::string_view after;
};

class Audit {
public:
    Audit(const Clock& clock, crypto::Key key) : clock_(clock), key_(key) {}

    /// Inside the caller's open transaction, so that a change and its line stand or fall together.
    void append(store::Connection& connection, const Origin& origin, const AuditEntry& entry) const;

private:
    const Clock& clock_;
    crypto::Key key_;
};

struct AuditCheck {
    std::int64_t lines = 0;
    std::string last_hash;                  ///< write it down elsewhere to notice a cut end
    std::optional<std::int64_t> broken_at;  ///< number of the first line that does not fit
};

/// Reads the whole chain.
AuditCheck verify_audit(store::Connection& connection);

}  // namespace countback::access
