--# setup
create collation other (provider = icu, locale = 'de');
create table t (id bigint primary key, name text, note text);
create index t_name on t (name);
--# case it fires
alter table t alter column name type text collate other;
--# finds 1:15 rebuild-index: all access to public.t waits while index public.t_name is built anew
--# case without an index, or a new table
alter table t alter column note type text collate other;
alter table t alter column name set statistics 500;
create table u (id bigint primary key, name text);
create index on u (name);
alter table u alter column name type text collate other;
