--# setup
create table t (id bigint primary key, a int, b int, c int check (c > 0));
create index t_a_b on t (a, b);
create view v as select b from t;
--# case it fires
alter table t drop column a;
alter table t drop column c;
alter table t drop column b cascade;
--# finds 1:15 drop-column: drops column public.t.a with what is in it
--# finds 1:15 drop-column-in-use: column public.t.a takes with it: index public.t_a_b
--# finds 2:15 drop-column: drops column public.t.c with what is in it
--# finds 2:15 drop-column-in-use: column public.t.c takes with it: constraint t_c_check on public.t
--# finds 3:15 drop-column: drops column public.t.b with what is in it
--# finds 3:15 drop-column-in-use: column public.t.b takes with it: view public.v
--# case it does not
alter table t add column d int;
alter table t drop column d;
create table u (id bigint primary key, a int unique);
alter table u drop column a;
