select 'domain' as kind, t.tableoid as class, t.oid, 0 as sub,
       null::oid as parent, s.name as schema, t.typname as name,
       s.quoted || '.' || quote_ident(t.typname) as identity,
       obj_description(t.oid, 'pg_type') as comment,
       t.typbasetype as _base,
       format_type(t.typbasetype, t.typtypmod) as type,
       case when t.typcollation <> b.typcollation then
           (select quote_ident(n.nspname) || '.' || quote_ident(l.collname)
            from pg_collation l join pg_namespace n on n.oid = l.collnamespace
            where l.oid = t.typcollation) end as collation,
       coalesce(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault)) as default,
       case when t.typnotnull then 'NOT NULL' end as not_null,
       -- PostgreSQL 17 names them; only a name that it would not choose itself counts.
       (select quote_ident(k.conname) from pg_constraint k
        where k.contypid = t.oid and k.contype = 'n'
          and k.conname <> t.typname || '_not_null') as not_null_constraint,
       (select obj_description(k.oid, 'pg_constraint') from pg_constraint k
        where k.contypid = t.oid and k.contype = 'n') as not_null_comment
from pg_type t
join user_schema s on s.oid = t.typnamespace
join pg_type b on b.oid = t.typbasetype
where t.typtype = 'd'
  and not exists (
      select from member m
      where m.classid = t.tableoid and m.objid = t.oid)
