--# setup
create table books (id bigint primary key, title text not null, pages int, note varchar(20));
--# case it fires
-- quire: ignore drop-table nobody reads it
alter table books add column extra text; -- quire: ignore drop-column not above
alter table books drop column pages;
-- quire: ignore drop-column below
--# finds 1:1 unused-ignore: the statement below does not break drop-table
--# finds 2:42 unused-ignore: the statement below does not break drop-column
--# finds 3:19 drop-column: drops column public.books.pages with what is in it
--# finds 4:1 unused-ignore: the statement below does not break drop-column
--# case it does not
-- quire: ignore drop-column nobody reads it
-- a comment between
alter table books drop column pages;
