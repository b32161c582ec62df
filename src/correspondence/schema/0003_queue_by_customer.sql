-- What is on its way to one customer, asked before each message to it, and what it was ever sent.
create index message_queue_customer on message_queue (customer_id, message_no);
