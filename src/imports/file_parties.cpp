#include "imports/file_parties.h"

#include <algorithm>

namespace countback::imports {
namespace {

// A file with more is mapped wrongly: no column of entities has so many values.
constexpr std::size_t entities_max = 500;

// The code without what people drop when they type it.
std::string bare_code(std::string_view code) {
    std::string bare;
    for (const char c : ascii_lower(code)) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (plain && !(bare.empty() && c == '0')) bare += c;
    }
    return bare;
}

}  // namespace

std::optional<std::uint32_t> FileParties::entity(std::string_view code) {
    for (std::size_t i = 0; i < entities.size(); ++i) {
        if (entities[i].code == code) return static_cast<std::uint32_t>(i);
    }
    FileEntity found{std::string(code), {}, std::nullopt, {}, -1};
    for (std::size_t i = 0; i < known_->entities.size(); ++i) {
        const Entity& entity = known_->entities[i].entity;
        if (entity.code != code) continue;
        found.id = entity.id;
        found.currency = entity.currency;
        found.known = static_cast<std::int32_t>(i);
    }
    if (entities.size() >= entities_max) return std::nullopt;
    if (found.id ? !perimeter_.admits(found.id) : !perimeter_.all_entities) return std::nullopt;
    entities.push_back(std::move(found));
    return static_cast<std::uint32_t>(entities.size() - 1);
}

std::optional<std::uint32_t> FileParties::only_entity() {
    if (known_->entities.size() != 1) return std::nullopt;
    return entity(known_->entities.front().entity.code);
}

std::string FileParties::code_of(EntityId id) const {
    for (const KnownParties::Known& known : known_->entities) {
        if (known.entity.id == id) return known.entity.code;
    }
    return {};
}

const std::string& FileParties::customer_key(std::uint32_t entity, std::string_view code) const {
    key_.assign(1, static_cast<char>(entity));
    key_.append(1, static_cast<char>(entity >> 8));
    key_.append(code);
    return key_;
}

std::optional<std::uint32_t> FileParties::find_customer(std::uint32_t entity, std::string_view code) const {
    const auto found = customer_places_.find(customer_key(entity, code));
    return found == customer_places_.end() ? std::nullopt : std::optional(found->second);
}

std::uint32_t FileParties::customer(std::uint32_t entity, std::string_view code) {
    if (const auto found = find_customer(entity, code)) return *found;
    FileCustomer added;
    added.entity = entity;
    added.code = code;
    if (entities[entity].known >= 0) {
        const auto& known = known_->entities[static_cast<std::size_t>(entities[entity].known)].customers;
        if (const auto found = known.find(code); found != known.end()) {
            added.id = found->second.id;
            added.known_name = found->second.name;
        }
    }
    const auto place = static_cast<std::uint32_t>(customers.size());
    customer_places_.emplace(customer_key(entity, code), place);
    customers.push_back(std::move(added));
    return place;
}

void FileParties::currency_seen(std::uint32_t place, Currency currency) {
    FileEntity& entity = entities[place];
    if (entity.id) return;
    const std::int64_t count = ++entity.seen[currency];
    if (!entity.currency || count > entity.seen[*entity.currency]) entity.currency = currency;
}

void FileParties::name_seen(std::uint32_t customer, std::string_view name, Date issue) {
    FileCustomer& seen = customers[customer];
    if (name.empty() || name == seen.name) {
        if (!name.empty() && issue > seen.name_date) seen.name_date = issue;
        return;
    }
    const bool first = seen.name.empty();
    seen.several_names = seen.several_names || !first;
    if (!first && issue < seen.name_date) return;
    seen.name = name;
    seen.name_date = issue;
}

std::vector<std::string> near_twin_codes(const FileParties& parties, const KnownParties& known) {
    std::vector<std::string> pairs;
    for (std::size_t e = 0; e < parties.entities.size(); ++e) {
        std::unordered_map<std::string, std::string> by_bare;
        const FileEntity& entity = parties.entities[e];
        if (entity.known >= 0) {
            for (const auto& [code, customer] :
                 known.entities[static_cast<std::size_t>(entity.known)].customers)
                by_bare[bare_code(code)] = code;
        }
        for (const FileCustomer& customer : parties.customers) {
            if (customer.entity != e) continue;
            const auto [found, is_new] = by_bare.emplace(bare_code(customer.code), customer.code);
            if (!is_new && found->second != customer.code)
                pairs.push_back(entity.code + ": " + found->second + " / " + customer.code);
        }
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

}  // namespace countback::imports
