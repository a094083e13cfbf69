-- NOT NULL (a constraint since PostgreSQL 18) is a part of its column. A foreign key to a partitioned
-- table has a hidden one for each of the partitions.
select 'constraint' as kind, k.tableoid as class, k.oid, 0 as sub,
       r.oid as parent, r.schema, k.conname as name,
       quote_ident(k.conname) || ' on ' || r.identity as identity,
       obj_description(k.oid, 'pg_constraint') as comment,
       k.contype as _kind, array_to_string(k.conkey, ' ') as _columns, k.confrelid as _referenced,
       array_to_string(k.confkey, ' ') as _referenced_columns,
       k.confupdtype as _on_update, k.confdeltype as _on_delete, k.condeferrable as _deferrable,
       k.condeferred as _deferred, k.convalidated as _validated,
       nullif(k.conparentid, 0) as _whole,
       pg_get_expr(k.conbin, k.conrelid, true) as _expression,
       regexp_replace(pg_get_constraintdef(k.oid, true),
           '( DEFERRABLE)?( INITIALLY DEFERRED)?( NOT VALID| NOT ENFORCED)?$', '') as definition,
       case when k.condeferred then 'DEFERRABLE INITIALLY DEFERRED'
            when k.condeferrable then 'DEFERRABLE' end as deferrable,
       -- NOT ENFORCED since PostgreSQL 18.
       case when to_jsonb(k) ->> 'conenforced' = 'false' then 'NOT ENFORCED'
            when not k.convalidated then 'NOT VALID' end as validation,
       case when k.coninhcount > 0 then
           case when k.conislocal then 'merged' else 'inherited' end end as inheritance,
       case when k.contype <> 'x' then array_to_string(x.reloptions, ', ') end as index_options,
       (select quote_ident(t.spcname) from pg_tablespace t where t.oid = x.reltablespace)
           as index_tablespace,
       obj_description(x.oid, 'pg_class') as index_comment,
       -- That of a partition may be a part of an index that is no constraint's.
       (select quote_ident(n.nspname) || '.' || quote_ident(u.relname)
        from pg_inherits h join pg_class u on u.oid = h.inhparent
        join pg_namespace n on n.oid = u.relnamespace
        where h.inhrelid = x.oid
          and not exists (select from pg_constraint o where o.conindid = u.oid
                          and o.contype in ('p', 'u', 'x'))) as attached_to,
       case when i.indisreplident then 'REPLICA IDENTITY' end as replica_identity,
       case when i.indisclustered then 'CLUSTER' end as clustered
from pg_constraint k
join relation r on r.oid = k.conrelid
-- A foreign key has the referenced table's index there.
left join pg_class x on x.oid = k.conindid and k.contype in ('p', 'u', 'x')
left join pg_index i on i.indexrelid = x.oid
where k.contype in ('p', 'u', 'f', 'c', 'x')
  and not exists (
      select from pg_constraint w
      where w.oid = k.conparentid and w.conrelid = k.conrelid)
