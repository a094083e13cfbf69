select 'transform' as kind, t.tableoid as class, t.oid, 0 as sub,
       null::oid as parent, null::name as schema, i.identity as name, i.identity,
       obj_description(t.oid, 'pg_transform') as comment,
       nullif(t.trffromsql, 0)::regprocedure as from_sql,
       nullif(t.trftosql, 0)::regprocedure as to_sql
from pg_transform t
join pg_language l on l.oid = t.trflang
cross join lateral (
    select 'FOR ' || format_type(t.trftype, null) || ' LANGUAGE ' || quote_ident(l.lanname)
           as identity) i
where not exists (
    select from member m
    where m.classid = t.tableoid and m.objid = t.oid)
