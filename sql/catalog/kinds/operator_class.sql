select 'operator class' as kind, c.tableoid as class, c.oid, 0 as sub,
       null::oid as parent, s.name as schema, c.opcname as name,
       s.quoted || '.' || quote_ident(c.opcname) || ' USING ' || quote_ident(a.amname) as identity,
       obj_description(c.oid, 'pg_opclass') as comment,
       s.quoted || '.' || quote_ident(c.opcname) as _name,
       quote_ident(a.amname) as _method,
       format_type(c.opcintype, null) as type,
       case when c.opcdefault then 'DEFAULT' end as is_default,
       quote_ident(n.nspname) || '.' || quote_ident(f.opfname) as family,
       format_type(nullif(c.opckeytype, 0), null) as storage,
       (select string_agg(x.text, ', ' order by x.kind, x.number, x.text)
        from (select 1 as kind, o.amopstrategy as number,
                     concat_ws(' ', 'OPERATOR', o.amopstrategy, o.amopopr::regoperator,
                         (select 'FOR ORDER BY ' || quote_ident(q.nspname) || '.' || quote_ident(b.opfname)
                          from pg_opfamily b join pg_namespace q on q.oid = b.opfnamespace
                          where b.oid = o.amopsortfamily)) as text
              from pg_amop o
              join pg_depend d on d.classid = o.tableoid and d.objid = o.oid
                  and d.refclassid = c.tableoid and d.refobjid = c.oid and d.deptype = 'i'
              union all
              select 2, r.amprocnum,
                     concat_ws(' ', 'FUNCTION', r.amprocnum,
                         '(' || format_type(r.amproclefttype, null) || ', '
                             || format_type(r.amprocrighttype, null) || ')',
                         r.amproc::regprocedure)
              from pg_amproc r
              join pg_depend d on d.classid = r.tableoid and d.objid = r.oid
                  and d.refclassid = c.tableoid and d.refobjid = c.oid and d.deptype = 'i') x)
           as members
from pg_opclass c
join user_schema s on s.oid = c.opcnamespace
join pg_am a on a.oid = c.opcmethod
join pg_opfamily f on f.oid = c.opcfamily
join pg_namespace n on n.oid = f.opfnamespace
where not exists (
    select from member m
    where m.classid = c.tableoid and m.objid = c.oid)
