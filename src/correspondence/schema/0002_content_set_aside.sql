-- What was frozen for recipients that changed before any server took it: set aside, kept as evidence. `place`
-- counts the contents of a message, from 1.
create table message_content_past (
    message_no bigint not null references message (message_no),
    place bigint not null,
    language text not null,
    to_list text not null,
    cc_list text not null,
    from_name text not null,
    from_address text not null,
    reply_to text not null,
    message_id text not null,
    subject text not null,
    body_text text not null,
    body_html text not null,
    digest text not null,
    frozen_at bigint not null,
    primary key (message_no, place)
);

create table message_attachment_past (
    message_no bigint not null references message (message_no),
    content_place bigint not null,
    place bigint not null,
    name text not null,
    media_type text not null,
    digest text not null,
    bytes @bytes@ not null,
    primary key (message_no, content_place, place)
);
