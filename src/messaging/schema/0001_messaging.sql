-- The mail server's settings, appended: the newest stands. The password in it is sealed.
create table mail_settings (
    row_no @key@,
    document text not null,
    user_id bigint not null,
    recorded_at bigint not null
);
