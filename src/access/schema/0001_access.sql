-- Who may come in, and what they did. Times are microseconds since 1970 in UTC.

create table access_user (
    user_id @key@,
    role text not null,
    language text not null,
    all_entities bigint not null,
    all_collectors bigint not null,
    created_at bigint not null,
    ended_at bigint
);

-- What names a person or lets her in stands apart, so that it can be erased (LED-4).
create table access_person (
    user_id bigint primary key references access_user (user_id),
    name text not null,
    email text unique,
    password_hash text
);

-- Entities and collectors of users who may not see all of them.
create table access_perimeter (
    user_id bigint not null references access_user (user_id),
    kind text not null,
    value bigint not null,
    primary key (user_id, kind, value)
);

-- Tokens are kept as hashes only: who reads the database cannot sign in with it.
create table access_session (
    token_hash text primary key,
    user_id bigint not null references access_user (user_id),
    created_at bigint not null,
    ends_at bigint not null
);
create index access_session_user on access_session (user_id);

create table access_link (
    token_hash text primary key,
    user_id bigint not null references access_user (user_id),
    created_at bigint not null,
    ends_at bigint not null,
    used_at bigint
);

-- ACC-2: appended only, each line sealed by the hash of the one before. Ids and hashes, nothing personal.
create table access_audit (
    number @key@,
    at bigint not null,
    user_id bigint not null,
    origin text not null,
    kind text not null,
    subject text not null,
    before_hash text not null,
    after_hash text not null,
    previous_hash text not null,
    hash text not null
);

-- What an origin of the audit was; may be erased without touching the chain.
create table access_origin (
    origin text primary key,
    address text not null
);
