-- Domains, composite types, ranges and base types; enums are a kind of their own.
select case t.typtype when 'd' then 'domain' when 'c' then 'composite type'
           when 'r' then 'range type' else 'base type' end as kind,
       t.tableoid as class, t.oid, 0 as sub,
       null::oid as parent, s.name as schema, t.typname as name,
       s.quoted || '.' || quote_ident(t.typname) as identity,
       obj_description(t.oid, 'pg_type') as comment,
       case t.typtype
           when 'd' then concat_ws(' ', format_type(t.typbasetype, t.typtypmod),
               case when t.typcollation <> 0 then 'COLLATE ' || (
                   select quote_ident(n.nspname) || '.' || quote_ident(l.collname)
                   from pg_collation l join pg_namespace n on n.oid = l.collnamespace
                   join pg_type b on b.oid = t.typbasetype
                   where l.oid = t.typcollation and l.oid <> b.typcollation) end,
               'DEFAULT ' || t.typdefault,
               case when t.typnotnull then 'NOT NULL' end,
               (select string_agg('CONSTRAINT ' || quote_ident(k.conname) || ' ' ||
                                  pg_get_constraintdef(k.oid), ' ' order by k.conname)
                from pg_constraint k where k.contypid = t.oid and k.contype = 'c'))
           when 'c' then (
               select string_agg(quote_ident(a.attname) || ' ' ||
                          format_type(a.atttypid, a.atttypmod) ||
                          coalesce(' COLLATE ' || (
                              select quote_ident(n.nspname) || '.' || quote_ident(l.collname)
                              from pg_collation l join pg_namespace n on n.oid = l.collnamespace
                              join pg_type b on b.oid = a.atttypid
                              where l.oid = a.attcollation and l.oid <> b.typcollation), ''),
                          ', ' order by a.attnum)
               from pg_attribute a
               where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped)
           when 'r' then (
               select concat_ws(' ', format_type(r.rngsubtype, null), c.opcname,
                          nullif(r.rngcollation, 0)::regcollation,
                          nullif(r.rngcanonical, 0::regproc), nullif(r.rngsubdiff, 0::regproc),
                          -- Since PostgreSQL 14.
                          format_type((to_jsonb(r) ->> 'rngmultitypid')::oid, null))
               from pg_range r join pg_opclass c on c.oid = r.rngsubopc
               where r.rngtypid = t.oid)
           else concat_ws(' ', t.typlen, t.typbyval, t.typcategory, t.typispreferred, t.typdelim,
               t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout,
               t.typanalyze, t.typalign, t.typstorage, t.typdefault,
               format_type(nullif(t.typelem, 0), null))
       end as definition,
       -- Of a composite type's attributes and a domain's constraints.
       (select string_agg(c.name || ': ' || c.comment, ', ' order by c.name)
        from (select a.attname as name, col_description(a.attrelid, a.attnum) as comment
              from pg_attribute a where t.typrelid <> 0 and a.attrelid = t.typrelid
              union all
              select k.conname, obj_description(k.oid, 'pg_constraint')
              from pg_constraint k where k.contypid = t.oid) as c
        where c.comment is not null) as comments_inside,
       (select string_agg(a::text, ', ' order by a::text) from unnest(t.typacl) a) as privileges
from pg_type t
join user_schema s on s.oid = t.typnamespace
where (t.typtype in ('d', 'r')
       or t.typtype = 'c' and exists (
           select from pg_class c where c.oid = t.typrelid and c.relkind = 'c')
       -- Array types come with their element.
       or t.typtype = 'b' and not exists (select from pg_type e where e.typarray = t.oid))
  and not exists (
      select from member m
      where m.classid = t.tableoid and m.objid = t.oid)
