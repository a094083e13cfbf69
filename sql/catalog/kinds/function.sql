-- Known by the types that PostgreSQL looks it up by: the names of the arguments are no part of it.
select case p.prokind when 'p' then 'procedure' else 'function' end as kind,
       p.tableoid as class, p.oid, 0 as sub,
       null::oid as parent, s.name as schema, p.proname as name,
       s.quoted || '.' || quote_ident(p.proname) || '(' || (
           select coalesce(string_agg(format_type(a.type, null), ', ' order by a.n), '')
           from unnest(p.proargtypes) with ordinality as a(type, n)) || ')' as identity,
       obj_description(p.oid, 'pg_proc') as comment,
       -- What CREATE OR REPLACE cannot change: kind and result, with its columns; an argument's
       -- name once it has one; that an argument has a default.
       case p.prokind when 'w' then 'window ' else '' end ||
           coalesce(pg_get_function_result(p.oid), '') || coalesce((
               select string_agg(', ' || p.proargmodes[a.n]::text || ' ' ||
                                 coalesce(quote_ident(nullif(p.proargnames[a.n], '')), '') || ' ' ||
                                 format_type(a.type, null), '' order by a.n)
               from unnest(p.proallargtypes) with ordinality as a(type, n)
               where p.proargmodes[a.n] in ('o', 'b', 't')), '') as _result,
       (select string_agg(coalesce(quote_ident(nullif(p.proargnames[a.n], '')), ''), ', '
                          order by a.n)
        from generate_series(1, cardinality(p.proargnames)) as a(n)
        where coalesce(p.proargmodes[a.n], 'i') in ('i', 'b', 'v')) as _argument_names,
       p.pronargdefaults as _default_count,
       p.prosecdef as _security_definer,
       -- A body in quotes says nothing of what it uses, but some are checked against it.
       to_jsonb(p) ->> 'prosqlbody' is null
           and (l.lanname = 'sql' or l.lanname = 'plpgsql' and p.prosrc ~* '\mdeclare\M|%')
           as _checked_body,
       -- What stands before a body that is not in quotes.
-- since 14:  left(pg_get_functiondef(p.oid), strpos(pg_get_functiondef(p.oid),
-- since 14:       pg_get_function_sqlbody(p.oid)) - 1) as _head,
       pg_get_functiondef(p.oid) as definition
from pg_proc p
join user_schema s on s.oid = p.pronamespace
join pg_language l on l.oid = p.prolang
where p.prokind <> 'a'
  and not exists (
    select from member m
    where m.classid = p.tableoid and m.objid = p.oid)
  -- The constructors of range types come with their type.
  and not exists (
    select from pg_depend d
    where d.classid = p.tableoid and d.objid = p.oid and d.deptype = 'i')
