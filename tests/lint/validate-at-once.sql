--# setup
create table t (id bigint primary key, a int);
alter table t add constraint old check (a < 10) not valid;
--# case it fires
alter table t add constraint new check (a > 0) not valid;
alter table t validate constraint new;
--# finds 2:15 validate-at-once: new is validated in the transaction that adds it, so the lock of ADD is held while all rows are checked
--# case of before
alter table t validate constraint old;
--# case in transactions of their own
-- quire: no-transaction
alter table t add constraint new check (a > 0) not valid;
alter table t validate constraint new;
