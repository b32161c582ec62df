// The demo company as plain data.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "parties/types.h"
#include "receivables/types.h"

namespace countback::demo {

/// The name of their segment.
inline constexpr const char* public_buyers = "Public buyer";

struct DemoItem {
    int customer = 0;  ///< place in DemoCompany::customers
    ItemFact fact;     ///< without ids
};

/// A settlement: `item` (and `counter`) are places in DemoCompany::items; counter −1 = by cause.
struct DemoAllocation {
    int item = 0;
    int counter = -1;
    ClearingCause cause = ClearingCause::cash;
    std::int64_t amount = 0;
    Date day;
};

struct DemoStanding {
    int customer = 0;
    int item = -1;  ///< −1 = the whole account
    StandingFact fact;
    std::string cause;  ///< label text of a dispute's cause
};

struct DemoCustomer {
    int entity = 0;  ///< place in DemoCompany::entities
    Customer customer;
    Contact contact;
    std::string collector, segment, risk_class;
    Date since;
};

struct DemoCompany {
    std::vector<Entity> entities;
    std::vector<DemoCustomer> customers;
    std::vector<DemoItem> items;
    std::vector<DemoAllocation> allocations;
    std::vector<DemoStanding> standings;
};

/// The company whose last day is `today`. The same `today` gives the same company.
DemoCompany generate(Date today);

}  // namespace countback::demo
