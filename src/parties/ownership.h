// IMP-5: who owns a field of a customer. A person's change makes the product its owner; loads then leave the
// field alone until it is given back to the source.
//
// Example: a file says that C1 is named "ACME". A person names it "ACME SA": the next file's "ACME" changes
// nothing and the load says so. Given back to the source, the next file's name stands again.
#pragma once
#include <array>
#include <map>

#include "parties/types.h"
#include "store/database.h"

namespace countback::parties {

enum class CustomerField : std::uint8_t {
    name,
    legal_id,
    country,
    language,
    email,
    phone,
    address,
    terms,
    collector,
    segment,
    risk_class
};
inline constexpr std::array customer_fields{
    CustomerField::name,      CustomerField::legal_id, CustomerField::country,   CustomerField::language,
    CustomerField::email,     CustomerField::phone,    CustomerField::address,   CustomerField::terms,
    CustomerField::collector, CustomerField::segment,  CustomerField::risk_class};

std::string_view name_of(CustomerField field);  ///< `legal_id`
std::optional<CustomerField> parse_customer_field(std::string_view name);
/// Its text in the customer's row; null for the three labels, which are dated attributes.
std::string* text_of(Customer& customer, CustomerField field);
/// Of the three labels: their kind.
std::optional<LabelKind> label_kind_of(CustomerField field);

std::string_view name_of(Owner owner);  ///< `source`, `product`

/// The fields of one customer that the product owns.
class OwnedFields {
public:
    bool has(CustomerField field) const { return (bits_ >> static_cast<unsigned>(field) & 1U) != 0; }
    void add(CustomerField field) { bits_ |= 1U << static_cast<unsigned>(field); }
    bool operator==(const OwnedFields&) const = default;

private:
    std::uint32_t bits_ = 0;
};

OwnedFields owned_fields(store::Connection& connection, CustomerId customer);
/// Customers with a field of their own, for a load.
std::map<CustomerId, OwnedFields> all_owned_fields(store::Connection& connection);
void set_owner(store::Connection& connection, CustomerId customer, CustomerField field, Owner owner);

/// The contact, when it is one of the customer's.
std::optional<Contact> contact(store::Connection& connection, CustomerId customer, std::int64_t id);
void set_contact_owner(store::Connection& connection, std::int64_t contact, Owner owner);
/// Deletes its texts and remembers hashes of its address and name, so that no load brings it back.
void remove_contact(store::Connection& connection, const Contact& contact);
/// Deletes its texts and remembers nothing: the load that brought it is undone.
void drop_contact(store::Connection& connection, std::int64_t contact);
bool was_removed(store::Connection& connection, const Contact& contact);
/// A contact that a person enters again is wanted again.
void forget_removed(store::Connection& connection, const Contact& contact);

}  // namespace countback::parties
