--# setup
create table t (id bigint primary key, price numeric(10, 2), name varchar(20), big bigint,
    seen timestamptz, ratio float8, words text);
--# case it fires
alter table t alter column price type numeric(10, 1);
alter table t alter column name type varchar(10), alter big type integer;
--# finds 1:15 narrow-type: public.t.price becomes numeric(10,1), which holds less than numeric(10,2)
--# finds 1:15 change-type: all access to public.t waits while every row of it is written anew
--# finds 2:15 narrow-type: public.t.name becomes character varying(10), which holds less than character varying(20)
--# finds 2:15 change-type: all access to public.t waits while every row of it is written anew
--# finds 2:51 narrow-type: public.t.big becomes integer, which holds less than bigint
--# case other kinds of types
alter table t alter column seen type date;
alter table t alter column ratio type real;
alter table t alter column words type integer using words::integer;
--# finds 1:15 narrow-type: public.t.seen becomes date, which holds less than timestamp with time zone
--# finds 1:15 change-type: all access to public.t waits while every row of it is written anew
--# finds 2:15 narrow-type: public.t.ratio becomes real, which holds less than double precision
--# finds 2:15 change-type: all access to public.t waits while every row of it is written anew
--# finds 3:15 narrow-type: public.t.words becomes integer, which holds less than text
--# finds 3:15 change-type: all access to public.t waits while every row of it is written anew
--# case wider
alter table t alter column price type numeric(12, 2);
alter table t alter column name type text;
create table u (id bigint primary key, big bigint);
alter table u alter column big type smallint;
