// IMP-8: cash recorded in the product before the source has it (a bank line, a card payment). It is
// provisional: the first load that brings the same payment, or that clears the items it was allocated to,
// takes its place. Until then what the source says of those items is read as if the cash were not there.
//
// Example: F1 of 100; 100 recorded here on 3 Mar with reference R7, allocated to F1. A load with a payment R7
// of −100: the recorded one is taken back, R7 comes in, its 100 settle F1 on 3 Mar.
#pragma once
#include <unordered_map>

#include "receivables/corrections.h"

namespace countback::imports {

/// Days around the recorded one on which the same amount is the same payment; and after which one that no
/// load replaced is listed.
constexpr int provisional_days = 10;

struct ProvisionalPayment {
    ItemView item;
    CustomerId customer;
    EntityId entity;
    std::string reference;
    struct Part {
        ItemRow debit{};
        AllocationView allocation;  ///< as seen from the debit
        std::int64_t left = 0;      ///< minor units, > 0
    };
    std::vector<Part> parts;
};

struct Provisional {
    std::vector<ProvisionalPayment> payments;            ///< by date
    std::unordered_map<std::uint32_t, std::int64_t> on;  ///< settled by them, by ItemRow of the debit

    /// Minor units that provisional cash settles of the item.
    std::int64_t settles(ItemRow item) const {
        const auto found = on.find(static_cast<std::uint32_t>(item));
        return found == on.end() ? 0 : found->second;
    }
    /// Of that, what is effective on the day.
    std::int64_t settles_on(ItemRow item, Date day) const;
};

/// All of the Book, references from the database.
Provisional find_provisional(const Snapshot& book, store::Connection& connection);

}  // namespace countback::imports
