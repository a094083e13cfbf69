--# setup
create type mood as enum ('good');
create table t (id bigint primary key, mood mood);
--# case it fires
create table before (id bigint primary key);
alter type mood add value 'bad';
alter table t alter column mood set default 'bad';
alter table t add column a int;
--# finds 3:1 enum-value-at-once: unsafe use of new value "bad" of enum type mood
--# case not used, or a value of a new type
alter type mood add value 'bad';
create type size as enum ('s');
create table u (id bigint primary key, size size default 's', mood mood default 'good');
--# case each statement by itself
-- quire: no-transaction
alter type mood add value 'bad';
alter table t alter column mood set default 'bad';
