select 'range type' as kind, t.tableoid as class, t.oid, 0 as sub,
       null::oid as parent, s.name as schema, t.typname as name,
       s.quoted || '.' || quote_ident(t.typname) as identity,
       obj_description(t.oid, 'pg_type') as comment,
       format_type((to_jsonb(r) ->> 'rngmultitypid')::oid, null) as _multirange,
       format_type(r.rngsubtype, null) as subtype,
       case when not c.opcdefault or c.opcintype <> r.rngsubtype
            then quote_ident(n.nspname) || '.' || quote_ident(c.opcname) end as operator_class,
       case when r.rngcollation <> b.typcollation then
           (select quote_ident(e.nspname) || '.' || quote_ident(l.collname)
            from pg_collation l join pg_namespace e on e.oid = l.collnamespace
            where l.oid = r.rngcollation) end as collation,
       nullif(r.rngcanonical, 0)::regproc as canonical,
       nullif(r.rngsubdiff, 0)::regproc as difference,
       -- Since PostgreSQL 14; the name that it would choose itself does not count.
       (select quote_ident(h.nspname) || '.' || quote_ident(m.typname)
        from pg_type m join pg_namespace h on h.oid = m.typnamespace
        where m.oid = (to_jsonb(r) ->> 'rngmultitypid')::oid
          and (m.typnamespace <> t.typnamespace
               or m.typname <> case when strpos(t.typname, 'range') > 0
                   then regexp_replace(t.typname, 'range', 'multirange')
                   else t.typname || '_multirange' end)) as multirange
from pg_type t
join user_schema s on s.oid = t.typnamespace
join pg_range r on r.rngtypid = t.oid
join pg_type b on b.oid = r.rngsubtype
join pg_opclass c on c.oid = r.rngsubopc
join pg_namespace n on n.oid = c.opcnamespace
where t.typtype = 'r'
  and not exists (
      select from member m
      where m.classid = t.tableoid and m.objid = t.oid)
