--# setup
create table t (id bigint primary key, a int, b int not null default 1, c int,
    constraint c_there check (c is not null and c > 0));
create table u (id bigint);
create unique index u_key on u (id);
--# case it fires
alter table t alter column a set default 1, alter a set not null;
--# finds 1:15 set-not-null: all access to public.t waits while all rows are searched for nulls in a
--# case a key by an index
alter table u add primary key using index u_key;
--# finds 1:15 set-not-null: all access to public.u waits while all rows are searched for nulls in id
--# case proven, or a new table
alter table t alter column b set not null, alter column c set not null;
create table v (id bigint primary key, a int default 1);
alter table v alter column a set not null;
--# case a check that is not valid proves nothing
alter table t add constraint there check (a is not null) not valid;
alter table t alter column a set not null;
--# finds 2:15 set-not-null: all access to public.t waits while all rows are searched for nulls in a
