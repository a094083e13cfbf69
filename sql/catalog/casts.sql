-- Which type becomes which, and when: by itself, on assignment, or only when it is asked for.
select format_type(c.castsource, null), format_type(c.casttarget, null), c.castcontext,
       c.castmethod = 'b'
from pg_cast c
where c.castsource <> c.casttarget
order by c.castsource, c.casttarget
