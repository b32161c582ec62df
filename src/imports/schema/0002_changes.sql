-- Why a person changed an item (LED-4: texts stand outside the facts and can be erased).
create table item_reason (
    fact_no @key@,
    user_id bigint not null,
    reason text not null
);

-- IMP-8: cash recorded in the product and what took its place. replaced_by is null when the load cleared its
-- items without naming a payment.
create table payment_replacement (
    item_id @key@,
    replaced_by bigint,
    load_id bigint not null
);

-- IMP-6: cash recorded in the product that a load should have brought and did not.
create table import_unreplaced (
    load_id bigint not null,
    item_id bigint not null,
    primary key (load_id, item_id)
);
