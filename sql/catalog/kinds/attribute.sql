-- Of composite types; what they are is told by the type.
select 'attribute' as kind, 'pg_class'::regclass::oid as class, a.attrelid as oid, a.attnum as sub,
       t.oid as parent, s.name as schema, a.attname as name,
       s.quoted || '.' || quote_ident(t.typname) || '.' || quote_ident(a.attname) as identity,
       col_description(a.attrelid, a.attnum) as comment,
       t.tableoid as _parent_class
from pg_type t
join pg_class c on c.oid = t.typrelid and c.relkind = 'c'
join user_schema s on s.oid = t.typnamespace
join pg_attribute a on a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
where t.typtype = 'c'
  and not exists (
      select from member m
      where m.classid = t.tableoid and m.objid = t.oid)
