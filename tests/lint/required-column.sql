--# setup
create table t (id bigint primary key, a int not null default 1);
--# case it fires
alter table t add column b int not null;
alter table t alter column a drop default;
--# finds 1:15 required-column: public.t.b is NOT NULL without a default: it fails when there are rows, and a running program does not fill it
--# finds 2:15 required-column: a running program that leaves public.t.a out fails: it has no default any more
--# case it does not
alter table t add column b int not null default 1, add column c int;
create table u (id bigint primary key, a int not null default 1);
alter table u alter a drop default;
