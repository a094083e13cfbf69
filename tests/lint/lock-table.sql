--# setup
create table books (id bigint primary key, title text not null, pages int, note varchar(20));
--# case it fires
lock table books;
lock books in share mode;
--# finds 1:12 lock-table: others wait for public.books until the file is through
--# finds 2:6 lock-table: others wait for public.books until the file is through
--# case it does not
lock table books in row exclusive mode;
create table t (id bigint primary key);
lock table t;
