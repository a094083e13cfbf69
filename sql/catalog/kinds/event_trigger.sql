select 'event trigger' as kind, e.tableoid as class, e.oid, 0 as sub,
       null::oid as parent, null::name as schema, e.evtname as name,
       quote_ident(e.evtname) as identity,
       obj_description(e.oid, 'pg_event_trigger') as comment,
       e.evtevent as event,
       (select string_agg(quote_literal(t.tag), ', ' order by t.n)
        from unnest(e.evttags) with ordinality as t(tag, n)) as tags,
       e.evtfoid::regproc as function,
       case e.evtenabled when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA'
           when 'A' then 'ENABLE ALWAYS' end as state
from pg_event_trigger e
where not exists (
    select from member m
    where m.classid = e.tableoid and m.objid = e.oid)
