-- A run is a record (COL-11): its parameters, what came of it, and for each customer what and why, or why not.
create table run (
    run_no @key@,
    day bigint not null,
    source text not null,
    once text unique,
    user_id bigint not null,
    known_at bigint not null,
    started_at bigint not null
);

create table run_end (
    run_no bigint primary key references run (run_no),
    finished_at bigint not null,
    requested bigint not null,
    to_do bigint not null,
    waiting bigint not null,
    held bigint not null,
    idle bigint not null,
    failed bigint not null
);

create table run_outcome (
    run_no bigint not null references run (run_no),
    customer_id bigint not null,
    outcome text not null,
    step text not null,
    message_no bigint not null,
    why text not null,
    primary key (run_no, customer_id)
);
