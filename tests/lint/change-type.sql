--# setup
create table t (id bigint primary key, a int, name varchar(10), at timestamptz);
create index on t (name);
--# case it fires
alter table t alter a type bigint;
--# finds 1:15 change-type: all access to public.t waits while every row of it is written anew
--# case nothing is written
alter table t alter name type varchar(20);
alter table t alter name type text;
create table u (id bigint primary key, a int);
alter table u alter a type bigint;
