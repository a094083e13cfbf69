--# setup
create table books (id bigint primary key, title text not null, pages int, note varchar(20));
--# case it fires
-- quire: no-transaction
create index concurrently if not exists books_title on books (title);
--# finds 2:1 concurrent-if-not-exists: an invalid public.books_title that an earlier try left behind would be kept
--# case it does not
-- quire: no-transaction
create index concurrently books_title on books (title);
