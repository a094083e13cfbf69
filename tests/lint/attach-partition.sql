--# setup
create table t (id bigint primary key) partition by range (id);
create table t_1 (id bigint primary key);
create table t_2 (id bigint primary key, check (id >= 10 and id < 20));
--# case it fires
alter table t attach partition t_1 for values from (1) to (10);
--# finds 1:15 attach-partition: all access to public.t_1 waits while all its rows are checked against the bounds
--# case bounds that are proven, or a new table
alter table t attach partition t_2 for values from (10) to (20);
create table t_3 (id bigint primary key);
alter table t attach partition t_3 for values from (20) to (30);
