-- NOT NULL (a constraint since PostgreSQL 18) is a part of its column, a domain's check of the domain.
select 'constraint' as kind, k.tableoid as class, k.oid, 0 as sub,
       r.oid as parent, r.schema, k.conname as name,
       quote_ident(k.conname) || ' on ' || r.identity as identity,
       obj_description(k.oid, 'pg_constraint') as comment,
       k.contype as _kind, array_to_string(k.conkey, ' ') as _columns, k.confrelid as _referenced,
       array_to_string(k.confkey, ' ') as _referenced_columns,
       k.confupdtype as _on_update, k.confdeltype as _on_delete, k.condeferrable as _deferrable,
       k.condeferred as _deferred, k.convalidated as _validated,
       pg_get_constraintdef(k.oid, true) as definition,
       case when k.coninhcount > 0 then
           case when k.conislocal then 'merged' else 'inherited' end end as inheritance,
       array_to_string(x.reloptions, ', ') as index_options,
       (select t.spcname from pg_tablespace t where t.oid = x.reltablespace) as index_tablespace,
       obj_description(x.oid, 'pg_class') as index_comment
from pg_constraint k
join relation r on r.oid = k.conrelid
-- A foreign key has the referenced table's index there.
left join pg_class x on x.oid = k.conindid and k.contype in ('p', 'u', 'x')
where k.contype in ('p', 'u', 'f', 'c', 'x')
