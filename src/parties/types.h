// Who owes and who bills (handbook §2): entities, customers, contacts, labels. Texts here are erasable
// (LED-4).
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/ids.h"
#include "base/money.h"

namespace countback {

/// A legal entity of ours that bills.
struct Entity {
    EntityId id;
    std::string code{};  ///< unique, as in the source system; leading zeros distinguish
    std::string name{};
    Currency currency;      ///< default of its items
    std::string country{};  ///< ISO 3166 two letters, or empty
};

/// A debtor account in one entity.
struct Customer {
    CustomerId id;
    EntityId entity;
    std::string code{};  ///< unique within the entity
    std::string name{};  ///< the code when no name is known (IMP-1)
    std::string legal_id{};
    std::string country{}, language{};  ///< two letters each, or empty
    std::string email{}, phone{}, address{};
    std::string terms{};  ///< the source's text, explained by receivables/terms.h
};

/// IMP-5: whose word stands when the next load says otherwise.
enum class Owner : std::uint8_t { source, product };

struct Contact {
    std::int64_t id = 0;
    CustomerId customer;
    std::string function{};  ///< payables, buyer, executive, legal, other
    std::string name{}, email{}, phone{}, language{};
    Owner owner = Owner::source;
};

/// A word that users chose to group accounts by.
enum class LabelKind { collector = 1, segment = 2, risk_class = 3, terms = 4, dispute_cause = 5 };

struct Label {
    LabelId id;
    LabelKind kind = LabelKind::segment;
    std::string text{};
};

}  // namespace countback
