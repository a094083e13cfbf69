-- Those of a multirange come with its range.
select 'cast' as kind, c.tableoid as class, c.oid, 0 as sub,
       null::oid as parent, null::name as schema, i.identity as name, i.identity,
       obj_description(c.oid, 'pg_cast') as comment,
       case c.castmethod when 'f' then 'WITH FUNCTION ' || c.castfunc::regprocedure
           when 'i' then 'WITH INOUT' else 'WITHOUT FUNCTION' end as method,
       case c.castcontext when 'a' then 'AS ASSIGNMENT' when 'i' then 'AS IMPLICIT' end as context
from pg_cast c
cross join lateral (
    select '(' || format_type(c.castsource, null) || ' AS ' || format_type(c.casttarget, null)
           || ')' as identity) i
where c.oid >= 16384
  and not exists (
      select from pg_depend d
      where d.classid = c.tableoid and d.objid = c.oid and d.deptype in ('e', 'i'))
