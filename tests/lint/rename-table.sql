--# setup
create table books (id bigint primary key, title text not null, pages int, note varchar(20));
create view titles as select title from books;
create schema shop;
--# case it fires
alter table books rename to volumes;
alter view titles rename to names;
alter table volumes set schema shop;
--# finds 1:1 rename-table: public.books becomes volumes, and a running program does not find it
--# finds 2:1 rename-table: public.titles becomes names, and a running program does not find it
--# finds 3:1 rename-table: public.volumes becomes shop.volumes, and a running program does not find it
--# case it does not
create table t (id bigint primary key);
alter table t rename to u;
alter index books_pkey rename to books_key;
alter table books rename constraint books_key to books_pkey;
