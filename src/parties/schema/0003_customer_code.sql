-- Lists of items in the order of their customers' codes, and the search by code, over all entities.
create index customer_code on customer (code);
