create table entity (
    entity_id @key@,
    code text not null unique,
    name text not null,
    currency text not null,
    country text not null
);

create table customer (
    customer_id @key@,
    entity_id bigint not null references entity (entity_id),
    code text not null,
    unique (entity_id, code)
);

-- Erasable (LED-4). folded_name serves the search: lower case, without accents.
create table customer_text (
    customer_id @key@,
    name text not null,
    folded_name text not null,
    legal_id text not null,
    country text not null,
    language text not null,
    email text not null,
    phone text not null,
    address text not null,
    terms text not null
);
create index customer_text_name on customer_text (folded_name);

create table contact (
    contact_id @key@,
    customer_id bigint not null,
    function text not null,
    name text not null,
    email text not null,
    phone text not null,
    language text not null
);
create index contact_customer on contact (customer_id);

create table label (
    label_id @key@,
    kind bigint not null,
    text text not null,
    unique (kind, text)
);
