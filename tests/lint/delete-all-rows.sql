--# setup
create table books (id bigint primary key, title text not null, pages int, note varchar(20));
--# case it fires
delete from books;
--# finds 1:1 delete-all-rows: deletes every row of public.books
--# case some of them, or of a new table
delete from books where id = 1;
delete from books using (select 1 as id) as other where other.id = books.id;
create table t (id bigint primary key);
delete from t;
