--# setup
create table t (id bigint primary key);
--# case it fires
alter table t
    add column a_name_that_is_longer_than_what_postgresql_keeps_of_it_and_is_cut_ text,
    add column "größe_der_sehr_langen_bezeichnung_eines_merkmals_in_worten_gesagt" text;
--# finds 2:16 long-name: a_name_that_is_longer_than_what_postgresql_keeps_of_it_and_is_cut_ has 66 bytes; PostgreSQL keeps the first 63
--# finds 3:16 long-name: "größe_der_sehr_langen_bezeichnung_eines_merkmals_in_worten_gesagt" has 67 bytes; PostgreSQL keeps the first 63
--# case it does not
create table a_name_that_is_just_as_long_as_what_postgresql_keeps_of_names63 (id bigint primary key);
