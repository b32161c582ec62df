-- IMP-4: texts that a load changed, with what they were, so that it can be undone as a whole. A contact that
-- the load brought has a row of field `added` beside those of its texts. Erased with the customer's texts.
create table import_text_change (
    load_id bigint not null,
    place bigint not null,
    customer_id bigint not null,
    contact_id bigint not null,
    field text not null,
    was text not null,
    became text not null,
    primary key (load_id, place)
);
create index import_text_change_subject on import_text_change (customer_id, contact_id, field);

-- A fact of the transaction that undid the load: what it wrote counts as little as the load.
alter table import_load add column undone_fact bigint;

-- IMP-2: how files of these headers write dates and amounts, once one has proved it or a person has said so.
alter table import_mapping add column date_format text;
alter table import_mapping add column decimal_mark text;
