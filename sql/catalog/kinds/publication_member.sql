-- What a publication sends, one by one: tables with their columns and rows, and schemas. A publication
-- for all tables has none.
select 'publication table' as kind, t.tableoid as class, t.oid, 0 as sub,
       p.oid as parent, r.schema, r.relname as name,
       r.identity || ' in ' || quote_ident(p.pubname) as identity,
       null::text as comment,
       p.tableoid as _parent_class,
-- since 15: (select '(' || string_agg(quote_ident(a.attname), ', ' order by a.attnum) || ')'
-- since 15:  from pg_attribute a
-- since 15:  where a.attrelid = r.oid and a.attnum = any (t.prattrs)) as columns,
-- since 15: 'WHERE (' || pg_get_expr(t.prqual, t.prrelid) || ')' as filter,
       r.identity as _member
from pg_publication_rel t
join pg_publication p on p.oid = t.prpubid
join relation r on r.oid = t.prrelid
where not exists (
    select from member m
    where m.classid = p.tableoid and m.objid = p.oid)
-- since 15: union all
-- since 15: select 'publication schema', n.tableoid, n.oid, 0,
-- since 15:        p.oid, s.name, s.name, s.quoted || ' in ' || quote_ident(p.pubname), null,
-- since 15:        p.tableoid, null, null, s.quoted
-- since 15: from pg_publication_namespace n
-- since 15: join pg_publication p on p.oid = n.pnpubid
-- since 15: join user_schema s on s.oid = n.pnnspid
-- since 15: where not exists (
-- since 15:     select from member m
-- since 15:     where m.classid = p.tableoid and m.objid = p.oid)
