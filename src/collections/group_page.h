// A customer's group and payment centre as the pages show them.
#pragma once
#include "collections/page_names.h"
#include "receivables/book.h"

namespace countback::collections {

/// One CustomerGroup of the contract; null for a customer that stands alone. At most 100 members by name.
json::value group_json(const Snapshot& book, AccountRow account, Moment moment, PageNames& names);
/// A CustomerRef, or null where the messages go to the customer itself.
json::value payment_centre_json(const Snapshot& book, AccountRow account, Moment moment, PageNames& names);

}  // namespace countback::collections
