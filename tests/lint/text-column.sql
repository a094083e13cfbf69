--# setup
create table t (id bigint primary key, a varchar(3));
--# case it fires
create table u (id bigint primary key, name varchar(20), code char(2), codes character(3)[]);
--# finds 1:40 text-column: public.u.name is character varying(20)
--# finds 1:58 text-column: public.u.code is character(2)
--# finds 1:72 text-column: public.u.codes is character(3)[]
--# case it does not
create table u (id bigint primary key, name varchar, kind "char", note text);
