-- One that is only named as another's commutator or negator has no function yet.
select 'operator' as kind, p.tableoid as class, p.oid, 0 as sub,
       null::oid as parent, s.name as schema, p.oprname as name,
       s.quoted || '.' || p.oprname || '(' || i.left_type || ', ' || i.right_type || ')' as identity,
       obj_description(p.oid, 'pg_operator') as comment,
       s.quoted || '.' || p.oprname as _operator,
       nullif(i.left_type, 'NONE') as _left, nullif(i.right_type, 'NONE') as _right,
       p.oprcode::regproc as function,
       (select 'OPERATOR(' || quote_ident(n.nspname) || '.' || c.oprname || ')'
        from pg_operator c join pg_namespace n on n.oid = c.oprnamespace
        where c.oid = p.oprcom) as commutator,
       (select 'OPERATOR(' || quote_ident(n.nspname) || '.' || c.oprname || ')'
        from pg_operator c join pg_namespace n on n.oid = c.oprnamespace
        where c.oid = p.oprnegate) as negator,
       nullif(p.oprrest, 0)::regproc as restriction,
       nullif(p.oprjoin, 0)::regproc as joining,
       case when p.oprcanhash then 'HASHES' end as hashes,
       case when p.oprcanmerge then 'MERGES' end as merges
from pg_operator p
join user_schema s on s.oid = p.oprnamespace
cross join lateral (
    select coalesce(format_type(nullif(p.oprleft, 0), null), 'NONE') as left_type,
           coalesce(format_type(nullif(p.oprright, 0), null), 'NONE') as right_type) i
where p.oprcode <> 0
  and not exists (
      select from member m
      where m.classid = p.tableoid and m.objid = p.oid)
