--# setup
create table books (id bigint primary key, title text not null, pages int, note varchar(20));
--# case columns of before
alter table books
    drop column pages,
    add column "New" text,
    drop column if exists nothing, drop if exists note;
--# finds 2:5 drop-column: drops column public.books.pages with what is in it
--# finds 4:36 drop-column: drops column public.books.note with what is in it
--# case made in the same file
alter table books add column extra text;
alter table books drop column extra;
--# case ignored
-- quire: ignore drop-column nothing reads it since 2.1
alter table books drop column pages;
--# case checked in the file
-- quire: check deletes_data: public.books.pages: rows have pages
select 1 from books where pages is not null;

alter table books drop column pages, drop column note;
--# finds 4:38 drop-column: drops column public.books.note with what is in it
