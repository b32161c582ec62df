// The texts behind the ids of one answer: read by primary key, for the rows shown only, each once.
#pragma once
#include <boost/json.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "parties/types.h"
#include "receivables/book.h"
#include "store/database.h"

namespace countback {

/// Who recorded a fact, when, from where.
struct FactOrigin {
    UserId user;
    std::string source;
};

class ListNames {
public:
    explicit ListNames(store::Database& database) : connection_(database.lease()) {}

    store::Connection& connection() { return *connection_; }

    const Entity& entity(EntityId id);
    const Customer& customer(CustomerId id);
    std::string label(LabelId id);       ///< empty when none
    std::string item_number(ItemId id);  ///< as printed on the document
    std::optional<LabelId> dispute_cause(std::string_view text);
    FactOrigin origin(FactNo fact);

    boost::json::object entity_json(EntityId id);
    boost::json::object customer_json(CustomerId id);
    boost::json::object item_json(ItemId id);

    /// Items whose number begins with the text (as given, in capitals or in small letters); at most `limit`.
    std::vector<ItemId> items_numbered(std::string_view text, int limit);

private:
    store::Database::Lease connection_;
    std::unordered_map<EntityId, Entity> entities_;
    std::unordered_map<CustomerId, Customer> customers_;
    std::unordered_map<LabelId, std::string> labels_;
    std::unordered_map<ItemId, std::string> numbers_;
};

}  // namespace countback
