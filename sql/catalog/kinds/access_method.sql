select 'access method' as kind, a.tableoid as class, a.oid, 0 as sub,
       null::oid as parent, null::name as schema, a.amname as name,
       quote_ident(a.amname) as identity,
       obj_description(a.oid, 'pg_am') as comment,
       case a.amtype when 'i' then 'INDEX' else 'TABLE' end as type,
       a.amhandler::regproc as handler
from pg_am a
where a.oid >= 16384
  and not exists (
      select from member m
      where m.classid = a.tableoid and m.objid = a.oid)
