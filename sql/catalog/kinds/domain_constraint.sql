select 'domain constraint' as kind, k.tableoid as class, k.oid, 0 as sub,
       t.oid as parent, s.name as schema, k.conname as name,
       quote_ident(k.conname) || ' on domain ' || s.quoted || '.' || quote_ident(t.typname)
           as identity,
       obj_description(k.oid, 'pg_constraint') as comment,
       t.tableoid as _parent_class,
       regexp_replace(pg_get_constraintdef(k.oid, true), ' NOT VALID$', '') as definition,
       case when not k.convalidated then 'NOT VALID' end as validation
from pg_constraint k
join pg_type t on t.oid = k.contypid
join user_schema s on s.oid = t.typnamespace
where k.contype = 'c'
  and not exists (
      select from member m
      where m.classid = t.tableoid and m.objid = t.oid)
