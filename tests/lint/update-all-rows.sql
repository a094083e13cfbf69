--# setup
create table books (id bigint primary key, title text not null, pages int, note varchar(20));
--# case it fires
update books set pages = 0;
--# finds 1:1 update-all-rows: every row of public.books is locked until the file is through, and written twice
--# case it does not
update books set pages = 0 where pages is null;
create table t (id bigint primary key, a int);
update t set a = 1;
