#include "parties/ownership.h"

#include <algorithm>

#include "base/text.h"
#include "parties/directory.h"
#include "parties/queries.h"

namespace countback::parties {
namespace {

using store::Connection;
using store::Row;

constexpr std::array<std::string_view, customer_fields.size()> names{
    "name",    "legal_id", "country",   "language", "email",     "phone",
    "address", "terms",    "collector", "segment",  "risk_class"};

/// Address and name apart: a file may bring either.
std::vector<std::int64_t> identities(const Contact& contact) {
    const std::string salt = std::to_string(contact.customer.value);
    std::vector<std::int64_t> found;
    for (const auto& [kind, text] : {std::pair{'@', &contact.email}, std::pair{'=', &contact.name}}) {
        if (!text->empty())
            found.push_back(static_cast<std::int64_t>(hash64(salt + kind + fold(*text)) >> 1));
    }
    return found;
}

}  // namespace

std::string_view name_of(CustomerField field) { return names[static_cast<std::size_t>(field)]; }

std::optional<CustomerField> parse_customer_field(std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<CustomerField>(found - names.begin());
}

std::string* text_of(Customer& customer, CustomerField field) {
    switch (field) {
        case CustomerField::name:
            return &customer.name;
        case CustomerField::legal_id:
            return &customer.legal_id;
        case CustomerField::country:
            return &customer.country;
        case CustomerField::language:
            return &customer.language;
        case CustomerField::email:
            return &customer.email;
        case CustomerField::phone:
            return &customer.phone;
        case CustomerField::address:
            return &customer.address;
        case CustomerField::terms:
            return &customer.terms;
        default:
            return nullptr;
    }
}

std::optional<LabelKind> label_kind_of(CustomerField field) {
    if (field == CustomerField::collector) return LabelKind::collector;
    if (field == CustomerField::segment) return LabelKind::segment;
    if (field == CustomerField::risk_class) return LabelKind::risk_class;
    return std::nullopt;
}

std::string_view name_of(Owner owner) { return owner == Owner::product ? "product" : "source"; }

OwnedFields owned_fields(Connection& connection, CustomerId customer) {
    OwnedFields owned;
    connection.each(owned_of_customer, {customer.value}, [&](const Row& row) {
        if (const auto field = parse_customer_field(row.text(0))) owned.add(*field);
    });
    return owned;
}

std::map<CustomerId, OwnedFields> all_owned_fields(Connection& connection) {
    std::map<CustomerId, OwnedFields> all;
    connection.each(owned_of_all, {}, [&](const Row& row) {
        if (const auto field = parse_customer_field(row.text(1))) all[CustomerId{row.integer(0)}].add(*field);
    });
    return all;
}

void set_owner(Connection& connection, CustomerId customer, CustomerField field, Owner owner) {
    connection.run(disown_field, {customer.value, name_of(field)});
    if (owner == Owner::product) connection.run(own_field, {customer.value, name_of(field)});
}

std::optional<Contact> contact(Connection& connection, CustomerId customer, std::int64_t id) {
    for (Contact& one : contacts(connection, customer)) {
        if (one.id == id) return std::move(one);
    }
    return std::nullopt;
}

void set_contact_owner(Connection& connection, std::int64_t contact, Owner owner) {
    connection.run(disown_contact, {contact});
    if (owner == Owner::product) connection.run(own_contact, {contact});
}

void remove_contact(Connection& connection, const Contact& contact) {
    forget_removed(connection, contact);
    for (const std::int64_t identity : identities(contact))
        connection.run(keep_removed, {contact.customer.value, identity});
    drop_contact(connection, contact.id);
}

void drop_contact(Connection& connection, std::int64_t contact) {
    connection.run(disown_contact, {contact});
    connection.run(delete_contact, {contact});
}

bool was_removed(Connection& connection, const Contact& contact) {
    for (const std::int64_t identity : identities(contact)) {
        if (connection.integer(find_removed, {contact.customer.value, identity})) return true;
    }
    return false;
}

void forget_removed(Connection& connection, const Contact& contact) {
    for (const std::int64_t identity : identities(contact))
        connection.run(forget_removed_contact, {contact.customer.value, identity});
}

}  // namespace countback::parties
