select 'aggregate' as kind,
       p.tableoid as class, p.oid, 0 as sub,
       null::oid as parent, s.name as schema, p.proname as name,
       -- Known by the types of its arguments; of an ordered-set aggregate those of the direct ones
       -- come first, and where they are all, the last one stands for the others too.
       s.quoted || '.' || quote_ident(p.proname) || '(' ||
           case when g.aggkind = 'n' then coalesce(nullif(t.all_types, ''), '*')
                else concat_ws(' ', nullif(t.direct_types, ''), 'ORDER BY ' || t.ordered_types) end
           || ')' as identity,
       obj_description(p.oid, 'pg_proc') as comment,
       -- What CREATE OR REPLACE cannot change.
       concat_ws(' ', g.aggkind, g.aggnumdirectargs, pg_get_function_result(p.oid)) as _result,
       (select string_agg(coalesce(quote_ident(nullif(n.name, '')), ''), ', ' order by n.n)
        from unnest(p.proargnames) with ordinality as n(name, n)) as _argument_names,
       p.pronargdefaults as _default_count,
       'CREATE OR REPLACE AGGREGATE ' || s.quoted || '.' || quote_ident(p.proname) || '(' ||
           coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*') || E') (\n    ' ||
           concat_ws(E',\n    ',
               'SFUNC = ' || g.aggtransfn,
               'STYPE = ' || format_type(g.aggtranstype, null),
               'SSPACE = ' || nullif(g.aggtransspace, 0),
               'FINALFUNC = ' || nullif(g.aggfinalfn::oid, 0)::regproc,
               case when g.aggfinalextra then 'FINALFUNC_EXTRA' end,
               'FINALFUNC_MODIFY = ' || m.final,
               'COMBINEFUNC = ' || nullif(g.aggcombinefn::oid, 0)::regproc,
               'SERIALFUNC = ' || nullif(g.aggserialfn::oid, 0)::regproc,
               'DESERIALFUNC = ' || nullif(g.aggdeserialfn::oid, 0)::regproc,
               'INITCOND = ' || quote_literal(g.agginitval),
               'MSFUNC = ' || nullif(g.aggmtransfn::oid, 0)::regproc,
               'MINVFUNC = ' || nullif(g.aggminvtransfn::oid, 0)::regproc,
               'MSTYPE = ' || format_type(nullif(g.aggmtranstype, 0), null),
               'MSSPACE = ' || nullif(g.aggmtransspace, 0),
               'MFINALFUNC = ' || nullif(g.aggmfinalfn::oid, 0)::regproc,
               case when g.aggmfinalextra then 'MFINALFUNC_EXTRA' end,
               'MFINALFUNC_MODIFY = ' || case when g.aggmtranstype <> 0 then m.moving end,
               'MINITCOND = ' || quote_literal(g.aggminitval),
               (select 'SORTOP = OPERATOR(' || quote_ident(n.nspname) || '.' || o.oprname || ')'
                from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
                where o.oid = g.aggsortop),
               case p.proparallel when 's' then 'PARALLEL = safe'
                   when 'r' then 'PARALLEL = restricted' end,
               case when g.aggkind = 'h' then 'HYPOTHETICAL' end)
           || E'\n)' as definition
from pg_proc p
join user_schema s on s.oid = p.pronamespace
join pg_aggregate g on g.aggfnoid = p.oid
cross join lateral (
    select string_agg(a.text, ', ' order by a.n) as all_types,
           string_agg(a.text, ', ' order by a.n) filter (where a.n <= g.aggnumdirectargs)
               as direct_types,
           string_agg(a.text, ', ' order by a.n)
               filter (where a.n > least(g.aggnumdirectargs, p.pronargs - 1)) as ordered_types
    from (select i.n, case when p.provariadic <> 0 and i.n = p.pronargs then 'VARIADIC ' else '' end
                      || format_type(i.type, null) as text
          from unnest(p.proargtypes) with ordinality as i(type, n)) as a) as t
-- Reading the state only is the default, but not for ordered sets.
cross join lateral (
    select case when g.aggfinalmodify <> d.modify then
               case g.aggfinalmodify when 'r' then 'READ_ONLY' when 's' then 'SHAREABLE'
                    else 'READ_WRITE' end end as final,
           case when g.aggmfinalmodify <> d.modify then
               case g.aggmfinalmodify when 'r' then 'READ_ONLY' when 's' then 'SHAREABLE'
                    else 'READ_WRITE' end end as moving
    from (select case when g.aggkind = 'n' then 'r' else 'w' end::"char" as modify) as d) as m
where not exists (
    select from member e
    where e.classid = p.tableoid and e.objid = p.oid)
