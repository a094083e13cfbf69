--# setup
create table books (id bigint primary key, title text not null, pages int, note varchar(20));
create index books_title on books (title);
create index books_pages on books (pages);
create table events (id bigint not null, primary key (id)) partition by range (id);
create index events_id on events (id);
--# case it fires
drop index books_title, public.books_pages;
--# finds 1:1 drop-index: all access to public.books waits until index public.books_title is dropped
--# finds 1:1 drop-index: all access to public.books waits until index public.books_pages is dropped
--# case concurrently
-- quire: no-transaction
drop index concurrently books_title;
--# case partitioned, or made in the same file
drop index events_id;
create table t (id bigint primary key, a int);
create index t_a on t (a);
drop index t_a;
