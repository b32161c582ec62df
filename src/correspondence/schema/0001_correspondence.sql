-- Messages to customers (MSG-1, MSG-4). What was asked for is appended and stays.
create table message (
    message_no @key@,
    kind bigint not null,
    customer_id bigint not null,
    entity_id bigint not null,
    run_no bigint not null,
    scenario bigint not null,
    step text not null,
    leader_id bigint not null,
    channel text not null,
    template_code text not null,
    to_functions text not null,
    cc_functions text not null,
    day bigint not null,
    user_id bigint not null,
    recorded_at bigint not null
);
create index message_customer on message (customer_id);

-- The items a message asks for, with what was open when it was decided.
create table message_item (
    message_no bigint not null references message (message_no),
    item_id bigint not null,
    currency text not null,
    amount bigint not null,
    primary key (message_no, item_id)
);

-- The story of each message: appended only.
create table message_event (
    row_no @key@,
    message_no bigint not null references message (message_no),
    state bigint not null,
    at bigint not null,
    user_id bigint not null,
    detail text not null
);
create index message_event_message on message_event (message_no);

-- The present state, a working table made from the events. One live message of a kind at most: `live_key` is
-- unique while the message stands, and null once it is cancelled.
create table message_queue (
    message_no bigint primary key references message (message_no),
    customer_id bigint not null,
    state bigint not null,
    live_key text unique,
    not_before bigint not null,
    claimed_by text not null,
    claimed_until bigint not null,
    attempts bigint not null
);
create index message_queue_state on message_queue (state, not_before);

-- What exactly was written, frozen when it was reserved; texts are erasable, their hash stays (LED-4).
create table message_content (
    message_no bigint primary key references message (message_no),
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
    frozen_at bigint not null
);

create table message_attachment (
    message_no bigint not null references message (message_no),
    place bigint not null,
    name text not null,
    media_type text not null,
    digest text not null,
    bytes @bytes@ not null,
    primary key (message_no, place)
);

-- What a person changed in a message before her yes.
create table message_edit (
    message_no bigint primary key references message (message_no),
    subject text not null,
    body_text text not null
);

-- Texts of messages, appended: the newest of a code and language stands (MSG-2).
create table template_version (
    row_no @key@,
    code text not null,
    language text not null,
    subject text not null,
    body_text text not null,
    body_html text not null,
    user_id bigint not null,
    recorded_at bigint not null
);
create index template_version_code on template_version (code, language);

-- What each entity says of itself in its letters: one document, the newest stands.
create table sender_card (
    row_no @key@,
    entity_id bigint not null,
    document text not null,
    user_id bigint not null,
    recorded_at bigint not null
);
