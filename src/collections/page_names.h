// The texts behind the ids of one answer: read by primary key for the rows shown, each once.
#pragma once
#include <boost/json.hpp>
#include <functional>
#include <string>
#include <unordered_map>

#include "locale/language.h"
#include "parties/types.h"
#include "receivables/book.h"
#include "store/database.h"

namespace countback::collections {

namespace json = boost::json;

/// A user's name as others may read it.
using UserName = std::function<std::string(UserId)>;

class PageNames {
public:
    PageNames(store::Database& database, Language language, const UserName& user_name)
        : connection_(database.lease()), language_(language), user_name_(user_name) {}

    Language language() const { return language_; }
    store::Connection& connection() { return *connection_; }

    const Entity& entity(EntityId id);
    const Customer& customer(CustomerId id);
    std::string label(LabelId id);          ///< empty when none
    std::string item_number(ItemId id);
    std::string reason(FactNo standing);    ///< as given when it was recorded
    std::string author(FactNo fact);        ///< a user's name, else the source of the journal

    json::object entity_json(EntityId id);
    json::object customer_json(CustomerId id);
    json::value label_json(LabelId id);     ///< null when none
    json::object item_json(ItemId id);

private:
    store::Database::Lease connection_;
    Language language_;
    const UserName& user_name_;
    std::unordered_map<EntityId, Entity> entities_;
    std::unordered_map<CustomerId, Customer> customers_;
    std::unordered_map<LabelId, std::string> labels_;
    std::unordered_map<ItemId, std::string> numbers_;
};

}  // namespace countback::collections
