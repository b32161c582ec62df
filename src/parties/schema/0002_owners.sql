-- IMP-5: fields of a customer that a person changed in the product. No row = the source owns the field.
create table customer_owned_field (
    customer_id bigint not null,
    field text not null,
    primary key (customer_id, field)
);

-- Contacts that a person made or changed.
create table contact_owned (
    contact_id @key@
);

-- What a person removed stays removed: hashes of the mail address and of the name, salted by the
-- customer, nothing readable.
create table contact_removed (
    customer_id bigint not null,
    identity bigint not null,
    primary key (customer_id, identity)
);
