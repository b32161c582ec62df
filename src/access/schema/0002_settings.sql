-- Settings by name, appended: the newest document of a name stands.
create table access_setting (
    row_no @key@,
    name text not null,
    document text not null,
    user_id bigint not null,
    recorded_at bigint not null
);
create index access_setting_name on access_setting (name, row_no);
