--# setup
create table t (id bigint primary key, a int) partition by range (id);
create table t_1 partition of t default;
create index t_a on t_1 (a);
--# case it fires
create index concurrently on t_1 (a, id);
drop index concurrently t_a;
vacuum t;
alter table t add column b int;
--# finds 1:1 not-in-transaction: CREATE INDEX CONCURRENTLY cannot run inside a transaction
--# finds 2:1 not-in-transaction: DROP INDEX CONCURRENTLY cannot run inside a transaction
--# finds 3:1 not-in-transaction: VACUUM cannot run inside a transaction
--# case it does not
-- quire: no-transaction
create index concurrently on t_1 (a, id);
vacuum t;
