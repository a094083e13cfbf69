--# setup
create materialized view v as select 1 as id;
create materialized view w as select 1 as id;
create unique index on w (id);
--# case it fires
refresh materialized view v;
refresh materialized view w;
--# finds 1:1 refresh-view: reads of public.v wait while it is filled; CONCURRENTLY needs a unique index, it has none
--# finds 2:1 refresh-view: reads of public.w wait while it is filled
--# case it does not
refresh materialized view concurrently w;
create materialized view x as select 1 as id;
refresh materialized view x;
