--# setup
create table t (id bigint primary key);
--# case it fires
create table u (id bigint);
create table v as select 1 as a;
--# finds 1:1 no-primary-key: table public.u has no primary key
--# finds 2:1 no-primary-key: table public.v has no primary key
--# case it does not
create table u (id bigint);
alter table u add primary key (id);
