select case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end as kind,
       p.tableoid as class, p.oid, 0 as sub,
       null::oid as parent, s.name as schema, p.proname as name,
       s.quoted || '.' || quote_ident(p.proname) ||
           '(' || pg_get_function_identity_arguments(p.oid) || ')' as identity,
       obj_description(p.oid, 'pg_proc') as comment,
       case when p.prokind <> 'a' then pg_get_functiondef(p.oid)
            else (select concat_ws(' ', pg_get_function_result(p.oid), p.proparallel, g.aggkind,
                      g.aggtransfn, g.aggfinalfn, g.aggcombinefn, g.aggserialfn, g.aggdeserialfn,
                      g.aggmtransfn, g.aggminvtransfn, g.aggmfinalfn, g.aggfinalextra,
                      g.aggmfinalextra, g.aggfinalmodify, g.aggmfinalmodify,
                      g.aggsortop::regoperator, format_type(g.aggtranstype, null),
                      g.aggtransspace, format_type(g.aggmtranstype, null), g.aggmtransspace,
                      coalesce(g.agginitval, 'NULL'), coalesce(g.aggminitval, 'NULL'))
                  from pg_aggregate g where g.aggfnoid = p.oid) end as definition,
       (select string_agg(a::text, ', ' order by a::text) from unnest(p.proacl) a) as privileges
from pg_proc p
join user_schema s on s.oid = p.pronamespace
where not exists (
    select from member m
    where m.classid = p.tableoid and m.objid = p.oid)
  -- The constructors of range types come with their type.
  and not exists (
    select from pg_depend d
    where d.classid = p.tableoid and d.objid = p.oid and d.deptype = 'i')
