#include "imports/before_load.h"

#include <array>

#include "imports/queries.h"
#include "parties/directory.h"
#include "parties/ownership.h"

namespace countback::imports {
namespace {

using parties::CustomerField;
using store::BulkColumn;
using store::ColumnKind;

constexpr BulkColumn columns[] = {{"load_id"},
                                  {"place"},
                                  {"customer_id"},
                                  {"contact_id"},
                                  {"field", ColumnKind::text},
                                  {"was", ColumnKind::text},
                                  {"became", ColumnKind::text}};
constexpr const char* added = "added";

struct ContactField {
    const char* name;
    std::string Contact::*text;
};
constexpr std::array contact_fields{
    ContactField{"function", &Contact::function}, ContactField{"name", &Contact::name},
    ContactField{"email", &Contact::email}, ContactField{"phone", &Contact::phone},
    ContactField{"language", &Contact::language}};

struct Row {
    CustomerId customer;
    std::int64_t contact = 0;
    std::string field, was, became;
};

std::vector<Row> rows_of(store::Connection& connection, LoadId load) {
    std::vector<Row> rows;
    connection.each(text_changes_of, {load.value}, [&](const store::Row& row) {
        rows.push_back({CustomerId{row.integer(0)}, row.integer(1), std::string(row.text(2)),
                        std::string(row.text(3)), std::string(row.text(4))});
    });
    return rows;
}

void restore(store::Connection& connection, Customer& customer, const Row& row) {
    const auto field = parties::parse_customer_field(row.field);
    std::string* text = field ? parties::text_of(customer, *field) : nullptr;
    if (text == nullptr || *text != row.became) return;
    *text = row.was;
    parties::update_customer(connection, customer);
}

void restore(store::Connection& connection, const Row& row) {
    auto contact = parties::contact(connection, row.customer, row.contact);
    if (!contact || contact->owner == Owner::product) return;  // removed or changed by a person since
    if (row.field == added) return parties::drop_contact(connection, contact->id);
    for (const ContactField& one : contact_fields) {
        std::string& text = (*contact).*one.text;
        if (row.field != one.name || text != row.became) continue;
        text = row.was;
        parties::update_contact(connection, *contact);
    }
}

}  // namespace

void BeforeLoad::note(CustomerId customer, std::int64_t contact, const char* field, const std::string& was,
                      const std::string& became) {
    if (was != became) changes_.push_back({customer, contact, field, was, became});
}

void BeforeLoad::customer(const Customer& before, const Customer& after) {
    Customer was = before, became = after;
    for (const CustomerField field : parties::customer_fields) {
        const std::string* text = parties::text_of(was, field);
        if (text != nullptr)
            note(before.id, 0, std::string(parties::name_of(field)).c_str(), *text,
                 *parties::text_of(became, field));
    }
}

void BeforeLoad::new_customer(const Customer& after) {
    Customer before;
    before.id = after.id;
    before.name = after.code;
    customer(before, after);
}

void BeforeLoad::contact(const Contact& before, const Contact& after) {
    for (const ContactField& one : contact_fields)
        note(after.customer, after.id, one.name, before.*one.text, after.*one.text);
}

void BeforeLoad::new_contact(const Contact& after) {
    note(after.customer, after.id, added, "", after.name);
    contact({}, after);
}

void BeforeLoad::write(store::Connection& connection, LoadId load) const {
    if (changes_.empty()) return;
    const auto bulk = connection.bulk("import_text_change", columns);
    std::int64_t place = 0;
    for (const Change& one : changes_)
        bulk->row({load.value, ++place, one.customer.value, one.contact, one.field, one.was, one.became});
    bulk->finish();
}

bool texts_changed_later(store::Connection& connection, LoadId load) {
    return connection.integer(text_changed_later, {load.value}).has_value();
}

std::set<CustomerId> restore_texts(store::Connection& connection, LoadId load) {
    std::set<CustomerId> touched;
    for (const Row& row : rows_of(connection, load)) {
        touched.insert(row.customer);
        if (row.contact != 0) {
            restore(connection, row);
        } else if (auto customer = parties::customer(connection, row.customer)) {
            restore(connection, *customer, row);
        }
    }
    return touched;
}

}  // namespace countback::imports
