--# setup
create function f(a int) returns int language sql as 'select 1';
create procedure p() language sql as 'select 1';
--# case it fires
drop function f;
drop procedure p();
--# finds 1:1 drop-function: a running program does not find function public.f(integer) any more
--# finds 2:1 drop-function: a running program does not find procedure public.p() any more
--# case made again
drop function f(int);
create function f(b int) returns int language sql as 'select 2';
