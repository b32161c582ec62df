-- A database for Countback on PostgreSQL 15: run as the database administrator, with psql.
-- Then start with  --db postgresql://countback@/countback?host=/var/run/postgresql  (the system user countback
-- signs in by its name), or keep a password in ~/.pgpass: never on the command line.
create role countback login;
create database countback owner countback encoding 'UTF8' template template0 lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8';
revoke all on database countback from public;
alter database countback set timezone to 'UTC';
