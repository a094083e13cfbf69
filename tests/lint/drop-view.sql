--# setup
create view v as select 1 as a;
create materialized view m as select 1 as a;
--# case it fires
drop view v;
drop materialized view m;
--# finds 1:1 drop-view: a running program does not find view public.v any more
--# finds 2:1 drop-view: a running program does not find materialized view public.m any more
--# case made again
drop view v;
create view v as select 1 as a, 2 as b;
create view w as select 1 as a;
drop view w;
