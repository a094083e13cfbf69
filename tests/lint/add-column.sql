--# setup
create table t (id bigint primary key, a int);
--# case it fires
alter table t add column b uuid default gen_random_uuid();
alter table t add column c bigint generated always as identity;
alter table t add column d int generated always as (a * 2) stored;
--# finds 1:15 add-column: all access to public.t waits while every row of it is written anew
--# finds 2:15 add-column: all access to public.t waits while every row of it is written anew
--# finds 3:15 add-column: all access to public.t waits while every row of it is written anew
--# case constant
alter table t add column b timestamptz not null default now(), add c int default 1, add d text;
create table u (id bigint primary key);
alter table u add column b uuid default gen_random_uuid();
