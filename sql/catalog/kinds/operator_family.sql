-- With the members that belong to none of its classes.
select 'operator family' as kind, f.tableoid as class, f.oid, 0 as sub,
       null::oid as parent, s.name as schema, f.opfname as name,
       s.quoted || '.' || quote_ident(f.opfname) || ' USING ' || quote_ident(a.amname) as identity,
       obj_description(f.oid, 'pg_opfamily') as comment,
       (select string_agg(x.text, ', ' order by x.kind, x.number, x.text)
        from (select 1 as kind, o.amopstrategy as number,
                     concat_ws(' ', 'OPERATOR', o.amopstrategy, o.amopopr::regoperator,
                         (select 'FOR ORDER BY ' || quote_ident(q.nspname) || '.' || quote_ident(b.opfname)
                          from pg_opfamily b join pg_namespace q on q.oid = b.opfnamespace
                          where b.oid = o.amopsortfamily)) as text
              from pg_amop o
              join pg_depend d on d.classid = o.tableoid and d.objid = o.oid
                  and d.refclassid = f.tableoid and d.refobjid = f.oid and d.deptype = 'a'
              union all
              select 2, r.amprocnum,
                     concat_ws(' ', 'FUNCTION', r.amprocnum,
                         '(' || format_type(r.amproclefttype, null) || ', '
                             || format_type(r.amprocrighttype, null) || ')',
                         r.amproc::regprocedure)
              from pg_amproc r
              join pg_depend d on d.classid = r.tableoid and d.objid = r.oid
                  and d.refclassid = f.tableoid and d.refobjid = f.oid and d.deptype = 'a') x)
           as members
from pg_opfamily f
join user_schema s on s.oid = f.opfnamespace
join pg_am a on a.oid = f.opfmethod
where not exists (
    select from member m
    where m.classid = f.tableoid and m.objid = f.oid)
