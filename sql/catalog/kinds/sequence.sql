-- Without those behind identity columns: they are a part of their column.
select 'sequence' as kind, 'pg_class'::regclass::oid as class, c.oid, 0 as sub,
       null::oid as parent, c.schema, c.relname as name, c.identity,
       obj_description(c.oid, 'pg_class') as comment,
       d.refobjid as _owner_table, d.refobjsubid as _owner_column,
       o.type, o.increment, o.minimum, o.maximum, o.start, o.cache, o.cycle,
       r.identity || '.' || quote_ident(a.attname) as owned_by,
       nullif(c.relpersistence, 'p') as persistence
from relation c
join sequence_option o on o.oid = c.oid
left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0
    and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i')
left join relation r on r.oid = d.refobjid
left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
where c.relkind = 'S'
  and d.deptype is distinct from 'i'
