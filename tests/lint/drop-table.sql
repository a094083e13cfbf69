--# setup
create table books (id bigint primary key, title text not null, pages int, note varchar(20));
create table "Old ones" (id bigint primary key);
--# case tables of before
drop table books;
set search_path = public;
drop table if exists nothing, "Old ones";
--# finds 1:1 drop-table: drops table public.books with its rows
--# finds 3:1 drop-table: drops table public."Old ones" with its rows
--# case made in the same file
create table t (id bigint primary key);
drop table t;
create temporary table books_copy (id bigint);
drop table books_copy;
