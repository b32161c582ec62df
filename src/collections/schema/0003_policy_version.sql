-- The policy (scenarios, assignment rules, limits) as it was saved: appended, the newest stands (COL-2 to COL-8).
create table policy_version (
    row_no @key@,
    document text not null,
    user_id bigint not null,
    recorded_at bigint not null,
    reason text not null
);
