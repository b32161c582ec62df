#include "receivables/lists_names.h"

#include <algorithm>

#include "base/text.h"
#include "parties/directory.h"
#include "receivables/lists_queries.h"

namespace countback {
namespace json = boost::json;

const Entity& ListNames::entity(EntityId id) {
    if (entities_.empty()) {
        for (Entity& one : parties::entities(*connection_)) {
            const EntityId key = one.id;
            entities_.emplace(key, std::move(one));
        }
    }
    return entities_.try_emplace(id).first->second;
}

const Customer& ListNames::customer(CustomerId id) {
    const auto [at, added] = customers_.try_emplace(id);
    if (added) at->second = parties::customer(*connection_, id).value_or(Customer{});
    return at->second;
}

std::string ListNames::label(LabelId id) {
    if (!id) return {};
    const auto [at, added] = labels_.try_emplace(id);
    if (added) {
        if (const auto found = parties::label(*connection_, id)) at->second = found->text;
    }
    return at->second;
}

std::string ListNames::item_number(ItemId id) {
    const auto [at, added] = numbers_.try_emplace(id);
    if (added) at->second = connection_->text(receivables::list_item_number, {id.value}).value_or("");
    return at->second;
}

std::optional<LabelId> ListNames::dispute_cause(std::string_view text) {
    for (const Label& label : parties::labels(*connection_, LabelKind::dispute_cause)) {
        if (label.text == text) return label.id;
    }
    return std::nullopt;
}

FactOrigin ListNames::origin(FactNo fact) {
    FactOrigin origin;
    connection_->each(receivables::list_fact_origin, {fact.value}, [&](const store::Row& row) {
        origin = {UserId{row.integer(0)}, std::string(row.text(1))};
    });
    return origin;
}

json::object ListNames::entity_json(EntityId id) {
    const Entity& one = entity(id);
    return {{"id", id.value}, {"code", one.code}, {"name", one.name}};
}

json::object ListNames::customer_json(CustomerId id) {
    const Customer& one = customer(id);
    return {{"id", id.value}, {"code", one.code}, {"name", one.name}};
}

json::object ListNames::item_json(ItemId id) { return {{"id", id.value}, {"number", item_number(id)}}; }

std::vector<ItemId> ListNames::items_numbered(std::string_view text, int limit) {
    std::vector<ItemId> found;
    std::string capitals(trim(text));
    std::ranges::transform(capitals, capitals.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    for (const std::string& spelling : {std::string(trim(text)), capitals, ascii_lower(trim(text))}) {
        if (spelling.empty()) return found;
        connection_->each(receivables::list_items_numbered, {spelling, spelling + "\xF4\x8F\xBF\xBF", limit},
                          [&](const store::Row& row) { found.push_back(ItemId{row.integer(0)}); });
    }
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    return found;
}

}  // namespace countback
