-- An index behind a constraint is a part of it: kind "key index" is read but not compared.
select case when k.oid is null then 'index' else 'key index' end as kind,
       c.tableoid as class, c.oid, 0 as sub,
       r.oid as parent, r.schema, c.relname as name,
       quote_ident(r.schema) || '.' || quote_ident(c.relname) as identity,
       obj_description(c.oid, 'pg_class') as comment,
       (select string_agg(v.number::text, ' ' order by v.n)
        from unnest(i.indkey::int2[]) with ordinality as v(number, n)
        where v.n <= i.indnkeyatts) as _columns,
       i.indisunique as _unique, i.indisprimary as _primary, i.indpred is not null as _partial,
       not i.indimmediate as _deferrable,
       coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) as _nulls_not_distinct,
       k.oid as _constraint,
       case when c.relkind = 'I' then 'partitioned' end as _partitioned,
       pg_get_expr(i.indpred, i.indrelid, true) as _predicate,
       (select string_agg(pg_get_indexdef(c.oid, n, true), ', ' order by n)
        from generate_series(1, i.indnkeyatts::int) n) as _keys,
       case when c.reloptions is null then pg_get_indexdef(c.oid, 0, true)
            else regexp_replace(pg_get_indexdef(c.oid, 0, true),
                                ' WITH \([^()]*\)( WHERE .*)?$', '\1') end as definition,
       array_to_string(c.reloptions, ', ') as options,
       case when not i.indisvalid then 'INVALID' end as state,
       (select quote_ident(t.spcname) from pg_tablespace t where t.oid = c.reltablespace)
           as tablespace,
       (select quote_ident(n.nspname) || '.' || quote_ident(p.relname)
        from pg_inherits h join pg_class p on p.oid = h.inhparent
        join pg_namespace n on n.oid = p.relnamespace
        where h.inhrelid = c.oid) as attached_to,
       (select string_agg('ALTER COLUMN ' || a.attnum || ' SET STATISTICS ' || a.attstattarget,
                          ', ' order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attstattarget >= 0) as statistics,
       case when i.indisreplident then 'REPLICA IDENTITY' end as replica_identity,
       case when i.indisclustered then 'CLUSTER' end as clustered
from pg_index i
join pg_class c on c.oid = i.indexrelid
join relation r on r.oid = i.indrelid
left join pg_constraint k on k.conindid = c.oid and k.contype in ('p', 'u', 'x')
