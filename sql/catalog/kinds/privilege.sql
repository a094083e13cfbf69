-- Who may do what with an object, as far as it differs from what its owner and everybody have by
-- default, or from what the object's extension gave. One for each grantee, a part of what it is on.
select 'privilege' as kind, 'pg_auth_members'::regclass::oid as class,
       row_number() over () as oid, 0 as sub,
       coalesce(x.extension, x.oid) as parent, null::name as schema, x.grantee as name,
       concat_ws(' ', x.grantee, 'on', x.target, '(' || x.part || ')', 'by ' || x.grantor)
           as identity,
       null::text as comment,
       case when x.extension is null then x.class else 'pg_extension'::regclass::oid end
           as _parent_class,
       case when x.extension is null then x.sub else 0 end as _parent_sub,
       x.target as _on, x.part as _column, x.grantee as _grantee, x.letter as _letter,
       nullif(x.owner, quote_ident(current_user)) as _owner,
       x.default_privileges as _default, x.default_grantable as _default_grantable,
       x.grantor as granted_by,
       x.privileges, x.grantable
from (
    select o.class, o.oid, o.sub, o.target, o.part, o.extension, o.letter, g.grantee, g.grantor,
           quote_ident(pg_get_userbyid(o.owner)) as owner,
           string_agg(g.name, ', ' order by g.name) filter (where g.given and not g.option)
               as privileges,
           string_agg(g.name, ', ' order by g.name) filter (where g.given and g.option)
               as grantable,
           string_agg(g.name, ', ' order by g.name) filter (where not g.given and not g.option)
               as default_privileges,
           string_agg(g.name, ', ' order by g.name) filter (where not g.given and g.option)
               as default_grantable
    from (
        select a.*, v.initprivs as base,
               (select e.refobjid from pg_depend e
                where e.classid = a.class and e.objid = a.oid and e.deptype = 'e'
                  and e.refclassid = 'pg_extension'::regclass) as extension
        from (
            select c.tableoid as class, c.oid, 0 as sub, c.relowner as owner, c.relacl as acl,
                   case c.relkind when 'S' then 's' else 'r' end as letter,
                   case c.relkind when 'S' then 'SEQUENCE ' else 'TABLE ' end
                       || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as target,
                   null as part
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
            union all
            select c.tableoid, c.oid, a.attnum, c.relowner, a.attacl, 'c',
                   'TABLE ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname),
                   quote_ident(a.attname)
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attacl is not null
            union all
            select p.tableoid, p.oid, 0, p.proowner, p.proacl, 'f',
                   case p.prokind when 'p' then 'PROCEDURE ' else 'FUNCTION ' end
                       || quote_ident(n.nspname) || '.' || quote_ident(p.proname)
                       || '(' || pg_get_function_identity_arguments(p.oid) || ')', null
            from pg_proc p
            join pg_namespace n on n.oid = p.pronamespace
            where p.proacl is not null
            union all
            select t.tableoid, t.oid, 0, t.typowner, t.typacl, 'T',
                   'TYPE ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname), null
            from pg_type t
            join pg_namespace n on n.oid = t.typnamespace
            where t.typacl is not null
            union all
            select s.tableoid, s.oid, 0, s.nspowner, s.nspacl, 'n',
                   'SCHEMA ' || quote_ident(s.nspname), null
            from pg_namespace s
            where s.nspacl is not null
            union all
            select f.tableoid, f.oid, 0, f.fdwowner, f.fdwacl, 'F',
                   'FOREIGN DATA WRAPPER ' || quote_ident(f.fdwname), null
            from pg_foreign_data_wrapper f
            where f.fdwacl is not null
            union all
            select s.tableoid, s.oid, 0, s.srvowner, s.srvacl, 'S',
                   'FOREIGN SERVER ' || quote_ident(s.srvname), null
            from pg_foreign_server s
            where s.srvacl is not null
            union all
            select l.tableoid, l.oid, 0, l.lanowner, l.lanacl, 'l',
                   'LANGUAGE ' || quote_ident(l.lanname), null
            from pg_language l
            where l.lanacl is not null) as a
        left join pg_init_privs v
            on v.classoid = a.class and v.objoid = a.oid and v.objsubid = a.sub
        where (a.oid >= 16384 or a.oid = 2200)
          and (a.acl is not null or v.initprivs is not null)) as o
    cross join lateral (
        -- The owner is whoever it is; a grant by somebody else says by whom.
        select case when e.grantee = case when e.given then o.owner else e.grantor end
                    then 'OWNER'
                    when e.grantee = 0 then 'PUBLIC'
                    else quote_ident(pg_get_userbyid(e.grantee)) end as grantee,
               case when e.given and e.grantor <> o.owner
                    then quote_ident(pg_get_userbyid(e.grantor)) end as grantor,
               e.privilege_type as name, e.is_grantable as option, e.given
        from (
            select b.*, true as given
            from aclexplode(coalesce(o.acl, acldefault(o.letter::"char", o.owner))) b
            union all
            select b.*, false
            from aclexplode(coalesce(o.base, acldefault(o.letter::"char", o.owner))) b) as e) as g
    where o.extension is not null
       or exists (
           select from pg_depend d
           join user_schema s on s.oid = d.refobjid
           where d.classid = o.class and d.objid = o.oid
             and d.refclassid = 'pg_namespace'::regclass)
       or o.class = 'pg_namespace'::regclass
          and exists (select from user_schema s where s.oid = o.oid)
       or o.letter in ('F', 'S', 'l')
    group by o.class, o.oid, o.sub, o.target, o.part, o.extension, o.letter, o.owner, g.grantee,
             g.grantor
) as x
where x.privileges is distinct from x.default_privileges
   or x.grantable is distinct from x.default_grantable
