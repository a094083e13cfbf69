-- What does not belong to the role that made the connection. A sequence of a column belongs to the
-- owner of its table, an index to that of its own. The schema public is always here: by default it
-- belongs to whoever owns the database, before 15 to the server's first role.
select 'ownership' as kind, 'pg_authid'::regclass::oid as class, o.oid, o.class::bigint::int as sub,
       o.oid as parent, null::name as schema, i.name, i.type || ' ' || i.identity as identity,
       null::text as comment,
       o.class as _parent_class,
       quote_ident(u.role) as _usual,
       case when h.role = u.role then null
            when h.role = current_user then 'CURRENT_USER'
            else quote_ident(h.role) end as owner
from (
    select 'pg_class'::regclass::oid as class, r.oid, r.relowner as owner
    from relation r
    where r.relkind <> 'c' and not exists (
        select from pg_depend d
        where d.classid = 'pg_class'::regclass and d.objid = r.oid and d.deptype in ('a', 'i')
          and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0)
    union all
    select t.tableoid, t.oid, t.typowner from pg_type t
    join user_schema s on s.oid = t.typnamespace
    where t.typtype in ('e', 'd', 'r', 'b') and t.typcategory <> 'A'
       or t.typtype = 'c' and exists (
           select from pg_class c where c.oid = t.typrelid and c.relkind = 'c')
    union all
    select p.tableoid, p.oid, p.proowner from pg_proc p
    join user_schema s on s.oid = p.pronamespace
    where not exists (
        select from pg_depend d
        where d.classid = p.tableoid and d.objid = p.oid and d.deptype = 'i')
    union all
    select n.tableoid, n.oid, n.nspowner from pg_namespace n
    join user_schema s on s.oid = n.oid
    union all
    select c.tableoid, c.oid, c.collowner from pg_collation c
    union all
    select c.tableoid, c.oid, c.conowner from pg_conversion c
    union all
    select p.tableoid, p.oid, p.oprowner from pg_operator p
    union all
    select c.tableoid, c.oid, c.opcowner from pg_opclass c
    union all
    select f.tableoid, f.oid, f.opfowner from pg_opfamily f
    union all
    select c.tableoid, c.oid, c.cfgowner from pg_ts_config c
    union all
    select d.tableoid, d.oid, d.dictowner from pg_ts_dict d
    union all
    select f.tableoid, f.oid, f.fdwowner from pg_foreign_data_wrapper f
    union all
    select s.tableoid, s.oid, s.srvowner from pg_foreign_server s
    union all
    select l.tableoid, l.oid, l.lanowner from pg_language l
    union all
    select e.tableoid, e.oid, e.evtowner from pg_event_trigger e
    union all
    select p.tableoid, p.oid, p.pubowner from pg_publication p
    union all
    select x.tableoid, x.oid, x.stxowner from pg_statistic_ext x) as o
cross join lateral pg_identify_object(o.class, o.oid, 0) as i
cross join lateral (select pg_get_userbyid(o.owner) as role) as h
left join (
    select n.tableoid, n.oid,
           case when current_setting('server_version_num')::int >= 150000 then 'pg_database_owner'
                else pg_get_userbyid(10) end as role
    from pg_namespace n where n.nspname = 'public') as u on u.tableoid = o.class and u.oid = o.oid
where (u.role is not null or h.role <> current_user)
  and (o.oid >= 16384 or o.oid = 2200)
  and not exists (
      select from member m
      where m.classid = o.class and m.objid = o.oid)
