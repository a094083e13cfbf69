--# setup
create table t (id bigint primary key, a int);
--# case it fires
alter table t add constraint positive check (a > 0);
alter table t add column b int check (b > 0);
--# finds 1:15 add-check: all access to public.t waits while positive is checked against all rows
--# finds 2:15 add-check: all access to public.t waits while t_b_check is checked against all rows
--# case not valid, or a new table
alter table t add constraint positive check (a > 0) not valid;
create table u (id bigint primary key, a int check (a > 0));
alter table u add check (a < 100);
