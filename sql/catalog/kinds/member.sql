-- What an extension owns is its own, but for who may use it: a grant that came later.
select 'extension member' as kind, a.class, a.oid, 0 as sub, null::oid as parent,
       i.schema, i.name, i.type || ' ' || i.identity as identity, null::text as comment,
       a.acl as privileges
from (
    select p.tableoid as class, p.oid, p.proacl as list,
           (select string_agg(x::text, ', ' order by x::text) from unnest(p.proacl) x) as acl
    from pg_proc p
    union all
    select c.tableoid, c.oid, c.relacl,
           (select string_agg(x::text, ', ' order by x::text) from unnest(c.relacl) x)
    from pg_class c
    union all
    select t.tableoid, t.oid, t.typacl,
           (select string_agg(x::text, ', ' order by x::text) from unnest(t.typacl) x)
    from pg_type t
    union all
    select n.tableoid, n.oid, n.nspacl,
           (select string_agg(x::text, ', ' order by x::text) from unnest(n.nspacl) x)
    from pg_namespace n) as a
join member m on m.classid = a.class and m.objid = a.oid
left join pg_init_privs v on v.classoid = a.class and v.objoid = a.oid and v.objsubid = 0
cross join lateral pg_identify_object(a.class, a.oid, 0) as i
where a.list is distinct from v.initprivs
