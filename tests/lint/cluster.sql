--# setup
create table t (id bigint primary key);
--# case it fires
cluster t using t_pkey;
--# finds 1:1 cluster: all access to public.t waits while every row of it is written anew
--# case it does not
create table u (id bigint primary key);
cluster u using u_pkey;
alter table t cluster on t_pkey;
