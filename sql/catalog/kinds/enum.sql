select 'enum' as kind, t.tableoid as class, t.oid, 0 as sub,
       null::oid as parent, s.name as schema, t.typname as name,
       s.quoted || '.' || quote_ident(t.typname) as identity,
       obj_description(t.oid, 'pg_type') as comment,
       (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)
        from pg_enum e where e.enumtypid = t.oid) as labels
from pg_type t
join user_schema s on s.oid = t.typnamespace
where t.typtype = 'e'
  and not exists (
      select from member m
      where m.classid = t.tableoid and m.objid = t.oid)
