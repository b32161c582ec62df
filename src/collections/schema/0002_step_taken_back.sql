-- A mark on a step that was taken back: appended, the mark itself stays (LED-4).
create table step_taken_back (
    row_no @key@,
    mark bigint not null,
    user_id bigint not null,
    recorded_at bigint not null
);
