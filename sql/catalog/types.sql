-- Every type, for the typed view.
with recursive domain as (
    select t.oid, t.typbasetype as base, t.typnotnull as not_null, t.typdefault is not null as filled
    from pg_type t where t.typtype = 'd'
    union all
    select d.oid, b.typbasetype, d.not_null or b.typnotnull, d.filled or b.typdefault is not null
    from domain d join pg_type b on b.oid = d.base and b.typtype = 'd'
)
select t.oid, n.nspname, t.typname, format_type(t.oid, null), t.typtype, t.typcategory,
       case when t.typcategory = 'A' then t.typelem else 0 end, t.typarray,
       coalesce(d.base, 0), coalesce(d.not_null, false), coalesce(d.filled, false),
       (select e.extname from pg_depend m join pg_extension e on e.oid = m.refobjid
        where m.classid = 'pg_type'::regclass and m.objid = t.oid and m.deptype = 'e'
          and m.refclassid = 'pg_extension'::regclass),
       obj_description(t.oid, 'pg_type'),
       (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e
        where e.enumtypid = t.oid)
from pg_type t
join pg_namespace n on n.oid = t.typnamespace
left join (
    select distinct on (d.oid) d.*
    from domain d join pg_type b on b.oid = d.base and b.typtype <> 'd') d on d.oid = t.oid
where t.typtype <> 'c'
   or n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
order by t.oid
