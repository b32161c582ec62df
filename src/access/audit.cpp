#include "access/audit.h"

#include "access/queries.h"

namespace countback::access {

namespace {

constexpr std::string_view chain_start = "countback";

struct Line {
    std::int64_t number = 0;
    std::int64_t at = 0;
    std::int64_t user = 0;
    std::string origin;
    std::string kind;
    std::string subject;
    std::string before_hash;
    std::string after_hash;
};

std::string hash_of(std::string_view previous, const Line& line) {
    std::string text(previous);
    for (const std::int64_t number : {line.number, line.at, line.user}) text += "\n" + std::to_string(number);
    for (const auto* part : {&line.origin, &line.kind, &line.subject, &line.before_hash, &line.after_hash}) {
        text += "\n" + *part;
    }
    return crypto::sha256_hex(text);
}

std::string hash_or_empty(const crypto::Key& key, std::string_view text) {
    return text.empty() ? std::string{} : crypto::mac_hex(key, "audit value", text);
}

}  // namespace

void Audit::append(store::Connection& connection, const Origin& origin, const AuditEntry& entry) const {
    // The number's row stays locked to the end of the transaction: nobody else can take the same last line.
    Line line;
    line.number = store::allot(connection, "audit", 1);
    line.at = clock_.now().micros;
    line.user = origin.user.value;
    line.origin = crypto::mac_hex(key_, "origin", origin.address).substr(0, 32);
    line.kind = entry.kind;
    line.subject = entry.subject;
    line.before_hash = hash_or_empty(key_, entry.before);
    line.after_hash = hash_or_empty(key_, entry.after);
    const std::string previous = connection.text(queries::audit_last).value_or(std::string(chain_start));
    const std::string hash = hash_of(previous, line);
    connection.run(queries::origin_insert, {line.origin, origin.address});
    connection.run(queries::audit_insert, {line.number, line.at, line.user, line.origin, line.kind,
                                           line.subject, line.before_hash, line.after_hash, previous, hash});
}

AuditCheck verify_audit(store::Connection& connection) {
    AuditCheck check;
    check.last_hash = chain_start;
    connection.each(queries::audit_all, {}, [&](const store::Row& row) {
        if (check.broken_at) return;
        Line line;
        line.number = row.integer(0);
        line.at = row.integer(1);
        line.user = row.integer(2);
        line.origin = row.text(3);
        line.kind = row.text(4);
        line.subject = row.text(5);
        line.before_hash = row.text(6);
        line.after_hash = row.text(7);
        const std::string hash = hash_of(check.last_hash, line);
        const bool fits =
            row.text(8) == check.last_hash && row.text(9) == hash && line.number == check.lines + 1;
        if (!fits) {
            check.broken_at = line.number;
            return;
        }
        ++check.lines;
        check.last_hash = hash;
    });
    return check;
}

}  // namespace countback::access
