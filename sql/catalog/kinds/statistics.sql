select 'statistics object' as kind, x.tableoid as class, x.oid, 0 as sub,
       r.oid as parent, s.name as schema, x.stxname as name,
       s.quoted || '.' || quote_ident(x.stxname) as identity,
       obj_description(x.oid, 'pg_statistic_ext') as comment,
       pg_get_statisticsobjdef(x.oid) as definition,
       -- -1 until PostgreSQL 16, NULL since 17.
       nullif(x.stxstattarget, -1) as target
from pg_statistic_ext x
join user_schema s on s.oid = x.stxnamespace
join relation r on r.oid = x.stxrelid
where not exists (
    select from member m
    where m.classid = x.tableoid and m.objid = x.oid)
