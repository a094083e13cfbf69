--# setup
create table t (id bigint primary key, a int, b int);
create unique index t_b on t (b);
--# case it fires
alter table t add unique (a, b);
alter table t add column c int unique;
--# finds 1:15 add-unique: all access to public.t waits while the index of t_a_b_key is built
--# finds 2:15 add-unique: all access to public.t waits while the index of t_c_key is built
--# case by an index that is there, or a new table
alter table t add constraint t_b unique using index t_b;
create table u (id bigint primary key, a int unique);
alter table u add unique (a, id);
