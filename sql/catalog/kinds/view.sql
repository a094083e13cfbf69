select case c.relkind when 'v' then 'view' else 'materialized view' end as kind,
       'pg_class'::regclass::oid as class, c.oid, 0 as sub,
       null::oid as parent, c.schema, c.relname as name, c.identity,
       obj_description(c.oid, 'pg_class') as comment,
       c.relkind as _relkind,
       pg_get_viewdef(c.oid) as definition,
       array_to_string(c.reloptions, ', ') as options,
       (select nullif(m.amname, 'heap') from pg_am m where m.oid = c.relam) as access_method,
       (select t.spcname from pg_tablespace t where t.oid = c.reltablespace) as tablespace,
       case when not c.relispopulated then 'WITH NO DATA' end as population,
       (select string_agg(quote_ident(a.attname) || '=' || pg_get_expr(f.adbin, f.adrelid), ', '
                          order by a.attnum)
        from pg_attrdef f
        join pg_attribute a on a.attrelid = f.adrelid and a.attnum = f.adnum
        where f.adrelid = c.oid) as defaults,
       (select string_agg(a::text, ', ' order by a::text) from unnest(c.relacl) a) as privileges
from relation c
where c.relkind in ('v', 'm')
