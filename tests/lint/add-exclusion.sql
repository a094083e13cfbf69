--# setup
create table t (id bigint primary key, during tstzrange);
--# case it fires
alter table t add exclude using gist (during with &&);
--# finds 1:15 add-exclusion: all access to public.t waits while the index of t_during_excl is built
--# case a new table
create table u (id bigint primary key, during tstzrange, exclude using gist (during with &&));
