select case c.relkind when 'f' then 'foreign table' else 'table' end as kind,
       'pg_class'::regclass::oid as class, c.oid, 0 as sub,
       null::oid as parent, c.schema, c.relname as name, c.identity,
       obj_description(c.oid, 'pg_class') as comment,
       c.relkind as _relkind,
       c.relispartition as _is_partition,
       nullif(c.relpersistence, 'p') as persistence,
       pg_get_partkeydef(c.oid) as partition_by,
       (select string_agg(p.identity, ', ' order by i.inhseqno)
        from pg_inherits i join relation p on p.oid = i.inhparent
        where i.inhrelid = c.oid) as inherits,
       pg_get_expr(c.relpartbound, c.oid) as partition_bound,
       case when c.reloftype <> 0 then format_type(c.reloftype, null) end as of_type,
       (select string_agg(o, ', ' order by o)
        from (select unnest(c.reloptions)
              union all
              select 'toast.' || unnest(t.reloptions) from pg_class t
              where t.oid = c.reltoastrelid) as x(o)) as options,
       (select nullif(m.amname, 'heap') from pg_am m where m.oid = c.relam) as access_method,
       (select t.spcname from pg_tablespace t where t.oid = c.reltablespace) as tablespace,
       case when c.relrowsecurity then 'ENABLE' end as row_security,
       case when c.relforcerowsecurity then 'FORCE' end as row_security_of_owner,
       -- That it is an index, or that the rows lie in an index's order, is told by the index.
       case when c.relkind <> 'f' then
           case c.relreplident when 'n' then 'NOTHING' when 'f' then 'FULL' end
       end as replica_identity,
       (select quote_ident(s.srvname)
        from pg_foreign_table f join pg_foreign_server s on s.oid = f.ftserver
        where f.ftrelid = c.oid) as server,
       (select string_agg(quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), ', '
                          order by o.option_name)
        from pg_foreign_table f
        cross join lateral pg_options_to_table(f.ftoptions) o
        where f.ftrelid = c.oid) as foreign_options
from relation c
where c.relkind in ('r', 'p', 'f')
