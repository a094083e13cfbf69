--# setup
create table events (id bigint not null, at timestamptz not null) partition by range (at);
create table events_1 partition of events default;
--# case it fires
create index events_at on events (at);
--# finds 1:1 create-partitioned-index: writes to every partition of public.events wait while index events_at is built
--# case the parent only
create index events_at on only events (at);
--# case a new table
create table other (id bigint not null, primary key (id)) partition by range (id);
create index on other (id);
