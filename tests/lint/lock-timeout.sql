--# setup
create table t (id bigint primary key);
--# case without end
set local lock_timeout = 0;
alter table t add column a int;
--# finds 1:1 lock-timeout: the statements below wait for locks without end, and others behind them
--# case too long
set lock_timeout to '1min';
--# finds 1:1 lock-timeout: the statements below wait 60 s for a lock, and others behind them
--# case short
set lock_timeout = '5s';
set statement_timeout = 0;
