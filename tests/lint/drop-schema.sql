--# setup
create schema shop;
create table shop.items (id bigint primary key);
create schema empty;
--# case with tables
drop schema shop cascade;
--# finds 1:1 drop-schema: drops schema shop with all that is in it, 1 table or view among it
--# case empty, or without CASCADE
drop schema empty cascade;
drop table if exists nothing;
drop schema if exists nothing;
