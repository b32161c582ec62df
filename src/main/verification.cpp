#include "main/verification.h"

#include <fmt/format.h>

#include "access/audit.h"
#include "receivables/chain.h"

namespace countback {

namespace {

constexpr store::Sql structure{"main_structure_check", "pragma quick_check"};

void check_structure(store::Connection& connection, Verification& found) {
    if (connection.postgresql()) return;
    const auto answer = connection.text(structure);
    if (answer == "ok") {
        found.good.push_back("The database file is sound.");
    } else {
        found.bad.push_back("The database file is damaged: " + answer.value_or("no answer") + ".");
    }
}

void check_facts(store::Database& database, Verification& found) {
    const ChainVerdict facts = verify_chain(database);
    if (facts.broken_at) {
        found.bad.push_back(
            fmt::format("The facts do not fit their chain from fact {} on.", facts.broken_at.value));
    } else {
        found.good.push_back(fmt::format("The chain of facts is whole: {} facts in {} transactions.",
                                         facts.facts, facts.transactions));
    }
}

void check_audit(store::Connection& connection, Verification& found) {
    const auto audit = access::verify_audit(connection);
    if (audit.broken_at) {
        found.bad.push_back(fmt::format("The audit log does not fit from line {} on.", *audit.broken_at));
    } else {
        found.good.push_back(fmt::format("The audit log is whole: {} lines, the last sealed {}.", audit.lines,
                                         audit.last_hash.substr(0, 16)));
    }
}

}  // namespace

Verification verify_database(store::Database& database) {
    Verification found;
    const auto connection = database.lease();
    check_structure(*connection, found);
    check_facts(database, found);
    check_audit(*connection, found);
    return found;
}

}  // namespace countback
