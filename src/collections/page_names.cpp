#include "collections/page_names.h"

#include "collections/queries.h"
#include "parties/directory.h"

namespace countback::collections {

const Entity& PageNames::entity(EntityId id) {
    if (entities_.empty()) {
        for (Entity& one : parties::entities(*connection_)) {
            const EntityId key = one.id;
            entities_.emplace(key, std::move(one));
        }
    }
    return entities_.try_emplace(id).first->second;
}

const Customer& PageNames::customer(CustomerId id) {
    const auto [at, added] = customers_.try_emplace(id);
    if (added) at->second = parties::customer(*connection_, id).value_or(Customer{});
    return at->second;
}

std::string PageNames::label(LabelId id) {
    if (!id) return {};
    const auto [at, added] = labels_.try_emplace(id);
    if (added) {
        if (const auto found = parties::label(*connection_, id)) at->second = found->text;
    }
    return at->second;
}

std::string PageNames::item_number(ItemId id) {
    const auto [at, added] = numbers_.try_emplace(id);
    if (added) at->second = connection_->text(collections::item_number, {id.value}).value_or("");
    return at->second;
}

std::string PageNames::reason(FactNo standing) {
    return connection_->text(standing_reason, {standing.value}).value_or("");
}

std::string PageNames::author(FactNo fact) {
    UserId user;
    std::string source;
    connection_->each(fact_author, {fact.value}, [&](const store::Row& row) {
        user = UserId{row.integer(0)};
        source = row.text(1);
    });
    return user && user_name_ ? user_name_(user) : source;
}

json::object PageNames::entity_json(EntityId id) {
    const Entity& one = entity(id);
    return {{"id", id.value}, {"code", one.code}, {"name", one.name}};
}

json::object PageNames::customer_json(CustomerId id) {
    const Customer& one = customer(id);
    return {{"id", id.value}, {"code", one.code}, {"name", one.name}};
}

json::value PageNames::label_json(LabelId id) {
    if (!id) return nullptr;
    return json::object{{"id", id.value}, {"name", label(id)}};
}

json::object PageNames::item_json(ItemId id) { return {{"id", id.value}, {"number", item_number(id)}}; }

}  // namespace countback::collections
