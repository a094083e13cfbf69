--# setup
create table t (id bigint primary key);
--# case it fires
--# long
--# finds 1:1 not-read: the parser does not take this statement; it was looked at by its effect only
--# case it fires on depth
--# deep
--# finds 2:1 not-read: this statement is nested too deeply to be read; it was looked at by its effect only
--# case it does not
create table u (id bigint primary key, a text);
