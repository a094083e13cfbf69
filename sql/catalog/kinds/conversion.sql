select 'conversion' as kind, c.tableoid as class, c.oid, 0 as sub,
       null::oid as parent, s.name as schema, c.conname as name,
       s.quoted || '.' || quote_ident(c.conname) as identity,
       obj_description(c.oid, 'pg_conversion') as comment,
       pg_encoding_to_char(c.conforencoding) as source,
       pg_encoding_to_char(c.contoencoding) as target,
       c.conproc::regproc as function,
       case when c.condefault then 'DEFAULT' end as is_default
from pg_conversion c
join user_schema s on s.oid = c.connamespace
where not exists (
    select from member m
    where m.classid = c.tableoid and m.objid = c.oid)
