--# setup
create table t (id bigint primary key, a timestamp);
--# case it fires
alter table t add column at timestamp, add other timestamp(3)[];
--# finds 1:15 timestamp-zone: public.t.at is timestamp without time zone: it does not say which moment it means
--# finds 1:40 timestamp-zone: public.t.other is timestamp(3) without time zone[]: it does not say which moment it means
--# case it does not
alter table t add column at timestamptz, add other date;
alter table t alter column a set default now();
