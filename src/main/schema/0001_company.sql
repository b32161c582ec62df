-- What the company is called, and whether it is the demo: a name and a value.
create table company_setting (
    name text primary key,
    value text not null
);
