--# setup
create table t (id bigint primary key);
--# case it fires
-- quire: no-transaction
vacuum full t;
vacuum (full, analyze) t;
--# finds 2:1 vacuum-full: all access to the table waits while every row of it is written anew
--# finds 3:1 vacuum-full: all access to the table waits while every row of it is written anew
--# case it does not
-- quire: no-transaction
vacuum t;
vacuum (full off) t;
analyze t;
