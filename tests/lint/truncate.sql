--# setup
create table books (id bigint primary key, title text not null, pages int, note varchar(20));
create table readers (id bigint primary key);
--# case it fires
truncate readers, public.books cascade;
--# finds 1:10 truncate: empties table public.readers and every table that refers to it
--# finds 1:19 truncate: empties table public.books and every table that refers to it
--# case made in the same file
create table t (id bigint primary key);
truncate t;
