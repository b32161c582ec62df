-- Files that were sent, until they are loaded; the bytes lie in the uploads folder under their hash.
create table import_file (
    file_id @key@,
    name text not null,
    size bigint not null,
    sha256 text not null,
    user_id bigint not null
);

-- One row a load (IMP-4). Names of files and authors, notices and refused values are texts, not facts.
create table import_load (
    load_id @key@,
    recorded_at bigint not null,
    author text not null,
    file_name text not null,
    sha256 text not null,
    kind text not null,
    mode bigint not null,
    as_of_day bigint not null,
    lines bigint not null,
    new_items bigint not null,
    changed bigint not null,
    unchanged bigint not null,
    cleared bigint not null,
    refused bigint not null,
    new_customers bigint not null,
    notices text not null,
    refusals text not null,
    reconciled bigint not null,
    differences bigint not null,
    undone_at bigint,
    undone_reason text
);
create index import_load_sha256 on import_load (sha256);

-- IMP-6: every entity and currency, and the customers that differ (customer_id not null).
create table import_reconciliation (
    load_id bigint not null,
    entity text not null,
    currency text not null,
    customer_id bigint,
    in_file bigint not null,
    in_ledger bigint not null
);
create index import_reconciliation_load on import_reconciliation (load_id);

-- The mapping last used with a header row (IMP-2).
create table import_mapping (
    header_shape text not null primary key,
    kind text not null,
    mapping text not null
);
