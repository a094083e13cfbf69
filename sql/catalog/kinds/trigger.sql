-- Those that a partition has from its parent belong to the parent's; only a state of their own
-- counts.
select case when g.tgparentid = 0 then 'trigger' else 'inherited trigger' end as kind,
       g.tableoid as class, g.oid, 0 as sub,
       r.oid as parent, r.schema, g.tgname as name,
       quote_ident(g.tgname) || ' on ' || r.identity as identity,
       obj_description(g.oid, 'pg_trigger') as comment,
       case g.tgenabled when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA'
           when 'A' then 'ENABLE ALWAYS' else 'ENABLE' end as _state,
       case above.tgenabled when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA'
           when 'A' then 'ENABLE ALWAYS' else 'ENABLE' end as _state_above,
       (select n.nspname from pg_proc f join pg_namespace n on n.oid = f.pronamespace
        where f.oid = g.tgfoid) as _function_schema,
       case when g.tgparentid = 0 then pg_get_triggerdef(g.oid) end as definition,
       case when g.tgenabled <> coalesce(above.tgenabled, 'O') then
           case g.tgenabled when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA'
               when 'A' then 'ENABLE ALWAYS' else 'ENABLE' end end as state
from pg_trigger g
join relation r on r.oid = g.tgrelid
left join pg_trigger above on above.oid = g.tgparentid
where case when g.tgparentid = 0 then not g.tgisinternal
           else g.tgenabled <> above.tgenabled and not above.tgisinternal end
