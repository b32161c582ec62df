// ACC-2, LED-4: the hash chain over facts. Each transaction's link is
//
//   link(n) = SHA-256(link(n − 1) + the numbers of every fact of the transaction), in hexadecimal
//
// Numbers only: amounts, days, ids, flags, the currency's letters. No text, so erasing a name breaks nothing.
#pragma once
#include <cstdint>
#include <string>

#include "receivables/types.h"
#include "store/database.h"

namespace countback {

void chain_fact(std::string& bytes, const ItemFact& fact);
void chain_fact(std::string& bytes, const AllocationFact& fact);
void chain_fact(std::string& bytes, const StandingFact& fact);
void chain_fact(std::string& bytes, const AttributeFact& fact);
void chain_fact(std::string& bytes, const LoadFact& fact);

std::string next_link(const std::string& link_before, const std::string& bytes);

/// What following the chain found.
struct ChainVerdict {
    std::int64_t transactions = 0;
    std::int64_t facts = 0;
    FactNo broken_at;  ///< the last fact of the first transaction whose link or range is wrong; none = whole
};

/// Reads every fact again and follows the chain from its beginning. Throws store::Failure.
ChainVerdict verify_chain(store::Database& database);

}  // namespace countback
