--# setup
create schema shop;
--# case it fires
alter schema shop rename to store;
--# finds 1:1 rename-schema: schema shop becomes store, and a running program finds nothing of it
--# case it does not
create schema depot;
alter schema depot rename to store;
