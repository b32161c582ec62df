-- What a message asks to be paid, one line a currency: its items less the credit on the account. A working
-- table: known when the message is asked for, and anew when its content is frozen.
create table message_to_pay (
    message_no bigint not null references message (message_no),
    currency text not null,
    amount bigint not null,
    primary key (message_no, currency)
);
