// Named SQL of the parties: one text for both databases.
#pragma once
#include "store/database.h"

namespace countback::parties {

using store::BulkColumn;
using store::ColumnKind;
using store::Sql;

constexpr Sql all_entities{"all_entities",
                           "select entity_id, code, name, currency, country from entity order by code"};
constexpr Sql find_entity{"find_entity",
                          "select entity_id, code, name, currency, country from entity where code = $1"};
constexpr Sql insert_entity{
    "insert_entity",
    "insert into entity (entity_id, code, name, currency, country) values ($1, $2, $3, $4, $5)"};
constexpr Sql change_entity{"change_entity",
                            "update entity set name = $2, country = $3 where entity_id = $1"};

constexpr Sql read_customer{
    "read_customer",
    "select c.customer_id, c.entity_id, c.code, t.name, t.legal_id, t.country, t.language, t.email, "
    "t.phone, t.address, t.terms from customer c join customer_text t on t.customer_id = c.customer_id "
    "where c.customer_id = $1"};
constexpr Sql find_customer{"find_customer",
                            "select customer_id from customer where entity_id = $1 and code = $2"};
constexpr Sql customers_of_entity{
    "customers_of_entity",
    "select c.customer_id, c.entity_id, c.code, t.name from customer c join customer_text t "
    "on t.customer_id = c.customer_id where c.entity_id = $1 order by c.customer_id"};
// Beginnings as a range of the index: [text, text + the highest letter).
constexpr Sql search_by_name{
    "search_by_name",
    "select customer_id from customer_text where folded_name >= $1 and folded_name < $2 "
    "order by folded_name limit $3"};
constexpr Sql search_by_code{
    "search_by_code",
    "select customer_id from customer where code >= $1 and code < $2 order by code limit $3"};
constexpr Sql change_customer{
    "change_customer",
    "update customer_text set name = $2, folded_name = $3, legal_id = $4, country = $5, language = $6, "
    "email = $7, phone = $8, address = $9, terms = $10 where customer_id = $1"};
constexpr BulkColumn customer_columns[] = {{"customer_id"}, {"entity_id"}, {"code", ColumnKind::text}};
constexpr BulkColumn customer_text_columns[] = {{"customer_id"},
                                                {"name", ColumnKind::text},
                                                {"folded_name", ColumnKind::text},
                                                {"legal_id", ColumnKind::text},
                                                {"country", ColumnKind::text},
                                                {"language", ColumnKind::text},
                                                {"email", ColumnKind::text},
                                                {"phone", ColumnKind::text},
                                                {"address", ColumnKind::text},
                                                {"terms", ColumnKind::text}};

constexpr Sql contacts_of{
    "contacts_of",
    "select c.contact_id, c.customer_id, c.function, c.name, c.email, c.phone, c.language, o.contact_id "
    "from contact c left join contact_owned o on o.contact_id = c.contact_id "
    "where c.customer_id = $1 order by c.contact_id"};
constexpr Sql insert_contact{
    "insert_contact",
    "insert into contact (contact_id, customer_id, function, name, email, phone, language) "
    "values ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Sql change_contact{
    "change_contact",
    "update contact set function = $2, name = $3, email = $4, phone = $5, language = $6 "
    "where contact_id = $1"};

constexpr Sql delete_contact{"delete_contact", "delete from contact where contact_id = $1"};
constexpr Sql own_contact{"own_contact", "insert into contact_owned (contact_id) values ($1)"};
constexpr Sql disown_contact{"disown_contact", "delete from contact_owned where contact_id = $1"};
constexpr Sql keep_removed{"keep_removed",
                           "insert into contact_removed (customer_id, identity) values ($1, $2)"};
constexpr Sql find_removed{"find_removed",
                           "select identity from contact_removed where customer_id = $1 and identity = $2"};
constexpr Sql forget_removed_contact{"forget_removed_contact",
                                     "delete from contact_removed where customer_id = $1 and identity = $2"};

constexpr Sql owned_of_customer{"owned_of_customer",
                                "select field from customer_owned_field where customer_id = $1"};
constexpr Sql owned_of_all{"owned_of_all", "select customer_id, field from customer_owned_field"};
constexpr Sql own_field{"own_field", "insert into customer_owned_field (customer_id, field) values ($1, $2)"};
constexpr Sql disown_field{"disown_field",
                           "delete from customer_owned_field where customer_id = $1 and field = $2"};

constexpr Sql labels_of{"labels_of", "select label_id, kind, text from label where kind = $1 order by text"};
constexpr Sql read_label{"read_label", "select label_id, kind, text from label where label_id = $1"};
constexpr Sql find_label{"find_label", "select label_id from label where kind = $1 and text = $2"};
constexpr Sql insert_label{"insert_label", "insert into label (label_id, kind, text) values ($1, $2, $3)"};

}  // namespace countback::parties
