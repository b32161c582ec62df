-- What was done on a leader item, by a person until messages are sent (COL-3): appended, never updated.
create table step_done (
    row_no @key@,
    customer_id bigint not null,
    scenario bigint not null,
    leader_id bigint not null,
    step text not null,
    done_day bigint not null,
    skipped bigint not null,
    contact bigint not null,
    user_id bigint not null,
    recorded_at bigint not null
);

-- Why, in the person's words: erasable (LED-4).
create table step_done_text (
    row_no @key@,
    reason text not null
);

-- An item's own scenario (COL-5); the latest row stands, scenario 0 takes it back.
create table item_scenario (
    row_no @key@,
    item_id bigint not null,
    scenario bigint not null,
    user_id bigint not null,
    recorded_at bigint not null
);

-- Standings recorded in one go, one for each item: each with the first of them.
create table standing_group (
    row_no @key@,
    standing_id bigint not null,
    first_id bigint not null
);
