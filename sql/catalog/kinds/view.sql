select case c.relkind when 'v' then 'view' else 'materialized view' end as kind,
       'pg_class'::regclass::oid as class, c.oid, 0 as sub,
       null::oid as parent, c.schema, c.relname as name, c.identity,
       obj_description(c.oid, 'pg_class') as comment,
       c.relkind as _relkind,
       -- As a whole: CREATE OR REPLACE VIEW keeps them and adds others at the end.
       (select string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod) ||
                          case when a.attcollation <> t.typcollation then ' COLLATE ' || (
                              select quote_ident(n.nspname) || '.' || quote_ident(l.collname)
                              from pg_collation l join pg_namespace n on n.oid = l.collnamespace
                              where l.oid = a.attcollation) else '' end,
                          ', ' order by a.attnum)
        from pg_attribute a join pg_type t on t.oid = a.atttypid
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
       pg_get_viewdef(c.oid) as definition,
       -- In any order they mean the same; as they stand, they are written.
       (select string_agg(o.text, ', ' order by o.text) from option o where o.oid = c.oid) as options,
       (select string_agg(o.text, ', ' order by o.n) from option o where o.oid = c.oid) as _options,
       (select nullif(m.amname, 'heap') from pg_am m where m.oid = c.relam) as access_method,
       (select t.spcname from pg_tablespace t where t.oid = c.reltablespace) as tablespace,
       case when c.relkind = 'm' then
           case c.relreplident when 'n' then 'NOTHING' when 'f' then 'FULL' end
       end as replica_identity,
       case when not c.relispopulated then 'WITH NO DATA' end as population
from relation c
where c.relkind in ('v', 'm')
