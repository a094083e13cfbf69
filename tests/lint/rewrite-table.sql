--# setup
create table t (id bigint primary key);
--# case it fires
alter table t set unlogged;
--# finds 1:15 rewrite-table: all access to public.t waits while every row of it is written anew
--# case it does not
alter table t set (fillfactor = 90);
create table u (id bigint primary key);
alter table u set unlogged;
