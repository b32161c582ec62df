#include "parties/directory.h"

#include <algorithm>

#include "base/ensure.h"
#include "base/text.h"
#include "parties/queries.h"

namespace countback::parties {
namespace {

using store::Connection;
using store::Row;

std::string string_at(const Row& row, int column) { return std::string(row.text(column)); }

Entity read_entity(const Row& row) {
    const auto currency = Currency::parse(row.text(3));
    ensure(currency.has_value(), "a recorded currency is listed");
    return {EntityId{row.integer(0)}, string_at(row, 1), string_at(row, 2), *currency, string_at(row, 4)};
}

Label read_label_row(const Row& row) {
    return {LabelId{row.integer(0)}, static_cast<LabelKind>(row.integer(1)), string_at(row, 2)};
}

}  // namespace

std::vector<Entity> entities(Connection& connection) {
    std::vector<Entity> found;
    connection.each(all_entities, {}, [&](const Row& row) { found.push_back(read_entity(row)); });
    return found;
}

std::optional<Entity> entity_by_code(Connection& connection, std::string_view code) {
    std::optional<Entity> found;
    connection.each(find_entity, {code}, [&](const Row& row) { found = read_entity(row); });
    return found;
}

EntityId add_entity(Connection& connection, const Entity& entity) {
    const EntityId id{store::allot(connection, "entity", 1)};
    connection.run(insert_entity,
                   {id.value, entity.code, entity.name, entity.currency.code(), entity.country});
    return id;
}

void update_entity(Connection& connection, const Entity& entity) {
    connection.run(change_entity, {entity.id.value, entity.name, entity.country});
}

std::optional<Customer> customer(Connection& connection, CustomerId id) {
    std::optional<Customer> found;
    connection.each(read_customer, {id.value}, [&](const Row& row) {
        found = Customer{CustomerId{row.integer(0)}, EntityId{row.integer(1)}, string_at(row, 2),
                         string_at(row, 3),          string_at(row, 4),        string_at(row, 5),
                         string_at(row, 6),          string_at(row, 7),        string_at(row, 8),
                         string_at(row, 9),          string_at(row, 10)};
    });
    return found;
}

std::optional<CustomerId> customer_by_code(Connection& connection, EntityId entity, std::string_view code) {
    const auto id = connection.integer(find_customer, {entity.value, code});
    return id ? std::optional(CustomerId{*id}) : std::nullopt;
}

void each_customer(Connection& connection, EntityId entity,
                   const std::function<void(const Customer&)>& visit) {
    connection.each(customers_of_entity, {entity.value}, [&](const Row& row) {
        Customer customer;
        customer.id = CustomerId{row.integer(0)};
        customer.entity = EntityId{row.integer(1)};
        customer.code = row.text(2);
        customer.name = row.text(3);
        visit(customer);
    });
}

std::vector<CustomerId> search_customers(Connection& connection, std::string_view text, int limit) {
    std::vector<CustomerId> found;
    const auto add = [&](const Row& row) {
        const CustomerId id{row.integer(0)};
        const bool known = std::find(found.begin(), found.end(), id) != found.end();
        if (!known && found.size() < static_cast<std::size_t>(limit)) found.push_back(id);
    };
    const std::string code(trim(text));
    const std::string name = fold(text);
    if (!code.empty()) connection.each(search_by_code, {code, code + "\xF4\x8F\xBF\xBF", limit}, add);
    if (!name.empty()) connection.each(search_by_name, {name, name + "\xF4\x8F\xBF\xBF", limit}, add);
    return found;
}

CustomerId add_customers(Connection& connection, std::span<const Customer> customers) {
    const CustomerId first{store::allot(connection, "customer", static_cast<std::int64_t>(customers.size()))};
    std::int64_t id = first.value;
    const auto rows = connection.bulk("customer", customer_columns);
    for (const Customer& customer : customers) rows->row({id++, customer.entity.value, customer.code});
    rows->finish();
    id = first.value;
    const auto texts = connection.bulk("customer_text", customer_text_columns);
    for (const Customer& c : customers) {
        const std::string& name = c.name.empty() ? c.code : c.name;
        texts->row({id++, name, fold(name), c.legal_id, c.country, c.language, c.email, c.phone, c.address,
                    c.terms});
    }
    texts->finish();
    return first;
}

void update_customer(Connection& connection, const Customer& c) {
    connection.run(change_customer, {c.id.value, c.name, fold(c.name), c.legal_id, c.country, c.language,
                                     c.email, c.phone, c.address, c.terms});
}

std::vector<Contact> contacts(Connection& connection, CustomerId customer) {
    std::vector<Contact> found;
    connection.each(contacts_of, {customer.value}, [&](const Row& row) {
        found.push_back({row.integer(0), CustomerId{row.integer(1)}, string_at(row, 2), string_at(row, 3),
                         string_at(row, 4), string_at(row, 5), string_at(row, 6),
                         row.is_null(7) ? Owner::source : Owner::product});
    });
    return found;
}

std::int64_t add_contact(Connection& connection, const Contact& contact) {
    const std::int64_t id = store::allot(connection, "contact", 1);
    connection.run(insert_contact, {id, contact.customer.value, contact.function, contact.name, contact.email,
                                    contact.phone, contact.language});
    return id;
}

void update_contact(Connection& connection, const Contact& contact) {
    connection.run(change_contact, {contact.id, contact.function, contact.name, contact.email, contact.phone,
                                    contact.language});
}

std::vector<Label> labels(Connection& connection, LabelKind kind) {
    std::vector<Label> found;
    connection.each(labels_of, {static_cast<int>(kind)},
                    [&](const Row& row) { found.push_back(read_label_row(row)); });
    return found;
}

std::optional<Label> label(Connection& connection, LabelId id) {
    std::optional<Label> found;
    connection.each(read_label, {id.value}, [&](const Row& row) { found = read_label_row(row); });
    return found;
}

LabelId label_of(Connection& connection, LabelKind kind, std::string_view text) {
    if (const auto known = connection.integer(find_label, {static_cast<int>(kind), text}))
        return LabelId{*known};
    const LabelId id{store::allot(connection, "label", 1)};
    connection.run(insert_label, {id.value, static_cast<int>(kind), text});
    return id;
}

}  // namespace countback::parties
