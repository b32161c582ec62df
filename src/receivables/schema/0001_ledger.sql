-- Facts: appended, never updated (LED-4). Days are counted from 1970-01-01; amounts are minor units.
create table item_fact (
    fact_no @key@,
    item_id bigint not null,
    customer_id bigint not null,
    type bigint not null,
    currency text not null,
    amount bigint not null,
    issue_day bigint not null,
    due_day bigint not null,
    flags bigint not null,
    item_key bigint not null,
    instalment bigint not null,
    number text not null,
    load_id bigint
);
create index item_fact_number on item_fact (number);

create table allocation_fact (
    fact_no @key@,
    item_id bigint not null,
    counter_id bigint,
    cause bigint not null,
    amount bigint not null,
    given_day bigint not null,
    effective_day bigint not null,
    estimated bigint not null,
    reverses bigint,
    load_id bigint
);

create table standing_fact (
    fact_no @key@,
    standing_id bigint not null,
    customer_id bigint not null,
    item_id bigint,
    kind bigint not null,
    amount bigint,
    cause_id bigint,
    source bigint not null,
    from_day bigint not null,
    to_day bigint,
    cancelled bigint not null
);

create table attribute_fact (
    fact_no @key@,
    customer_id bigint not null,
    attribute bigint not null,
    value bigint not null,
    from_day bigint not null
);

create table load_fact (
    fact_no @key@,
    load_id bigint not null,
    entity_id bigint not null,
    as_of_day bigint not null,
    mode bigint not null,
    undone bigint not null
);

-- One row a transaction: its range of facts, who, from where, when, and the hash chain (ACC-2).
create table journal (
    last_fact_no @key@,
    first_fact_no bigint not null,
    recorded_at bigint not null,
    user_id bigint,
    source text not null,
    chain text not null
);

-- Texts stand outside the facts and the chain, so that a person's data can be erased (LED-4).
create table item_text (
    item_id @key@,
    source_id text,
    order_reference text,
    document_link text,
    vat_amount bigint,
    custom text
);

create table standing_text (
    fact_no @key@,
    reason text not null
);
