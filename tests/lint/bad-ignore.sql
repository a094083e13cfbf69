--# setup
create table books (id bigint primary key, title text not null, pages int, note varchar(20));
--# case it fires
-- quire: ignore drop-colum nobody reads it
-- quire: ignore drop-column
alter table books drop column pages;
--# finds 1:1 bad-ignore: there is no rule "drop-colum"
--# finds 2:1 bad-ignore: ignoring drop-column needs a reason
--# finds 3:19 drop-column: drops column public.books.pages with what is in it
--# case it does not
-- quire: ignore drop-column nobody reads it
alter table books drop column pages;
