// IMP-6: control totals of a file against the ledger, per entity, currency and customer, at the load's as-of
// date.
//
//   in_file   = Σ open amounts as the lines say, refused lines with a readable amount included, repeated ones
//   not in_ledger = delta: Σ open(item) of the items that the file names; stock: Σ open(item) of all items in
//   the scope
//
//   A file of allocations: in_file = Σ its amounts, refused ones on a known item included; in_ledger = Σ of
//   the allocations that answer for them. Cash recorded in the product that no load replaced yet counts on
//   neither side (IMP-8).
//
// Example: lines of 100 and 50 and a refused one of 30: in_file 180, in_ledger 150, difference −30.
#pragma once
#include "imports/apply.h"

namespace countback::imports {

struct ReconciliationRow {
    std::string entity;
    Currency currency;
    CustomerId customer;  ///< none = the whole entity
    std::int64_t in_file = 0;
    std::int64_t in_ledger = 0;
    std::string customer_code, customer_name;  ///< filled when read back
};

/// What a load is reconciled against: the Book after it, with the cash that is still provisional.
struct AfterLoad {
    const Snapshot& book;
    const Provisional& provisional;
};

/// Every entity and currency, then the customers that differ (at most 500).
std::vector<ReconciliationRow> reconcile(const AfterLoad& after, const Plan& plan, const Applied& applied);

/// What a refused line says, where it could be read: the file's control total holds it too.
ItemLine line_of(const ItemFile::RefusedAmount& refused);

}  // namespace countback::imports
