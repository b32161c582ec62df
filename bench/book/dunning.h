// W4 over a snapshot: the product's decide() under a policy of the reference's conditions alone, its
// decisions turned into the reference's rows; and under the policy as shipped.
#pragma once
#include "collections/decide.h"
#include "workloads.h"

namespace countback::bench {

/// What decide() needs beside the Book. The reference's customer and currency are an account
/// (Accounts::by_currency). Its conditions become: a step's earliest day = min_days_overdue after the due
/// date, its floor = min_amount; last_level = the step done on the leader; min_days_since_last = the one gap
/// of the policy, the contact that many days earlier.
struct DunningBook {
    collections::Policy policy;
    collections::DunningState state;
};

/// Appends disputes and promises to the Book and reads steps and levels. Throws std::runtime_error when a
/// file is missing.
DunningBook load_dunning(const std::string& directory, Date today, Book& book,
                         const std::vector<ItemId>& items);

Result select_dunning(const Snapshot& book, const DunningBook& dunning, Date today);

}  // namespace countback::bench
