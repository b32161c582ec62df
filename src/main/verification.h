// What `countback verify` looks at, and `countback restore` before it trusts a file.
#pragma once
#include <string>
#include <vector>

#include "main/company.h"

namespace countback {

struct Verification {
    std::vector<std::string> good;  ///< sentences
    std::vector<std::string> bad;   ///< empty when all is well
};

/// The database's own structure, the fact numbers and the audit chain.
Verification verify_database(store::Database& database);

/// Prints the good; std::runtime_error with the first bad and `otherwise`, what follows from it.
void tell_or_throw(const Verification& found, std::string_view otherwise);

/// The Book in use against the facts read anew, where it began with its file.
void check_book(Company& company, Verification& found);

}  // namespace countback
