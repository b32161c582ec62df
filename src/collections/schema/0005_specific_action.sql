-- COL-9: items that a person takes out of the scenario for an action of its own, and how it ended: appended.
create table specific_action (
    row_no @key@,
    customer_id bigint not null,
    day bigint not null,
    channel bigint not null,
    template text not null,
    user_id bigint not null,
    recorded_at bigint not null
);
create table specific_action_item (
    row_no @key@,
    action bigint not null,
    item_id bigint not null
);
-- What it is about, in the person's words: erasable (LED-4).
create table specific_action_text (
    row_no @key@,
    title text not null
);
create table specific_action_end (
    row_no @key@,
    action bigint not null,
    done_day bigint,
    user_id bigint not null,
    recorded_at bigint not null
);

-- COL-10: a customer kept off the agenda up to a day; the latest row stands, no day ends it.
create table snooze (
    row_no @key@,
    customer_id bigint not null,
    until_day bigint,
    user_id bigint not null,
    recorded_at bigint not null
);

-- A notice that went out for an item (new invoice, thanks): it is not decided again.
create table notice_done (
    row_no @key@,
    customer_id bigint not null,
    item_id bigint not null,
    notice text not null,
    done_day bigint not null,
    user_id bigint not null,
    recorded_at bigint not null
);
