select 'rule' as kind, w.tableoid as class, w.oid, 0 as sub,
       r.oid as parent, r.schema, w.rulename as name,
       quote_ident(w.rulename) || ' on ' || r.identity as identity,
       obj_description(w.oid, 'pg_rewrite') as comment,
       pg_get_ruledef(w.oid) as definition,
       case w.ev_enabled when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA'
           when 'A' then 'ENABLE ALWAYS' end as state
from pg_rewrite w
join relation r on r.oid = w.ev_class
where w.rulename <> '_RETURN'
