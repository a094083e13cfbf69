--# setup
create table t (id bigint primary key);
--# case it fires
begin;
alter table t add column a int;
commit;
--# finds 1:1 transaction-control: the file begins or ends a transaction; the runner does that
--# finds 3:1 transaction-control: the file begins or ends a transaction; the runner does that
--# case it does not
savepoint s;
alter table t add column a int;
release savepoint s;
