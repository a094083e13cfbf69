select 'composite type' as kind, t.tableoid as class, t.oid, 0 as sub,
       null::oid as parent, s.name as schema, t.typname as name,
       s.quoted || '.' || quote_ident(t.typname) as identity,
       obj_description(t.oid, 'pg_type') as comment,
       -- A value is written in this order, so it is a part of what the type is.
       (select string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod) ||
                          case when a.attcollation <> b.typcollation then ' COLLATE ' ||
                              (select quote_ident(n.nspname) || '.' || quote_ident(l.collname)
                               from pg_collation l join pg_namespace n on n.oid = l.collnamespace
                               where l.oid = a.attcollation) else '' end,
                          ', ' order by a.attnum)
        from pg_attribute a join pg_type b on b.oid = a.atttypid
        where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped) as attributes
from pg_type t
join pg_class c on c.oid = t.typrelid and c.relkind = 'c'
join user_schema s on s.oid = t.typnamespace
where t.typtype = 'c'
  and not exists (
      select from member m
      where m.classid = t.tableoid and m.objid = t.oid)
