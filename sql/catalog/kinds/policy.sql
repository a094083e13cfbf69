select 'policy' as kind, p.tableoid as class, p.oid, 0 as sub,
       r.oid as parent, r.schema, p.polname as name,
       quote_ident(p.polname) || ' on ' || r.identity as identity,
       obj_description(p.oid, 'pg_policy') as comment,
       case when not p.polpermissive then 'RESTRICTIVE' end as restrictive,
       case p.polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE'
           when 'd' then 'DELETE' end as command,
       (select string_agg(case o when 0 then 'PUBLIC' else quote_ident(pg_get_userbyid(o)) end,
                          ', ' order by pg_get_userbyid(o))
        from unnest(p.polroles) o
        where p.polroles <> array[0::oid]) as roles,
       pg_get_expr(p.polqual, p.polrelid) as using_expression,
       pg_get_expr(p.polwithcheck, p.polrelid) as check_expression
from pg_policy p
join relation r on r.oid = p.polrelid
