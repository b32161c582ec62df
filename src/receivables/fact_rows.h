// Inside receivables only: facts from the rows of the statements in queries.h.
#pragma once
#include "receivables/types.h"
#include "store/database.h"

namespace countback::receivables {

ItemFact read_item(const store::Row& row);
AllocationFact read_allocation(const store::Row& row);
StandingFact read_standing(const store::Row& row);
AttributeFact read_attribute(const store::Row& row);
LoadFact read_load(const store::Row& row);

}  // namespace countback::receivables
