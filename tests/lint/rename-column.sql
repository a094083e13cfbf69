--# setup
create table books (id bigint primary key, title text not null, pages int, note varchar(20));
--# case it fires
alter table books rename title to "Name";
--# finds 1:1 rename-column: public.books.title becomes "Name", and a running program does not find it
--# case it does not
create table t (id bigint primary key, a int);
alter table t rename column a to b;
