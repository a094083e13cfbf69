--# setup
create type mood as enum ('good', 'bad');
--# case it fires
alter type mood rename value 'bad' to 'awful';
alter type public.mood rename value 'good' to 'fine';
--# finds 1:1 rename-enum-value: value 'bad' of public.mood becomes 'awful', and a running program does not know it
--# finds 2:1 rename-enum-value: value 'good' of public.mood becomes 'fine', and a running program does not know it
--# case it does not
alter type mood add value 'fair';
create type size as enum ('s', 'm');
alter type size rename value 's' to 'small';
