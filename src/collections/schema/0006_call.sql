-- What came of a call (COL-10): appended. With the step or contact that was noted for it, 0 where nobody was spoken to.
create table call_made (
    row_no @key@,
    customer_id bigint not null,
    outcome bigint not null,
    day bigint not null,
    back_day bigint,
    mark bigint not null,
    user_id bigint not null,
    recorded_at bigint not null
);
create index call_made_customer on call_made (customer_id, row_no);
create index call_made_mark on call_made (mark);
-- What was said, in the person's words: erasable (LED-4).
create table call_made_text (
    row_no @key@,
    note text not null
);
create index step_done_customer on step_done (customer_id, row_no);
