select 'trigger' as kind, g.tableoid as class, g.oid, 0 as sub,
       r.oid as parent, r.schema, g.tgname as name,
       quote_ident(g.tgname) || ' on ' || r.identity as identity,
       obj_description(g.oid, 'pg_trigger') as comment,
       pg_get_triggerdef(g.oid) as definition,
       case g.tgenabled when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA'
           when 'A' then 'ENABLE ALWAYS' end as state
from pg_trigger g
join relation r on r.oid = g.tgrelid
where not g.tgisinternal
