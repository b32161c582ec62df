// Reads a generated book (customers, documents, allocations as CSV) into a real Book, fact by fact.
#pragma once
#include <string>

#include "receivables/book.h"

namespace countback::bench {

/// What an account of the Book is: the generator's customer, or the customer within an entity. An account
/// belongs to one entity, and a fifth of the generator's customers trade with two.
enum class Accounts { by_customer, by_entity };

/// The generator's customer behind an account's customer id.
inline std::int64_t customer_of(CustomerId id) { return id.value / 8; }

/// Throws std::runtime_error when a file is missing.
void load(const std::string& directory, Accounts accounts, Book& book);

}  // namespace countback::bench
