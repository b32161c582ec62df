-- A run being made: by which process, up to when nobody else takes it up, and over what. What was cut short is gone on
-- with from here (COL-11).
create table run_taken (
    run_no bigint primary key references run (run_no),
    holder text not null,
    held_until bigint not null,
    perimeter text not null
);

-- The night's run of each entity, one a day whatever its time zone was when it was made.
create table run_night (
    entity_id bigint not null,
    day bigint not null,
    run_no bigint not null references run (run_no),
    primary key (entity_id, day)
);
