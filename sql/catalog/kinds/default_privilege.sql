-- What a role grants on all that it will make. Those for one schema add to the role's own; those for
-- all schemas stand in place of what everybody has by default, so they are told by the difference.
select 'default privilege' as kind, 'pg_default_acl'::regclass::oid as class, d.oid,
       (row_number() over (partition by d.oid order by a.grantee))::int as sub,
       null::oid as parent, n.nspname as schema, a.grantee as name,
       concat_ws(' ', a.grantee, 'on', d.words, 'in schema ' || quote_ident(n.nspname),
                 'of role ' || nullif(quote_ident(d.role), quote_ident(current_user))) as identity,
       null::text as comment,
       -- Of the role itself where none is named.
       concat_ws(' ', 'FOR ROLE ' || nullif(quote_ident(d.role), quote_ident(current_user)),
                 'IN SCHEMA ' || quote_ident(n.nspname)) as _of,
       d.words as _words, a.grantee as _grantee,
       nullif(quote_ident(d.role), quote_ident(current_user)) as _owner,
       d.defaclobjtype as _letter,
       a.default_privileges as _default, a.default_grantable as _default_grantable,
       a.privileges, a.grantable
from (
    select x.*, pg_get_userbyid(x.defaclrole) as role,
           case x.defaclobjtype when 'r' then 'TABLES' when 'S' then 'SEQUENCES'
               when 'f' then 'FUNCTIONS' when 'T' then 'TYPES' when 'n' then 'SCHEMAS'
               else 'LARGE OBJECTS' end as words
    from pg_default_acl x) d
left join user_schema s on s.oid = d.defaclnamespace
left join pg_namespace n on n.oid = d.defaclnamespace
cross join lateral (
    select case g.role when 0 then 'PUBLIC' when d.defaclrole then 'OWNER' else quote_ident(pg_get_userbyid(g.role)) end as grantee,
           string_agg(g.name, ', ' order by g.name) filter (where g.given and not g.option) as privileges,
           string_agg(g.name, ', ' order by g.name) filter (where g.given and g.option) as grantable,
           string_agg(g.name, ', ' order by g.name) filter (where not g.given and not g.option)
               as default_privileges,
           string_agg(g.name, ', ' order by g.name) filter (where not g.given and g.option)
               as default_grantable
    from (select true as given, e.grantee as role, e.privilege_type as name, e.is_grantable as option
          from aclexplode(d.defaclacl) e
          union all
          select false, e.grantee, e.privilege_type, e.is_grantable
          from aclexplode(acldefault(case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end,
                                     d.defaclrole)) e
          where d.defaclnamespace = 0) g
    group by g.role) a
where (d.defaclnamespace = 0 or s.oid is not null)
  and (a.privileges is distinct from a.default_privileges
       or a.grantable is distinct from a.default_grantable)
