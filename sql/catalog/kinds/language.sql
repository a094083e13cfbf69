select 'language' as kind, l.tableoid as class, l.oid, 0 as sub,
       null::oid as parent, null::name as schema, l.lanname as name,
       quote_ident(l.lanname) as identity,
       obj_description(l.oid, 'pg_language') as comment,
       case when l.lanpltrusted then 'TRUSTED' end as trusted,
       nullif(l.lanplcallfoid, 0)::regproc as handler,
       nullif(l.laninline, 0)::regproc as inline_handler,
       nullif(l.lanvalidator, 0)::regproc as validator
from pg_language l
where l.oid >= 16384
  and not exists (
      select from member m
      where m.classid = l.tableoid and m.objid = l.oid)
