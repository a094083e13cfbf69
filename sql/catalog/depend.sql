-- What depends on what, in terms of what the kinds list: a default stands for its column, a
-- rewrite rule for its view, an array or row type for what it is of, an index behind a constraint
-- for the constraint, what an extension owns for the extension. That a sequence is dropped with its column does not say which comes first.
with part as (
    select 'pg_attrdef'::regclass::oid as class, f.oid, 0 as place,
           'pg_class'::regclass::oid as whole_class, f.adrelid as whole, f.adnum::int as sub
    from pg_attrdef f
    union all
    select 'pg_rewrite'::regclass, w.oid, 0, 'pg_class'::regclass, w.ev_class, 0
    from pg_rewrite w where w.rulename = '_RETURN'
    union all
    select 'pg_type'::regclass, t.typarray, 0, 'pg_type'::regclass, t.oid, 0
    from pg_type t where t.typarray <> 0 and t.typrelid = 0
    union all
    select 'pg_type'::regclass, t.typarray, 0, 'pg_class'::regclass, t.typrelid, 0
    from pg_type t
    join pg_class c on c.oid = t.typrelid and c.relkind <> 'c' and t.typarray <> 0
    union all
    select 'pg_type'::regclass, t.oid, 0, 'pg_class'::regclass, t.typrelid, 0
    from pg_type t join pg_class c on c.oid = t.typrelid and c.relkind <> 'c'
    union all
    select 'pg_class'::regclass, c.oid, 0, 'pg_type'::regclass, c.reltype, 0
    from pg_class c where c.relkind = 'c'
    union all
    select 'pg_class'::regclass, k.conindid, 0, 'pg_constraint'::regclass, k.oid, 0
    from pg_constraint k where k.contype in ('p', 'u', 'x') and k.conindid <> 0
    union all
    -- A multirange and what makes a range's values come with the range.
    select d.classid, d.objid, 0, d.refclassid, d.refobjid, 0
    from pg_depend d
    join pg_range r on r.rngtypid = d.refobjid
    where d.refclassid = 'pg_type'::regclass and d.deptype = 'i'
      and d.classid in ('pg_type'::regclass, 'pg_proc'::regclass)
    union all
    -- The members of operator classes and families.
    select d.classid, d.objid, 0, d.refclassid, d.refobjid, 0
    from pg_depend d
    where d.classid in ('pg_amop'::regclass, 'pg_amproc'::regclass)
      and d.refclassid in ('pg_opclass'::regclass, 'pg_opfamily'::regclass)
      and d.deptype in ('a', 'i')
    union all
    select m.classid, m.objid, null, m.refclassid, m.refobjid, 0
    from pg_depend m where m.deptype = 'e'
    union all
    select 'pg_type'::regclass, t.typarray, 0, m.refclassid, m.refobjid, 0
    from pg_depend m
    join pg_type t on t.oid = m.objid and t.typarray <> 0
    where m.deptype = 'e' and m.classid = 'pg_type'::regclass
)
select distinct
       coalesce(p.whole_class, d.classid), coalesce(p.whole, d.objid),
       coalesce(p.sub, d.objsubid),
       coalesce(q.whole_class, d.refclassid), coalesce(q.whole, d.refobjid),
       coalesce(q.sub, d.refobjsubid)
from pg_depend d
left join part p on p.class = d.classid and p.oid = d.objid
    -- A composite type depends on what its attributes do; others can depend on one of them.
    and (p.place is null or p.place = d.objsubid
         or p.class = 'pg_class'::regclass and p.whole_class = 'pg_type'::regclass)
left join part q on q.class = d.refclassid and q.oid = d.refobjid
    and (q.place is null or q.place = d.refobjsubid)
where d.deptype in ('n', 'a', 'i', 'P', 'S')
  and d.objid >= 16384 and d.refobjid >= 2200
  and not (d.classid = 'pg_class'::regclass and d.deptype = 'a' and exists (
      select from pg_class c where c.oid = d.objid and c.relkind = 'S'))
