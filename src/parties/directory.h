// Reading and adding parties. No Book here: facts about accounts (entity, collector…) are receivables' facts,
// appended by the caller beside these rows in the same transaction.
#pragma once
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "parties/types.h"
#include "store/database.h"

namespace countback::parties {

std::vector<Entity> entities(store::Connection& connection);
std::optional<Entity> entity_by_code(store::Connection& connection, std::string_view code);
/// Adds an entity (id is given here). The code must be new, else store::Failure::constraint.
EntityId add_entity(store::Connection& connection, const Entity& entity);
/// Changes what may change of an entity: name, country. Code and currency stay.
void update_entity(store::Connection& connection, const Entity& entity);

std::optional<Customer> customer(store::Connection& connection, CustomerId id);
std::optional<CustomerId> customer_by_code(store::Connection& connection, EntityId entity,
                                           std::string_view code);
/// Every customer's id, code and name of an entity, by ascending id: for a large import.
void each_customer(store::Connection& connection, EntityId entity,
                   const std::function<void(const Customer&)>& visit);
/// Ids of customers whose code or name begins with the text (any case), in any entity; at most `limit`.
std::vector<CustomerId> search_customers(store::Connection& connection, std::string_view text, int limit);
/// Adds customers in one go, numbered from the returned id in their order. The caller appends their
/// Attribute::entity facts.
CustomerId add_customers(store::Connection& connection, std::span<const Customer> customers);
/// Replaces the erasable texts of a customer (all but id, entity, code).
void update_customer(store::Connection& connection, const Customer& customer);

std::vector<Contact> contacts(store::Connection& connection, CustomerId customer);
std::int64_t add_contact(store::Connection& connection, const Contact& contact);
void update_contact(store::Connection& connection, const Contact& contact);

std::vector<Label> labels(store::Connection& connection, LabelKind kind);
std::optional<Label> label(store::Connection& connection, LabelId id);
/// The label of that kind and text, added when new. Text is kept as given; sameness is exact.
LabelId label_of(store::Connection& connection, LabelKind kind, std::string_view text);

}  // namespace countback::parties
