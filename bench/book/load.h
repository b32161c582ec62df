// Reads a generated book (customers, documents, allocations as CSV) into a real Book, fact by fact.
#pragma once
#include <string>
#include <vector>

#include "receivables/book.h"

namespace countback::bench {

/// What an account of the Book is: the generator's customer, or the customer within an entity. An account
/// belongs to one entity, and a fifth of the generator's customers trade with two. By currency (W4): the
/// customer in one currency, and invoices alone, since W4 asks for invoices whatever credit stands beside
/// them.
enum class Accounts { by_customer, by_entity, by_currency };

/// The generator's customer behind an account's customer id.
inline std::int64_t customer_of(CustomerId id) { return id.value / 8; }
/// Of the reference's four currencies, below 8.
inline std::int64_t place_of(Currency currency) { return currency.code()[1] & 7; }

/// Answers the Book's items by document, none for one left out. Throws std::runtime_error when a file is
/// missing.
std::vector<ItemId> load(const std::string& directory, Accounts accounts, Book& book);

}  // namespace countback::bench
