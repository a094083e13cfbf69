--# setup
create table t (id bigint primary key) partition by range (id);
create table t_1 partition of t for values from (1) to (10);
--# case it fires
alter table t detach partition t_1;
--# finds 1:15 detach-partition: all access to public.t and its partitions waits until public.t_1 is detached
--# case concurrently
--# from 14
-- quire: no-transaction
alter table t detach partition t_1 concurrently;
--# case a new table
create table t_2 partition of t for values from (10) to (20);
alter table t detach partition t_2;
