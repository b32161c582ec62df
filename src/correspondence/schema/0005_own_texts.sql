-- From that row on the versions a person saved before stand no more: the text is as delivered again, or gone
-- where none was delivered. The versions are kept.
create table template_withdrawn (
    row_no @key@,
    code text not null,
    language text not null,
    user_id bigint not null,
    recorded_at bigint not null
);
create index template_withdrawn_code on template_withdrawn (code, language);

-- What a text that was not delivered is called; the newest stands.
create table template_name (
    row_no @key@,
    code text not null,
    name text not null,
    user_id bigint not null,
    recorded_at bigint not null
);
