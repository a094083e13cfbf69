--# setup
create table t (id bigint primary key);
create table u (id bigint primary key references t);
create view v as select id from u;
create view w as select id from v;
create type mood as enum ('good');
create table x (id bigint primary key, mood mood);
--# case it fires
drop view v cascade;
drop type mood cascade;
-- quire: ignore drop-table it is empty
drop table t cascade;
--# finds 1:1 drop-cascade: CASCADE drops also: view public.w
--# finds 1:1 drop-view: a running program does not find view public.v any more
--# finds 2:1 drop-cascade: CASCADE drops also: column public.x.mood
--# finds 4:1 drop-cascade: CASCADE drops also: constraint u_id_fkey on public.u
--# case it does not
drop view w cascade;
create type size as enum ('s');
create table y (id bigint primary key, size size);
drop type size cascade;
--# finds 1:1 drop-view: a running program does not find view public.w any more
